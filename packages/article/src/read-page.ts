/** The road of an HTML page: scan it, extract the body, read its metadata, and give an article or the reason why it is none. */
import type { Article, Card, Paragraph, Reading } from './article.ts';
import { findBoilerplate } from './boilerplate.ts';
import { creditOf, NO_STRUCTURED_CREDIT, type StructuredCredit } from './credit.ts';
import { type DeclaredPage, declaredOf } from './declared.ts';
import { type Extraction, extract, joinParagraphs } from './extract.ts';
import { BODY_MODEL, type BodyModel } from './likelihood/body-model.ts';
import { firstMeta, type Metas, readMetas } from './metas.ts';
import { cardsOfPage } from './page-cards.ts';
import { linesAround } from './page-credit.ts';
import { kindOf } from './page-kind.ts';
import { describePage, siteNames } from './page-metadata.ts';
import { type FormedBlock, paragraphsOfBlocks } from './paragraph.ts';
import { type Markup, scanPage } from './scan.ts';
import type { PageNode, ScannedPage } from './scanned.ts';
import { sourceOf } from './source.ts';
import { readStructuredData, type StructuredArticle } from './structured-data.ts';
import { type Stub, type StubInput, stubOf, wordCount } from './stubs.ts';
import { titleOf } from './title.ts';
import { resolveUrl } from './url.ts';

/** The structured body stands in for the page's text when that has under this share of its words: as first choice it measured worse. */
const STRUCTURED_BODY_SHARE = 0.5;
const STRUCTURED_BODY_WORDS_MIN = 80;
/** A page that shows fewer words than this may hold its text hidden, for a script to show. */
const SHOWN_WORDS_MIN = 30;
/** A hidden block of fewer words is a button or a label. */
const HIDDEN_WORDS_MIN = 12;
const PHOTO_CREDITS_MAX = 10;

/** An HTML page as it was fetched or pushed. `url` is the address after redirects, `seenAt` an ISO 8601 instant. */
export interface Page {
  html: Markup;
  url: string;
  seenAt: string;
}

/**
 * Reads a page. Never throws, whatever the markup, and takes time linear in its length.
 * @param model another model of the body than the one in use, to measure it
 * @returns the article with the cards on its page, or why it is not an article
 */
export function readPage(page: Page, model: BodyModel = BODY_MODEL): Reading {
  return readChosen(page, model).reading;
}

/** A reading, and the extraction that it was made from. */
export interface ChosenReading {
  reading: Reading;
  extraction: Extraction;
  origin: BodyOrigin;
}

/** Where a body was taken from: what the page shows, what it hides for a script to show, or its structured data. */
export type BodyOrigin = 'shown' | 'hidden' | 'structured-data';

/** Reads a page and keeps what was decided on the way. */
export function readChosen(input: Page, model: BodyModel = BODY_MODEL): ChosenReading {
  const { url, seenAt } = input;
  const { page, metas, structured, declared, base, cards, extraction, isHidden } = lookWhole(input, model);
  const { body, paragraphs, isStructured } = bodyOf(extraction, declared.structuredBlocks);
  const origin = isStructured ? 'structured-data' : isHidden ? 'hidden' : 'shown';
  const boilerplate = findBoilerplate(body);
  const sites = siteNames(metas, structured, url);
  const title = titleOf(page, declared.titles, sites, structured?.headline ?? null);
  const isPaywalled = structured?.isFree === false;
  const mayBeOther = structured === null && cards.length === 0 && origin === 'shown';
  const { structuredData, challenge } = page;
  const stub = stubOfPage({ text: body, title, isPaywalled, challenge, boilerplate }, () =>
    mayBeOther ? kindOf({ structuredData, metas, url, ...extraction }) : null,
  );
  if (stub !== null) return { reading: { ok: false, ...stub }, extraction, origin };
  const { blocks, chosen, headline } = extraction;
  const span = spanOf(extraction);
  const where = { blocks, headline, url, seenAt, base, span };
  const { facts, bylineLine } = describePage({ page, metas, structured, title, body, sites, ...where });
  const article: Article = {
    url,
    title,
    body,
    paragraphs,
    ...facts,
    source: sourceOf({ url, name: firstMeta(metas, ['og:site_name']) ?? structured?.publisher ?? null }),
    credit: creditOf({
      body,
      byline: bylineLine,
      url,
      declaredCanonicalUrl: facts.declaredCanonicalUrl,
      structured: creditSigns(page, metas, structured),
      language: facts.language,
      isHiddenFromNews: (metas.get('googlebot-news') ?? []).some((content) => /\bno(?:index|ne)\b/i.test(content)),
      links: chosen,
      around: linesAround(blocks, chosen, headline),
    }),
    boilerplate,
  };
  return { reading: { ok: true, article, cards }, extraction, origin };
}

interface Looked {
  page: ScannedPage;
  metas: Metas;
  structured: StructuredArticle | null;
  declared: DeclaredPage;
  base: string;
  cards: Card[];
  extraction: Extraction;
  /** The text is one that the page hides at first. */
  isHidden: boolean;
}

