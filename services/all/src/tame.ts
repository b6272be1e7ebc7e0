/** Texts come from outside: a terminal obeys control characters, and direction marks would turn the rest of a line around. */
export function tame(text: string): string {
  return text.replace(/[\p{Cc}\u2028-\u202e\u2066-\u2069]+/gu, ' ');
}
