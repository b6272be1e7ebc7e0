import { type Article, type Credit, type Published, paragraphsIn } from '@wirefold/article';
import type { Similarity, Verdict } from '@wirefold/dedup';
import type { ArticleRecord, StoryDetail, StorySummary } from '@wirefold/store';
import { METADATA } from './metadata.ts';

/** Stories of our own invention, as the store gives them. */

type Origin = StorySummary['origins'][number];

const AP: Origin = {
  key: 'ap',
  name: 'Associated Press',
  isAgency: true,
  evidence: 'The credit line of 6 copies names Associated Press.',
};

function published(at: string, uncertaintyMs = 0, evidence = at): Published {
  return { at, uncertaintyMs, evidence };
}

function figures(jaccard: number, aInB: number, bInA: number, shared = 120): Similarity {
  return { jaccard, aInB, bInA, shared };
}

function verdict(kind: Verdict['kind'], rule: string, similarity: Similarity): Verdict {
  return { kind, rule, linked: kind !== 'different', comparing: null, facts: null, ...similarity };
}

interface SummaryInput {
  id: string;
  title: string;
  lead: string;
  source: { key: string; name: string };
  published: Published | null;
  counts: [copies: number, outlets: number];
  origins?: Origin[];
  language?: string;
}

function summary(input: SummaryInput): StorySummary {
  const [copies, outlets] = input.counts;
  return {
    id: input.id,
    title: input.title,
    lead: input.lead,
    canonical: {
      articleId: `article-of-${input.id}`,
      url: `https://${input.source.key}/${input.id}`,
      title: input.title,
      source: input.source,
      byline: null,
      published: input.published,
      language: input.language ?? 'en',
      image: null,
      section: null,
      modified: null,
    },
    copies,
    mirrors: copies - 1,
    outlets,
    origins: input.origins ?? [
      { ...input.source, isAgency: false, evidence: 'No agency is named; the canonical’s own outlet.' },
    ],
    createdAt: '2026-03-11T06:04:00.000Z',
    updatedAt: '2026-03-11T09:40:00.000Z',
  };
}

export const HARBOUR_BODY = `KELDMOUTH (AP) — The last car ferry between Keldmouth and the outer islands will sail on Sunday, a month before the bridge that replaces it is ready, after inspectors found cracks in the ship's bow door.

The operator said on Wednesday that 4,100 islanders would be carried by two passenger boats until the bridge opens in April, and that freight would go by barge from the northern quay twice a day when the wind allows it.

“We would rather carry people slowly than carry them in that ship,” said Maren Holt, who has run the line since 2011. She said the crack had been found by a welder who was there to replace a lamp.

Shopkeepers on the islands have asked the county for a guarantee that bread and medicine come first. The county's transport board meets on Thursday and is expected to agree.

The ferry, built in 1978, has crossed the sound about 96,000 times.`;

const FOOTER = `Enjoying this story? Sign up for the Gazette's morning letter and have the news of the coast in your inbox at six. This form is protected by a robot check; its privacy notice and terms apply.`;

const [harbourLead = ''] = HARBOUR_BODY.split('\n\n');

export const HARBOUR: StorySummary = summary({
  id: 's7f3a91c20be44d1',
  title: 'Islanders lose their last car ferry a month before the bridge is ready',
  lead: harbourLead,
  source: { key: 'apnews.com', name: 'Associated Press' },
  published: published('2026-03-11T06:02:00.000Z'),
  counts: [7, 5],
  origins: [AP],
});

