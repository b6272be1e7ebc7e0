import { articleIdOfText, readText } from '@wirefold/article';
import { judge, judgeLink, learnFurniture, PARAMS, type PrintedText } from '@wirefold/dedup';
import { openStore, type Submission } from '@wirefold/store';
import { type Member, planStories, signBody } from '@wirefold/story';
import { cluster, ingest, rest, stateOf, upkeep } from '../support/direct.ts';
import { forgetEverything } from '../support/forget.ts';
import { newsForBenchmarks } from '../support/news-file.ts';
import { seededRandom } from '../support/seeded-random.ts';

/**
 * Whether the order of arrival changes anything: 2,000 articles in 200 orders through the engine, and in 20 runs through a store with four
 * workers at once, learned furniture included. A property test of the suite does the same with a few articles; this is the long run of it.
 */

const ARTICLES = 2000;
const SHUFFLES = 200;
const RUNS = 20;
const WORKERS = 4;
const BATCH = 50;
const SEEN_AT = '2026-01-01T00:00:00Z';

interface Line {
  text: string;
  title?: string;
  source?: string;
}

function shuffled<T>(values: readonly T[], seed: number): T[] {
  const random = seededRandom(seed);
  const mixed = [...values];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}

const { name, lines } = newsForBenchmarks();
// Spread over the file, so that every kind of article in it takes part.
const step = Math.max(1, Math.floor(lines.length / ARTICLES));
const news = lines.flatMap((line, at): Submission[] => {
  if (at % step !== 0 || at / step >= ARTICLES) return [];
  const { text, title = null, source = null } = JSON.parse(line) as Partial<Line> & { text: string };
  const given = { title, text, source, url: null };
  if (!readText({ ...given, published: null, seenAt: SEEN_AT, isCard: true }).ok) return [];
  return [
    {
      id: articleIdOfText(given),
      url: null,
      canonicalUrl: null,
      pushed: { kind: 'text', title, text, source, published: null, isCard: true },
      partOf: null,
    },
  ];
});

// What an article says does not depend on others: it is read once.
const articles = news.map(({ id, pushed }) => {
  if (pushed?.kind !== 'text') throw new Error('the news of this benchmark are texts');
  const reading = readText({ ...pushed, url: null, published: null, seenAt: SEEN_AT });
  if (!reading.ok) throw new Error(reading.detail);
  return { id, article: reading.article };
});

/** The stories of the articles in this order, by the engine alone. */
function storiesInOrder(read: typeof articles): string {
  const printed = new Map<string, PrintedText[]>();
  for (const { article } of read) {
    const { key } = article.source;
    printed.set(key, [...(printed.get(key) ?? []), article]);
  }
  const furniture = new Map([...printed].map(([key, own]) => [key, learnFurniture(own)]));
  const signed = read.map(({ id, article }) => {
    const own = furniture.get(article.source.key);
    if (own === undefined) throw new Error('every source was learned');
    const { text, boilerplateWords } = signBody(article, own);
    const { source, published, credit } = article;
    const member: Member = {
      articleId: id,
      textHash: text.hash,
      url: null,
      source,
      published,
      credit,
      boilerplateWords,
    };
    return { text, member };
  });
  const plans = planStories(
    signed.map(({ text }) => text),
    signed.map(({ member }) => member),
    judge,
    judgeLink,
  );
  return plans
    .map(
      ({ canonical, mirrors }) =>
        `${canonical}: ${mirrors
          .map(({ articleId }) => articleId)
          .sort()
          .join(' ')}`,
    )
    .sort()
    .join('\n');
}

const say = (text: string) => process.stdout.write(text);
say(`${name}, of these ${news.length}\n\n`);
const expected = storiesInOrder(articles);
let others = 0;
for (let seed = 1; seed <= SHUFFLES; seed++) if (storiesInOrder(shuffled(articles, seed)) !== expected) others++;
say(`engine: ${others} of ${SHUFFLES} shuffles give other stories or canonicals\n`);

const opened = await openStore({ databaseUrl: null, dataDir: null, signatureVersion: PARAMS.version });
const states = new Set<string>();
for (let seed = 1; seed <= RUNS; seed++) {
  await forgetEverything(opened);
  const waiting = shuffled(news, seed);
  const worker = async () => {
    for (let batch = waiting.splice(0, BATCH); batch.length > 0; batch = waiting.splice(0, BATCH)) {
      await cluster(opened, await ingest(opened, batch));
      await upkeep(opened);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  await rest(opened);
  states.add(JSON.stringify(await stateOf(opened, news)));
}
await opened.store.close();
say(`store: ${RUNS} runs with ${WORKERS} workers end in ${states.size} state${states.size === 1 ? '' : 's'}\n`);
