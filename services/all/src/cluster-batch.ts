import {
  articleIdOfText,
  articleIdOfUrl,
  type Credit,
  canonicalUrl,
  comparisonText,
  readText,
  sourceOf,
} from '@wirefold/article';
import { judge, judgeLink, PARAMS, type SignedText, sign, type Verdict } from '@wirefold/dedup';
import { type Member, planStories, type StoryPlan } from '@wirefold/story';
import { z } from 'zod';

/** A line of `wirefold cluster`: an article as other tools write it. Fields that are not named here are kept as they are. */
export const batchLineSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  url: z.string().nullish(),
  source: z.string().nullish(),
  title: z.string().nullish(),
  text: z.string(),
  published: z.string().nullish(),
});

export type BatchLine = z.infer<typeof batchLineSchema>;

/** Where a line belongs. `match` is how it compares with the canonical of its story; null for the canonical itself. */
export interface Placement {
  story: string;
  canonical: boolean;
  match: Verdict | null;
}

/** An article of a batch, signed. Of lines that say the same of the same article, each has the same member id. */
interface Signed {
  member: Member;
  text: SignedText;
}

const STORY_ID_HEX = 24;

/**
 * Signs one line, as the service signs a pushed text. What the service would refuse (a wall, a stub) has no text to compare and so
 * stays alone. `seenAt` resolves relative times.
 */
export function signLine(line: BatchLine, seenAt: string): Signed {
  const { url = null, source = null, title = null, published = null } = line;
  const reading = readText({
    title,
    text: line.text,
    source,
    url,
    published,
    seenAt,
    isCard: true,
    wantsLanguage: false,
  });
  const canonical = url === null ? null : canonicalUrl(url);
  const articleUrl = canonical?.ok ? canonical.url : null;
  const identity =
    articleUrl === null ? articleIdOfText({ source, title, text: line.text }) : articleIdOfUrl(articleUrl);
  const { text: comparison, boilerplateWords } = reading.ok
    ? comparisonText(reading.article.body, reading.article.boilerplate)
    : NOTHING;
  const text = sign(comparison);
  const member: Member = {
    // Lines may give one URL two texts: in a batch these are two articles.
    articleId: `${identity} ${reading.ok ? text.hash : articleIdOfText({ source, title, text: line.text })}`,
    textHash: text.hash,
    url: articleUrl,
    source: reading.ok ? reading.article.source : sourceOf({ url: articleUrl, name: source }),
    published: reading.ok ? reading.article.published : null,
    credit: reading.ok ? reading.article.credit : NO_CREDIT,
    boilerplateWords,
  };
  return { member, text };
}

const NOTHING = { text: '', boilerplateWords: 0 };
const NO_CREDIT: Credit = { agency: null, dateline: null, declaredOriginal: null, evidence: [] };

/**
 * Places articles in stories by the rules of the service, with the index in memory. Story ids follow from the texts, so that the
 * same articles in another order get the same ids. A text that is too thin to be anybody's is a story by itself.
 * @returns one placement for each article, in their order
 */
export function clusterBatch(articles: Signed[]): Placement[] {
  const members = new Map(articles.map((article) => [article.member.articleId, article]));
  const whole = [...members.values()].filter(({ text }) => text.words >= PARAMS.thinWords);
  const plans = planStories(
    whole.map(({ text }) => text),
    whole.map(({ member }) => member),
    judge,
    judgeLink,
  );
  const placements = new Map(plans.flatMap(placementsOf));
  const led = new Set<string>();
  return articles.map(({ member: { articleId } }): Placement => {
    const placement = placements.get(articleId) ?? {
      story: `s${articleId.slice(1, STORY_ID_HEX + 1)}`,
      canonical: true,
      match: null,
    };
    // A line that repeats the canonical word for word is not a second one.
    const canonical = placement.canonical && !led.has(placement.story);
    if (canonical) led.add(placement.story);
    return { ...placement, canonical };
  });
}

function placementsOf(plan: StoryPlan): [string, Placement][] {
  const story = `s${plan.texts[0]?.slice(0, STORY_ID_HEX)}`;
  return [
    [plan.canonical, { story, canonical: true, match: null }],
    ...plan.mirrors.map(({ articleId, verdict }): [string, Placement] => [
      articleId,
      { story, canonical: false, match: verdict },
    ]),
  ];
}