/** Looks at what a page shows; where it holds most of the article back, at all that it has; where it shows nothing, at what it hides. */
function lookWhole(input: Page, model: BodyModel): Looked {
  const shown = lookAt(input, model, false);
  const { page, declared, extraction } = shown;
  const words = wordCount(extraction.body);
  if (holdsBack(page, extraction)) {
    const whole = lookAt(input, model, true);
    if (wordCount(whole.extraction.body) > words * 2) return { ...whole, isHidden: true };
  }
  if (page.hiddenBlocks.length === 0 || words >= SHOWN_WORDS_MIN) return shown;
  const hidden = extract(page.hiddenBlocks, declared, undefined, model);
  if (wordCount(hidden.body) <= words * 2) return shown;
  const { headline, blocks } = extraction;
  return { ...shown, extraction: { ...hidden, headline, blocks }, isHidden: true };
}

function lookAt({ html, url, seenAt }: Page, model: BodyModel, isAllShown: boolean): Looked {
  const page = scanPage(html, isAllShown);
  const metas = readMetas(page);
  const structured = readStructuredData(page.structuredData);
  const declared = declaredOf(page, metas, structured);
  const base = baseOf(page, url);
  let cards: Card[] = [];
  const extraction = extract(
    page.blocks,
    declared,
    (blocks, headline) => {
      const ofPage = cardsOfPage(blocks, headline, { url, base, seenAt });
      cards = ofPage.cards;
      return ofPage.nodes;
    },
    model,
  );
  return { page, metas, structured, declared, base, cards, extraction, isHidden: false };
}

/**
 * Whether most of the text stands hidden among the paragraphs that are shown: for subscribers, or for a button that unfolds it.
 * A hidden element counts where a paragraph of the body is its sibling, or a child of one.
 */
function holdsBack({ hiddenBlocks }: ScannedPage, { chosen }: Extraction): boolean {
  if (hiddenBlocks.length === 0) return false;
  const around = new Set<PageNode | null>();
  let shown = 0;
  for (const { node, words, isProse } of chosen) {
    if (isProse) around.add(node.parent).add(node.parent?.parent ?? null);
    shown += words;
  }
  let hidden = 0;
  for (const { text, node } of hiddenBlocks) {
    if (!around.has(outermostHidden(node).parent)) continue;
    const words = wordCount(text);
    if (words >= HIDDEN_WORDS_MIN) hidden += words;
  }
  return hidden > shown;
}

function outermostHidden(node: PageNode): PageNode {
  let outer = node;
  while (outer.parent?.isHidden) outer = outer.parent;
  return outer;
}

/** Why a page is no article. What it says that it is tells more than that it has little text. */
function stubOfPage(input: StubInput, kindOfPage: () => Stub | null): Stub | null {
  const stub = stubOf(input);
  return stub === null || stub.reason === 'thin' || stub.reason === 'no-text' ? (kindOfPage() ?? stub) : stub;
}

interface ChosenBody {
  body: string;
  paragraphs: Paragraph[];
  isStructured: boolean;
}

function bodyOf({ body, chosen }: Extraction, structured: readonly FormedBlock[] | null): ChosenBody {
  const shown = (): ChosenBody => ({ body, paragraphs: paragraphsOfBlocks(body, chosen), isStructured: false });
  if (structured === null) return shown();
  const texts = structured.map(({ text }) => text);
  const words = wordCount(texts.join(' '));
  if (words < STRUCTURED_BODY_WORDS_MIN || wordCount(body) >= words * STRUCTURED_BODY_SHARE) return shown();
  const joined = joinParagraphs(texts);
  return { body: joined, paragraphs: paragraphsOfBlocks(joined, structured), isStructured: true };
}

function baseOf(page: ScannedPage, url: string): string {
  return page.baseHref === '' ? url : (resolveUrl(page.baseHref, url) ?? url);
}

function spanOf({ chosen }: Extraction): { first: number; last: number } | null {
  const first = chosen[0];
  const last = chosen.at(-1);
  return first === undefined || last === undefined ? null : { first: first.index, last: last.index };
}

function creditSigns(page: ScannedPage, metas: Metas, structured: StructuredArticle | null): StructuredCredit {
  const credit = structured?.credit ?? NO_STRUCTURED_CREDIT;
  const shown = page.blocks
    .filter(({ node, text }) => text.length < 300 && (node.tag === 'figcaption' || /credit|copyright/.test(node.label)))
    .map(({ text }) => text);
  return {
    ...credit,
    sourceOrganization:
      credit.sourceOrganization ??
      firstMeta(metas, ['news_source', 'article:source', 'dc.source', 'original-source-name']),
    isBasedOn: credit.isBasedOn ?? firstMeta(metas, ['original-source', 'syndication-source']),
    dateline: credit.dateline ?? firstMeta(metas, ['dateline']),
    copyrightHolder: credit.copyrightHolder ?? firstMeta(metas, ['copyright', 'dc.rights', 'dcterms.rightsholder']),
    photoCredits: [...credit.photoCredits, ...shown].slice(0, PHOTO_CREDITS_MAX),
  };
}
