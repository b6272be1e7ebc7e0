import { scanPage } from './scan.ts';
import { tidy } from './tidy.ts';

/** The words of a value that may hold markup or escaped characters, once or twice over, on one line. */
export function textOfMarkup(value: string): string {
  return paragraphsOfMarkup(value).join(' ');
}

/** The same with its paragraphs, where the value has any: by markup, or by line breaks. */
export function paragraphsOfMarkup(value: string): string[] {
  const once = isMarkup(value) ? blocksOf(value) : value.split(/[\r\n]+/).map(tidy);
  const twice = once.some((text) => isEscaped(text)) ? blocksOf(once.join('\n')) : once;
  return twice.filter((text) => text !== '');
}

const isMarkup = (text: string): boolean => text.includes('<') || text.includes('&');
const isEscaped = (text: string): boolean => /&#?\w{2,8};|<[a-z/]/i.test(text);

function blocksOf(markup: string): string[] {
  // Where there are no tags, line breaks divide paragraphs.
  const source = markup.includes('<') ? markup : markup.replace(/[\r\n]+/g, '<p>');
  return scanPage(source).blocks.map((block) => block.text);
}
