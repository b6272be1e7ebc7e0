import type { Metadata, Paragraph, ParagraphForm } from '@wirefold/article';
import type { DecisionRecord } from '@wirefold/store';
import { copyChanges, wordDiff } from '@wirefold/story';
import { STAGES } from './monitor-samples.ts';
import { DIFF, PAIR } from './pairs.ts';
import { ARTICLE, HARBOUR, HARBOUR_DETAIL, RECORD } from './samples.ts';
import { FEED } from './service-samples.ts';

/** Hostile text in a place of every kind that a paragraph may have. */
function formsOf(evil: string): { body: string; paragraphs: Paragraph[] } {
  const forms: ParagraphForm[] = [
    ...[1, 2, 3, 4, 5, 6].map((level) => ({ kind: 'heading' as const, level })),
    ...(['paragraph', 'quote', 'preformatted', 'caption', 'term', 'definition'] as const).map((kind) => ({ kind })),
    { kind: 'item', depth: 1, isOrdered: true, number: 1, isContinued: false },
    { kind: 'item', depth: 1, isOrdered: true, number: 1, isContinued: true },
    { kind: 'item', depth: 2, isOrdered: false, number: 1, isContinued: false },
    { kind: 'cell', table: 1, row: 1, column: 1, isHeader: true },
    { kind: 'cell', table: 1, row: 2, column: 1, isHeader: true },
    { kind: 'cell', table: 1, row: 2, column: 4, isHeader: false },
  ];
  const paragraphs = forms.map((form, at) => {
    const start = at * (evil.length + 2);
    return { ...form, start, end: start + evil.length, breaks: [start + 1] };
  });
  return { body: forms.map(() => evil).join('\n\n'), paragraphs };
}

/** Samples with `evil` in every place that a text from outside can reach. */
export function samplesWith(evil: string) {
  const { summary, story } = storyWith(evil);
  const record = recordWith(evil);
  const failures = [{ reason: evil, count: 1, exampleId: evil }];
  const stages = STAGES.map((stage) => ({ ...stage, failures, queue: null }));
  const text = { cursor: evil, since: evil, source: evil, language: evil, q: evil };
  const query = { ...text, minMirrors: 1, minOrigins: 1 };
  const outlets = [{ key: `${evil}!`, name: evil, articles: 1 }];
  const canonical = record.article;
  const people = { decisions: decisionsWith(evil), mayDecide: true };
  const parts = { summary, story, canonical, outlets, record, stages, query, people };
  return { ...parts, pair: pairWith(evil), diff: diffWith(evil), feed: feedWith(evil), ...revisionsWith(evil) };
}

const PUBLISHED = '2026-03-11T07:00:00.000Z';

function storyWith(evil: string) {
  const published = { at: PUBLISHED, uncertaintyMs: 1, evidence: evil };
  const boilerplate = [{ start: 0, end: 9, rule: evil }];
  const canonical = {
    ...HARBOUR.canonical,
    url: evil,
    title: evil,
    source: { key: evil, name: evil },
    byline: evil,
    published,
    language: evil,
    section: evil,
    modified: published,
    revision: 2,
    gone: { since: evil, reason: evil },
  };
  const origins = [{ key: evil, name: evil, isAgency: true, evidence: evil }];
  const summary = { ...HARBOUR, id: evil, title: evil, lead: evil, canonical, origins };
  const facts = { changes: 1, alignedWords: 9, examples: [{ a: evil, b: evil }] };
  const mirrorList = HARBOUR_DETAIL.mirrorList.slice(0, 1).map(({ match, ...mirror }) => ({
    ...mirror,
    ...canonical,
    title: `${evil}!`,
    published: { ...published, at: evil },
    match: {
      ...match,
      verdict: { ...match.verdict, rule: evil, facts },
      byHand: { decision: 1, at: evil, by: evil, note: evil },
    },
    body: evil,
    boilerplate,
    credit: creditWith(evil),
  }));
  const reasons = [{ code: 'tie' as const, text: evil }];
  const log = [{ at: evil, kind: evil, articleId: evil, detail: { cause: 'by hand', decision: 1, by: evil } }];
  return { summary, story: { ...HARBOUR_DETAIL, ...summary, ...formsOf(evil), reasons, mirrorList, log } };
}

function decisionsWith(evil: string): DecisionRecord[] {
  const named = { storyId: evil, mergedIds: [evil], articleIds: [evil], storyIds: [evil, `${evil}!`] };
  const words = { note: evil, by: evil, at: evil, withdrawnBy: null, withdrawnAt: null };
  const kinds = (['split', 'merge', 'pin'] as const).map((kind, at) => ({ id: at + 1, kind, ...named, ...words }));
  return [...kinds, ...kinds.map((decision) => ({ ...decision, withdrawnBy: evil, withdrawnAt: evil }))];
}