export const SUMMARIES: StorySummary[] = [
  HARBOUR,
  summary({
    id: 's1b',
    title: 'Wheat harvest in the Lenne valley is the smallest since records began',
    lead: 'Farmers in the Lenne valley brought in 212,000 tonnes of wheat, less than half of the usual harvest, the growers’ union said, and blamed a spring without rain and a summer with too much of it.',
    source: { key: 'lennecourier.example', name: 'Lenne Courier' },
    published: published('2026-03-11T05:00:00.000Z', 3_600_000, '4 hours ago'),
    counts: [3, 3],
  }),
  summary({
    id: 's1c',
    title: 'Tramway drivers accept four-day week after eleven nights of talks',
    lead: 'The city’s tramway drivers voted by 612 to 188 for a contract that gives them a four-day week from September, ending a strike that had kept the lines to the western suburbs closed since the middle of February.',
    source: { key: 'westendpost.example', name: 'West End Post' },
    published: published('2026-03-10T22:48:00.000Z'),
    counts: [1, 1],
  }),
  summary({
    id: 's1d',
    title: 'Astronomers say the faint companion of Barrow’s Star is a planet after all',
    lead: 'A speck of light that was called a planet in 2009, a dust cloud in 2014 and nothing at all in 2020 is a planet, according to a team that watched it pass behind its star twice.',
    source: { key: 'reuters.com', name: 'Reuters' },
    published: published('2026-03-10T00:00:00.000Z', 86_400_000, 'March 10'),
    counts: [24, 19],
    origins: [{ key: 'reuters', name: 'Reuters', isAgency: true, evidence: 'Dateline of 20 copies.' }],
  }),
  summary({
    id: 's1e',
    title: 'Stadtrat beschließt Umbau der alten Markthalle zur Bibliothek',
    lead: 'Nach sechsstündiger Debatte hat der Stadtrat am Dienstagabend den Umbau der Markthalle beschlossen. Die Bibliothek soll 2029 öffnen; die Händler ziehen in den Neubau am Flussufer.',
    source: { key: 'flussbote.example', name: 'Flussbote' },
    published: null,
    counts: [2, 2],
    language: 'de',
  }),
];

const AP_AGENCY = { id: 'ap', name: 'Associated Press' };
const DATELINE = 'KELDMOUTH (AP) —';

export const NO_CREDIT: Credit = { agency: null, dateline: null, declaredOriginal: null, evidence: [] };

export const AP_CREDIT: Credit = {
  agency: AP_AGENCY,
  dateline: { place: 'KELDMOUTH', date: null, agency: AP_AGENCY, text: DATELINE },
  declaredOriginal: null,
  evidence: [{ kind: 'dateline', agency: AP_AGENCY, text: DATELINE, where: 'body' }],
};

export const HARBOUR_DETAIL: StoryDetail = {
  ...HARBOUR,
  canonical: {
    ...HARBOUR.canonical,
    byline: 'By Tobias Renn',
    section: 'Islands',
    modified: published('2026-03-11T06:30:00.000Z', 0, '2026-03-11T06:30:00Z'),
  },
  body: HARBOUR_BODY,
  paragraphs: paragraphsIn(HARBOUR_BODY),
  reasons: [
    { code: 'agency-own', text: 'The credit line names Associated Press, and the source is Associated Press' },
    { code: 'earliest', text: 'Earliest by 58 minutes' },
    { code: 'no-foreign-text', text: 'No text of the site in it' },
  ],
  mirrorList: [
    {
      ...HARBOUR.canonical,
      articleId: 'm1',
      url: 'https://keldmouth-gazette.example/news/ferry',
      source: { key: 'keldmouth-gazette.example', name: 'Keldmouth Gazette' },
      published: published('2026-03-11T07:00:00.000Z', 3_600_000, '2 hours ago'),
      match: { articleId: 'm1', verdict: verdict('same text', 'equal', figures(1, 1, 1)), via: null },
      body: `${HARBOUR_BODY}\n\n${FOOTER}`,
      boilerplate: [
        { start: HARBOUR_BODY.length + 2, end: HARBOUR_BODY.length + 2 + FOOTER.length, rule: 'newsletter-pitch' },
      ],
      credit: AP_CREDIT,
    },
    {
      ...HARBOUR.canonical,
      articleId: 'm2',
      url: 'https://northernledger.example/2026/ferry-to-stop',
      title: 'Ferry to stop early; bread to come by barge',
      source: { key: 'northernledger.example', name: 'The Northern Ledger' },
      published: published('2026-03-11T07:31:00.000Z'),
      match: { articleId: 'm2', verdict: verdict('contains', 'containment', figures(0.6124, 0.6124, 1)), via: null },
      body: HARBOUR_BODY.split('\n\n').slice(0, 3).join('\n\n'),
      boilerplate: [],
      credit: AP_CREDIT,
    },
    {
      ...HARBOUR.canonical,
      articleId: 'm3',
      url: null,
      source: { key: 'isles radio', name: 'Isles Radio' },
      published: null,
      match: {
        articleId: 'm3',
        verdict: {
          ...verdict('revision', 'jaccard', figures(0.8813, 0.9342, 0.9391)),
          facts: { changes: 1, alignedWords: 188, examples: [{ a: '4,100', b: '4,200' }] },
        },
        via: null,
      },
      body: HARBOUR_BODY.replace('4,100', '4,200').replace('KELDMOUTH (AP) — ', ''),
      boilerplate: [],
      credit: NO_CREDIT,
    },
  ],
  log: [
    { at: '2026-03-11T06:04:11.000Z', kind: 'created', articleId: 'article-of-s7f3a91c20be44d1', detail: {} },
    { at: '2026-03-11T07:02:40.000Z', kind: 'mirror-joined', articleId: 'm1', detail: {} },
    { at: '2026-03-11T07:33:02.000Z', kind: 'mirror-joined', articleId: 'm2', detail: {} },
  ],
};

