/** One space between words; what nobody sees (soft hyphens, zero-width spaces) goes. */
export function tidy(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim();
}

/** Stands for a line break that the page shows, in text that is not yet tidy. To a page itself it is white space. */
export const LINE_BREAK = '\u2028';

const NO_BREAKS: readonly number[] = [];

/** Tidy text, and the offsets of those of its spaces that were line breaks. */
export function tidyLines(text: string): { text: string; breaks: readonly number[] } {
  if (!text.includes(LINE_BREAK)) return { text: tidy(text), breaks: NO_BREAKS };
  const lines = text
    .split(LINE_BREAK)
    .map(tidy)
    .filter((line) => line !== '');
  let end = -1;
  const breaks = lines.slice(0, -1).map((line) => {
    end += line.length + 1;
    return end;
  });
  return { text: lines.join(' '), breaks };
}
