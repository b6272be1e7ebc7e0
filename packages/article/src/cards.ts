/** The text of an aggregator's page: one article, and below it other articles as cards. */
import type { Card } from './article.ts';
import { foldName } from './fold.ts';
import { bodyOfLines, dropFurnitureLines } from './plain-text.ts';
import { parsePublished } from './published.ts';
import { ageOf } from './relative-time.ts';
import { type Span, splitLines } from './sentences.ts';

/** Names of outlets are shorter; a line of prose is not. */
const OUTLET_CHARS_MAX = 80;
/** A page with more cards is a listing; what follows the last one counted stays in its text. */
const CARDS_MAX = 200;
const OUTLET_AGAIN = /^[-–—•·|]\s{0,3}(.{1,90})$/u;

interface CardLines {
  outlet: string;
  time: string;
  /** Number of the line that names the outlet first. */
  first: number;
  /** Number of the first line after the head. */
  rest: number;
}

/**
 * Splits the text of an aggregator's page. A card begins with three lines that occur together nowhere else: an outlet's
 * name, a relative time, and the same name behind a dash; so a list of items in an article is never taken for cards. Then
 * come the headline and the text. Empty lines may stand anywhere.
 * @param pageTime what relative times are counted back from, ISO 8601
 * @returns the text above the first card, the page's furniture cut from its end, and the cards; no cards leave the text as it is
 */
export function splitCards(text: string, pageTime: string): { main: string; cards: Card[] } {
  const lines = splitLines(text);
  const read = (line: Span | undefined): string => (line === undefined ? '' : text.slice(line.start, line.end));
  const heads = cardHeads(lines.map(read));
  const firstLine = heads[0] === undefined ? undefined : lines[heads[0].first];
  if (firstLine === undefined) return { main: text, cards: [] };
  const cards = heads.flatMap((head, index): Card[] => {
    const end = heads[index + 1]?.first ?? lines.length;
    const [title = '', ...rest] = lines.slice(head.rest, end).map(read);
    const body = bodyOfLines(dropFurnitureLines(rest));
    if (title === '' || body === '') return [];
    return [{ url: null, source: head.outlet, title, text: body, published: parsePublished(head.time, pageTime) }];
  });
  const above = splitLines(text.slice(0, firstLine.start));
  const kept = dropFurnitureLines(above.map(read));
  return { main: text.slice(0, above[kept.length - 1]?.end ?? 0), cards };
}

function cardHeads(lines: readonly string[]): CardLines[] {
  const heads: CardLines[] = [];
  for (let at = 0; at + 3 < lines.length && heads.length < CARDS_MAX; at += 1) {
    const [outlet = '', time = '', again = ''] = lines.slice(at, at + 3);
    if (outlet.length > OUTLET_CHARS_MAX || ageOf(time) === null) continue;
    const repeated = OUTLET_AGAIN.exec(again)?.[1];
    if (repeated === undefined || foldName(repeated) !== foldName(outlet)) continue;
    heads.push({ outlet, time, first: at, rest: at + 3 });
    at += 2;
  }
  return heads;
}
