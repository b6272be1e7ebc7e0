import type { ExistingStory, StoryChanges, StoryEvent, StoryEventKind, StoryPlan } from './story.ts';

/** A plan with its id, and the standing stories that go on in it, oldest first. */
interface Placed {
  id: string;
  plan: StoryPlan;
  articleIds: string[];
  continues: ExistingStory[];
}

/**
 * Gives planned stories their ids, so that a story keeps its id through change. A standing story goes on in the plan that holds most of
 * its articles (ties: the one with its canonical, then the smallest text hash); a plan takes the id of the oldest story that goes on in
 * it, and the others lead to it; a plan without one gets a new id. A standing story of which no plan holds an article has ended: they
 * were removed. Every other one ends live or merged. All plans are listed, because only their verdicts may have changed; only what
 * changed brings events.
 */
export function reconcile(plans: StoryPlan[], existing: ExistingStory[], newId: () => string): StoryChanges {
  const articleIds = plans.map(({ canonical, mirrors }) => [canonical, ...mirrors.map((mirror) => mirror.articleId)]);
  const planOfArticle = new Map(articleIds.flatMap((ids, at) => ids.map((id): [string, number] => [id, at])));
  const heirs = plans.map((): ExistingStory[] => []);
  const ended: ExistingStory[] = [];
  for (const story of existing) {
    const heir = heirOf(story, plans, planOfArticle);
    (heir === null ? ended : (heirs[heir] as ExistingStory[])).push(story);
  }
  const placed = plans.map((plan, at): Placed => {
    const continues = (heirs[at] as ExistingStory[]).sort(byAge);
    return { plan, articleIds: articleIds[at] as string[], continues, id: continues[0]?.id ?? newId() };
  });
  const storyOfArticle = new Map(
    existing.flatMap((story) => story.articleIds.map((id): [string, ExistingStory] => [id, story])),
  );
  const placeOfArticle = new Map(
    placed.flatMap((place) => place.articleIds.map((id): [string, Placed] => [id, place])),
  );
  return {
    stories: placed.map(({ id, plan }) => ({ id, plan })),
    merged: placed.flatMap(({ id, continues }) => continues.slice(1).map((story) => ({ from: story.id, into: id }))),
    ended: ended.map(({ id }) => id),
    events: [
      ...placed.flatMap((place) => eventsOf(place, storyOfArticle, placeOfArticle)),
      ...ended.flatMap(({ id, articleIds: removed }): StoryEvent[] => [
        ...removed.map((articleId): StoryEvent => ({ storyId: id, kind: 'removed', articleId, detail: { left: 0 } })),
        { storyId: id, kind: 'ended', articleId: null, detail: {} },
      ]),
    ],
  };
}

function byAge(a: ExistingStory, b: ExistingStory): number {
  const [older, younger] = [Date.parse(a.createdAt), Date.parse(b.createdAt)];
  return older - younger || (a.id < b.id ? -1 : 1);
}

/** The place of the plan in which a standing story goes on; null where there is none. */
function heirOf(story: ExistingStory, plans: StoryPlan[], planOfArticle: Map<string, number>): number | null {
  const held = new Map<number, number>();
  for (const id of story.articleIds) {
    const at = planOfArticle.get(id);
    if (at !== undefined) held.set(at, (held.get(at) ?? 0) + 1);
  }
  const home = planOfArticle.get(story.canonical);
  const [heir] = [...held].sort(([a, ours], [b, theirs]) => {
    if (ours !== theirs) return theirs - ours;
    if (a === home || b === home) return a === home ? -1 : 1;
    return (plans[a]?.texts[0] ?? '') < (plans[b]?.texts[0] ?? '') ? -1 : 1;
  });
  return heir?.[0] ?? null;
}

function eventsOf(
  place: Placed,
  storyOfArticle: Map<string, ExistingStory>,
  placeOfArticle: Map<string, Placed>,
): StoryEvent[] {
  const { id, plan, articleIds, continues } = place;
  const kept = continues[0];
  const event = (kind: StoryEventKind, articleId: string, detail: StoryEvent['detail']): StoryEvent => ({
    storyId: id,
    kind,
    articleId,
    detail,
  });
  if (kept === undefined) {
    const from = [...new Set(articleIds.flatMap((article) => storyOfArticle.get(article)?.id ?? []))].sort();
    const detail = { articles: articleIds.length, reasons: plan.reasons, ...(from.length > 0 ? { from } : {}) };
    return [event(from.length > 0 ? 'split' : 'created', plan.canonical, detail)];
  }
  const events: StoryEvent[] = [];
  for (const story of continues.slice(1)) {
    events.push(event('merged', story.canonical, { from: story.id, articles: story.articleIds.length }));
    events.push({ storyId: story.id, kind: 'merged', articleId: story.canonical, detail: { into: id } });
  }
  const before = new Set(continues.flatMap((story) => story.articleIds));
  const matches = new Map(plan.mirrors.map((mirror) => [mirror.articleId, mirror]));
  for (const article of articleIds) {
    if (before.has(article)) continue;
    const from = storyOfArticle.get(article)?.id;
    const match = matches.get(article);
    const byHand = match?.byHand === undefined ? {} : { byHand: match.byHand };
    const detail = { verdict: match?.verdict ?? null, ...byHand, ...(from === undefined ? {} : { from }) };
    events.push(event('mirror-joined', article, detail));
  }
  for (const article of before) {
    const now = placeOfArticle.get(article);
    if (now === undefined) events.push(event('removed', article, { left: articleIds.length }));
    else if (now !== place) events.push(event('mirror-left', article, { to: now.id }));
  }
  if (kept.canonical !== plan.canonical)
    events.push(event('canonical-changed', plan.canonical, { from: kept.canonical, reasons: plan.reasons }));
  return events;
}
