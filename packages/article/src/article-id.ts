import { createHash } from 'node:crypto';
import { foldName, foldSpace } from './fold.ts';

/** 96 bits: among ten billion articles two share an id with a probability under one in a billion. */
const ID_HEX_DIGITS = 24;

function idOf(kind: string, parts: string[]): string {
  // JSON keeps the parts apart, and the kind keeps a text that is a URL from sharing that URL's id.
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, ...parts]), 'utf8')
    .digest('hex');
  return `a${digest.slice(0, ID_HEX_DIGITS)}`;
}

/** The id of the article at a canonical URL: `a` and 24 hex digits. */
export function articleIdOfUrl(canonicalUrl: string): string {
  return idOf('url', [canonicalUrl]);
}

/**
 * The id of an article that came as text: `a` and 24 hex digits. White space and Unicode composition do not count, nor
 * does the letter case of the source, so a card of a page and the same text pushed alone are one article.
 */
export function articleIdOfText(input: { source: string | null; title: string | null; text: string }): string {
  return idOf('text', [foldName(input.source ?? ''), foldSpace(input.title ?? ''), foldSpace(input.text)]);
}
