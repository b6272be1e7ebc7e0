import type { FormedBlock } from './paragraph.ts';
import { scanPage } from './scan.ts';
import { newScan } from './scanned.ts';
import { tidy } from './tidy.ts';

/** The words of a value that may hold markup or escaped characters, once or twice over, on one line. */
export function textOfMarkup(value: string): string {
  return paragraphsOfMarkup(value).join(' ');
}

/** The same with its paragraphs, where the value has any: by markup, or by line breaks. */
function paragraphsOfMarkup(value: string): string[] {
  return blocksOfMarkup(value).map((block) => block.text);
}

/** The same, and in which elements each paragraph stands. */
export function blocksOfMarkup(value: string): FormedBlock[] {
  const once = isMarkup(value) ? blocksOf(value) : value.split(/[\r\n]+/).map(plainBlock);
  const twice = once.some(({ text }) => isEscaped(text)) ? blocksOf(once.map(({ text }) => text).join('\n')) : once;
  return twice.filter(({ text }) => text !== '');
}

const isMarkup = (text: string): boolean => text.includes('<') || text.includes('&');
const isEscaped = (text: string): boolean => /&#?\w{2,8};|<[a-z/]/i.test(text);

const NOWHERE = newScan().page.root;

function plainBlock(line: string): FormedBlock {
  return { text: tidy(line), node: NOWHERE, breaks: [] };
}

function blocksOf(markup: string): FormedBlock[] {
  // Where there are no tags, line breaks divide paragraphs.
  const source = markup.includes('<') ? markup : markup.replace(/[\r\n]+/g, '<p>');
  return scanPage(source).blocks;
}