function creditWith(evil: string) {
  return {
    agency: { id: evil, name: evil },
    dateline: { place: evil, date: evil, agency: null, text: evil },
    declaredOriginal: { url: evil, name: null },
    evidence: [{ kind: 'byline' as const, agency: { id: evil, name: evil }, text: evil }],
  };
}

function recordWith(evil: string) {
  const article = {
    ...ARTICLE,
    url: evil,
    title: evil,
    ...formsOf(evil),
    byline: evil,
    published: { at: PUBLISHED, uncertaintyMs: 1, evidence: evil },
    language: evil,
    source: { key: evil, name: evil },
    credit: creditWith(evil),
    boilerplate: [{ start: 0, end: 9, rule: evil }],
    metadata: metadataWith(evil),
  };
  const entry = { guid: evil, url: evil, title: evil, published: article.published, updated: null, firstSeenAt: evil };
  const entries = [{ ...entry, source: { name: evil, url: evil }, feed: { id: evil, url: evil, title: evil } }];
  const spellings = [{ url: evil, submittedUrl: `${evil}!`, sign: 'amp' as const, seenAt: null }];
  const reading = { revision: 2, readAt: evil, checkedAt: evil, gone: { since: evil, reason: evil } };
  return {
    ...RECORD,
    reading,
    url: evil,
    canonicalUrl: evil,
    spellings,
    reason: evil,
    detail: evil,
    story: evil,
    cards: [evil],
    partOf: evil,
    article,
    entries,
  };
}

function feedWith(evil: string) {
  const failed = { state: 'active' as const, result: 'failed' as const, reason: evil, detail: evil, failuresInARow: 2 };
  return { ...FEED, id: evil, url: evil, title: evil, homeUrl: evil, sourceKey: evil, polledAt: evil, ...failed };
}

function revisionsWith(evil: string) {
  const published = { at: PUBLISHED, uncertaintyMs: 1, evidence: evil };
  const texts = { readAt: evil, textHash: evil, byline: evil, published, bodyChars: 1, paragraphs: [] };
  const revision = { ...texts, number: 1, title: evil, body: `${evil} ${evil}`, isCurrent: false };
  const next = {
    ...texts,
    number: 2,
    title: `${evil}!`,
    byline: `${evil}!`,
    body: `${evil} and ${evil}`,
    isCurrent: true,
  };
  const gone = { since: evil, reason: evil };
  const history = { articleId: evil, url: evil, gone, revisions: [revision, next], dropped: 3 };
  return { history, pairOfRevisions: { revision, next, isWithdrawn: false } };
}

function metadataWith(evil: string): Metadata {
  const finding = { certainty: 'declared' as const, from: { place: 'meta' as const, field: evil, text: evil } };
  const modified = { at: PUBLISHED, uncertaintyMs: 1, evidence: evil };
  return {
    ...{ title: finding, published: finding, language: finding, image: finding, canonicalUrl: finding },
    authors: [{ ...finding, name: evil, isOrganization: true }],
    modified: { ...finding, value: modified },
    section: { ...finding, value: evil },
    siteName: { ...finding, value: evil },
    ampUrl: { ...finding, value: evil },
    keywords: { ...finding, value: [evil] },
  };
}

function pairWith(evil: string) {
  const article = { articleId: evil, url: evil, title: evil, source: { key: evil, name: evil }, story: evil };
  const own = { count: 9, words: 9, shown: [{ words: 9, text: evil }] };
  const common = { count: 9, words: 9, shown: [{ words: 9, a: evil, b: `${evil}!` }] };
  const shown = [{ kind: 'facts' as const, words: 9, a: evil, b: evil }];
  const replaced = { ...PAIR.explanation.replaced, count: 9, shown };
  const explanation = { ...PAIR.explanation, sentence: evil, common, onlyA: own, onlyB: own, replaced };
  return { ...PAIR, a: article, b: article, explanation };
}

function diffWith(evil: string) {
  const published = { at: PUBLISHED, uncertaintyMs: 1, evidence: evil };
  const copy = { ...DIFF.a, articleId: evil, url: evil, title: evil, source: { key: evil, name: evil }, published };
  const print = { byline: evil, credit: creditWith(evil), boilerplate: [{ start: 0, end: 9, rule: evil }] };
  const bodies = [`${evil} a ${evil}`, `b ${evil}\n\n${evil}\n\n${evil}\n\n${evil}`] as const;
  const changes = copyChanges({ ...print, body: bodies[0] }, { ...print, body: bodies[1] });
  const b = { ...copy, language: evil };
  return { ...DIFF, story: evil, a: copy, b, title: wordDiff(`${evil} a`, `b ${evil}`), before: bodies[0], changes };
}
