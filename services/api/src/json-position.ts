/** What may stand next. */
type Expected = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or close' | 'end';

const SPACE = /[\t\n\r ]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;
const ESCAPE = /["\\/bfnrt]|u[\dA-Fa-f]{4}/y;

/**
 * The index at which `text` stops being JSON, or null where all of it is. JSON.parse tells no position for most errors; this is
 * asked only after it has failed. One pass without recursion, so depth and length do no harm.
 */
export function jsonErrorIndex(text: string): number | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let at = endOf(SPACE, text, 0);
  while (at < text.length) {
    const character = text[at] ?? '';
    const isClose = character === (open.at(-1) === '{' ? '}' : ']') && open.length > 0;
    let next = at + 1;
    if (isClose && (expected === ', or close' || expected === 'value or ]' || expected === 'key or }')) {
      open.pop();
      expected = open.length === 0 ? 'end' : ', or close';
    } else if (character === ',' && expected === ', or close') {
      expected = open.at(-1) === '{' ? 'key' : 'value';
    } else if (character === ':' && expected === ':') {
      expected = 'value';
    } else if (character === '"' && (expected === 'key' || expected === 'key or }')) {
      next = stringEnd(text, at);
      expected = ':';
    } else if (expected === 'value' || expected === 'value or ]') {
      if (character === '{' || character === '[') {
        open.push(character);
        expected = character === '{' ? 'key or }' : 'value or ]';
      } else {
        next = character === '"' ? stringEnd(text, at) : Math.max(endOf(NUMBER, text, at), endOf(LITERAL, text, at));
        if (next === at) return at;
        expected = open.length === 0 ? 'end' : ', or close';
      }
    } else return at;
    if (next < 0) return -next - 1;
    at = endOf(SPACE, text, next);
  }
  return expected === 'end' ? null : text.length;
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Index after the closing quote; for a string that breaks at index i, the number -i - 1. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length) {
    const character = text.charCodeAt(at);
    if (character === 0x22) return at + 1;
    if (character < 0x20) return -at - 1;
    if (character !== 0x5c) {
      at += 1;
      continue;
    }
    const end = endOf(ESCAPE, text, at + 1);
    if (end === at + 1) return -at - 2;
    at = end;
  }
  return -text.length - 1;
}

/** `line 3, column 14`, both from 1; columns count UTF-16 units. */
export function describePosition(text: string, index: number): string {
  const before = text.slice(0, index);
  const line = before.split('\n').length;
  return `line ${line}, column ${index - before.lastIndexOf('\n')}`;
}
