import { expect } from 'vitest';
import { eventually, type Wirefold } from './wirefold.ts';

/** What the site test submits, and what must become of it. */
const FERRY_COPIES = [
  'http://apnews.com/article/ferry',
  'http://www.varholm-courier.example/harbor/ferry-aground',
  'http://inland-post.example/news/4711',
  'http://lesmarktimes.example/ferry',
  'http://news.southshore.example/go/ferry',
];
const BUDGET_COPIES = ['http://lesmarktimes.example/budget', 'http://inland-post.example/budget'];
const LIBRARY_COPIES = ['http://www.varholm-courier.example/town/library', 'http://lesmarktimes.example/flaky'];
const ALONE = ['http://news.southshore.example/weather/monday', 'http://news.southshore.example/weather/tuesday'];
const FAILURES: Record<string, string> = {
  'http://inland-post.example/no-such-page': 'http-not-found',
  'http://inland-post.example/annual-report.pdf': 'not-html',
  'http://inland-post.example/endless': 'deadline-exceeded',
  'http://inland-post.example/subscribe-first': 'paywall',
  'http://localhost/admin': 'address-not-public',
};

/** The URLs of the site test, in the order in which a reader of the list would not submit them. */
const SITE_URLS = [ALONE, LIBRARY_COPIES, FERRY_COPIES, Object.keys(FAILURES), BUDGET_COPIES].flat().reverse();

/** Settings of the site test: one of its pages never ends, so deadlines are short, and so is the pause that follows a slow page. */
export function siteSettings(testHosts: string) {
  return { FETCH_TEST_HOSTS: testHosts, FETCH_DEADLINE_MS: '1500', HOST_DELAY_MAX_MS: '500' };
}

interface ArticleAnswer {
  id: string;
  state: string;
  reason: string | null;
  story: string | null;
  isCanonical: boolean;
}

/** Submits every URL of the site and returns the article ids by URL. */
export async function submitSite(wirefold: Wirefold): Promise<Map<string, string>> {
  const answer = await wirefold.post(
    '/v1/articles',
    SITE_URLS.map((url) => ({ url })),
  );
  expect(answer.status).toBe(202);
  const { items } = answer.body as { items: { id: string }[] };
  return new Map(SITE_URLS.map((url, at) => [url, (items[at] as { id: string }).id]));
}

/** Waits until every article has ended. */
export async function allEnded(wirefold: Wirefold, ids: Iterable<string>, deadlineMs: number): Promise<void> {
  const open = new Set(ids);
  await eventually(async () => {
    for (const id of open) {
      const { state } = (await wirefold.get(`/v1/articles/${id}`)).body as ArticleAnswer;
      if (state === 'done' || state === 'failed') open.delete(id);
    }
    return open.size === 0;
  }, deadlineMs).catch((error: Error) => {
    const output = wirefold.processes.map((process) => `${process.name}: ${process.output.join('')}`).join('\n');
    throw new Error(`${error.message}: still open ${[...open].join(', ')}\n${output}`);
  });
}

/** Holds what came out of the site against what has to. */
export async function expectSiteStories(wirefold: Wirefold, ids: Map<string, string>): Promise<void> {
  const articles = new Map<string, ArticleAnswer>();
  for (const [url, id] of ids) articles.set(url, (await wirefold.get(`/v1/articles/${id}`)).body as ArticleAnswer);
  const storyOf = (url: string) => articles.get(url)?.story;

  for (const group of [FERRY_COPIES, BUDGET_COPIES, LIBRARY_COPIES]) {
    expect(new Set(group.map(storyOf)), `one story for ${group.join(' ')}`).toEqual(
      new Set([storyOf(group[0] as string)]),
    );
    expect(storyOf(group[0] as string)).toMatch(/^s/);
  }
  const stories = [FERRY_COPIES, BUDGET_COPIES, LIBRARY_COPIES, ...ALONE.map((url) => [url])].map((group) =>
    storyOf(group[0] as string),
  );
  expect(new Set(stories).size, 'stories are kept apart').toBe(stories.length);

  expect(articles.get('http://apnews.com/article/ferry')?.isCanonical, "the agency's own copy leads").toBe(true);
  expect(articles.get('http://lesmarktimes.example/budget')?.isCanonical, 'the earliest copy leads').toBe(true);

  for (const [url, reason] of Object.entries(FAILURES)) {
    expect(articles.get(url), url).toMatchObject({ state: 'failed', reason, story: null });
  }
  const health = await wirefold.get('/healthz');
  expect(health, 'the invariants hold').toMatchObject({ status: 200 });
}