export const ARTICLE: Article = {
  url: 'https://keldmouth-gazette.example/news/ferry',
  title: HARBOUR.title,
  body: `${HARBOUR_BODY}\n\n${FOOTER}`,
  paragraphs: paragraphsIn(`${HARBOUR_BODY}\n\n${FOOTER}`),
  byline: 'By Tobias Renn',
  published: published('2026-03-11T07:00:00.000Z', 3_600_000, '2 hours ago'),
  language: 'en',
  source: { key: 'keldmouth-gazette.example', name: 'Keldmouth Gazette' },
  declaredCanonicalUrl: null,
  image: null,
  credit: {
    agency: { id: 'ap', name: 'Associated Press' },
    dateline: {
      place: 'KELDMOUTH',
      date: null,
      agency: { id: 'ap', name: 'Associated Press' },
      text: 'KELDMOUTH (AP) —',
    },
    declaredOriginal: { url: 'https://apnews.com/ferry', name: 'Associated Press' },
    evidence: [
      { kind: 'dateline', agency: { id: 'ap', name: 'Associated Press' }, text: 'KELDMOUTH (AP) —' },
      { kind: 'canonical-link', agency: null, text: 'https://apnews.com/ferry' },
    ],
  },
  boilerplate: [
    { start: HARBOUR_BODY.length + 2, end: HARBOUR_BODY.length + 2 + FOOTER.length, rule: 'newsletter-pitch' },
  ],
  metadata: METADATA,
};

export const RECORD: ArticleRecord = {
  id: 'm1',
  url: 'https://keldmouth-gazette.example/news/ferry?utm_source=letter',
  canonicalUrl: 'https://keldmouth-gazette.example/news/ferry',
  state: 'done',
  reason: null,
  detail: null,
  attempts: 1,
  nextAttemptAt: null,
  receivedAt: '2026-03-11T07:01:58.000Z',
  endedAt: '2026-03-11T07:02:40.000Z',
  partOf: null,
  cards: ['c1', 'c2'],
  story: HARBOUR.id,
  isCanonical: false,
  match: HARBOUR_DETAIL.mirrorList[0]?.match ?? null,
  article: ARTICLE,
  words: 188,
  spellings: [
    {
      url: 'https://m.keldmouth-gazette.example/news/ferry',
      submittedUrl: 'https://m.keldmouth-gazette.example/news/ferry?utm_source=post',
      sign: 'canonical',
      seenAt: '2026-03-11T07:05:00.000Z',
    },
    { url: 'https://keldmouth-gazette.example/news/ferry/', submittedUrl: null, sign: 'redirect', seenAt: null },
  ],
  reading: { revision: 1, readAt: '2026-03-11T07:02:10.000Z', checkedAt: '2026-03-11T07:02:10.000Z', gone: null },
  entries: [],
};

export const FAILED_RECORD: ArticleRecord = {
  ...RECORD,
  id: 'f1',
  state: 'failed',
  reason: 'http-not-found',
  detail: 'answered 404 after 1 redirect',
  cards: [],
  story: null,
  match: null,
  article: null,
  words: null,
  spellings: [],
  reading: { revision: null, readAt: null, checkedAt: null, gone: null },
};
