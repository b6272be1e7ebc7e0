import type { Decided, DecisionAbout, DecisionProblem, DecisionRecord, Store } from '@wirefold/store';
import type { Response } from 'express';
import { z } from 'zod';
import { type Access, callerName } from '../access/access.ts';
import { itemsOf, JSON_TYPE, readBody, singleOf } from '../body.ts';
import type { ByHand } from '../by-hand.ts';
import { fieldErrorsOf } from '../field-errors.ts';
import { type FieldError, sendProblem } from '../problem.ts';
import { decidedSchema, decisionsSchema, mergeSchema, pinSchema, splitSchema } from '../schemas/decision.ts';
import { type Answer, type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { refuseOtherSites } from './other-sites.ts';
import { sendNoStory, summaryView } from './stories.ts';

/** Stories that an answer shows; a decision that touches more is a list of what one wants to see by itself. */
const STORIES_SHOWN_MAX = 20;
const DECISION_ID = /^[1-9]\d{0,14}$/;

const idSchema = z.strictObject({
  id: z.string().meta({ description: 'Id of a story; one that was merged is followed' }),
});
const topic = 'Decisions';
const decided: Record<number, Answer> = {
  200: { description: 'The decision, and the stories as they are now.', schema: decidedSchema },
};

const splitting = {
  id: 'splitStory',
  method: 'post',
  path: '/v1/stories/:id/split',
  topic,
  summary: 'Sets articles of a story apart: they are not the same story as the rest',
  description:
    'It holds until it is withdrawn, whatever is clustered again: for the articles, and for later copies of their texts. What only these ' +
    'articles held together falls apart, too.',
  scope: 'admin',
  parameters: idSchema,
  body: { [JSON_TYPE]: splitSchema },
  answers: decided,
  problems: ['invalid-decision', 'contradicting-decision', 'gone'],
} as const satisfies Operation;

const merging = {
  id: 'mergeStories',
  method: 'post',
  path: '/v1/stories/:id/merge',
  topic,
  summary: 'Makes stories one',
  description:
    'The oldest keeps its id, and the other ids lead to it. It holds until it is withdrawn; each mirror says what joined it.',
  scope: 'admin',
  parameters: idSchema,
  body: { [JSON_TYPE]: mergeSchema },
  answers: decided,
  problems: ['invalid-decision', 'contradicting-decision', 'gone'],
} as const satisfies Operation;

const pinning = {
  id: 'pinArticle',
  method: 'post',
  path: '/v1/stories/:id/pin',
  topic,
  summary: 'Has an article lead its story',
  description:
    'Whatever story it comes to stand in, until it is withdrawn or the article is removed. Of several pins the latest counts.',
  scope: 'admin',
  parameters: idSchema,
  body: { [JSON_TYPE]: pinSchema },
  answers: decided,
  problems: ['invalid-decision', 'gone'],
} as const satisfies Operation;

const listing = {
  id: 'listDecisions',
  method: 'get',
  path: '/v1/stories/:id/decisions',
  topic,
  summary: 'Lists what people decided about a story, newest first',
  description: 'Also what was withdrawn, and what was decided about the stories that its articles come from.',
  scope: 'read',
  parameters: idSchema,
  answers: { 200: { description: 'The decisions.', schema: decisionsSchema } },
  problems: ['gone'],
} as const satisfies Operation;

const withdrawing = {
  id: 'withdrawDecision',
  method: 'delete',
  path: '/v1/decisions/:id',
  topic,
  summary: 'Withdraws a decision: its articles are placed by what their texts say',
  scope: 'admin',
  parameters: z.strictObject({
    id: z.string().regex(DECISION_ID, 'There is no decision with this id.').meta({ description: 'Id of a decision' }),
  }),
  answers: decided,
  problems: [],
} as const satisfies Operation;

interface Service {
  store: Pick<Store, 'story' | 'storyEndedAt' | 'decisionsOf'>;
  byHand: ByHand;
  access: Access;
}

/** Splits, merges and pins by hand. */
export function decisionEndpoints(service: Service): Endpoint[] {
  const { store, byHand, access } = service;
  return [
    endpoint(
      splitting,
      answerDecision(service, splitSchema, ({ articles }) => ({ kind: 'split', articleIds: articles })),
      readBody(),
    ),
    endpoint(
      merging,
      answerDecision(service, mergeSchema, ({ stories }) => ({ kind: 'merge', mergedIds: stories })),
      readBody(),
    ),
    endpoint(
      pinning,
      answerDecision(service, pinSchema, ({ article }) => ({ kind: 'pin', articleIds: [article] })),
      readBody(),
    ),
    endpoint(listing, async ({ parameters: { id }, response }) => {
      const answer = await store.story(id);
      if (answer === null) return sendNoStory(response, await store.storyEndedAt(id));
      response.set('Cache-Control', 'no-cache').json({ decisions: await store.decisionsOf(answer.story.id) });
    }),
    endpoint(
      withdrawing,
      async ({ parameters: { id }, request, response }) => {
        const undone = await byHand.withdraw(Number(id), await callerName(access, request));
        if (undone === null) return sendProblem(response, 'not-found', 'There is no decision with this id.');
        await sendDecided(store, response, undone);
      },
      [refuseOtherSites],
    ),
  ];
}

type AskedOfStory = Pick<Asked<typeof splitting>, 'parameters' | 'request' | 'response'>;

function answerDecision<Body extends { note?: string | undefined }>(
  { store, byHand, access }: Service,
  schema: z.ZodType<Body>,
  wanted: (body: Body) => DecisionAbout,
) {
  return async ({ parameters: { id }, request, response }: AskedOfStory) => {
    const body = itemsOf(request);
    if (!body.ok) return sendProblem(response, body.word, body.detail);
    const parsed = schema.safeParse(singleOf(body));
    if (!parsed.success) return refuse(response, fieldErrorsOf(parsed.error, 'is not a field here'));
    const by = await callerName(access, request);
    const note = parsed.data.note?.trim() || null;
    const outcome = await byHand.decide({ ...wanted(parsed.data), storyId: id, note, by });
    if (outcome.ok) await sendDecided(store, response, outcome);
    else sendRefusal(response, id, outcome, parsed.data);
  };
}

async function sendDecided(store: Service['store'], response: Response, { decision, isNew }: Decided): Promise<void> {
  const found = await Promise.all(decision.storyIds.slice(0, STORIES_SHOWN_MAX).map((id) => store.story(id)));
  const stories = found.flatMap((answer) => {
    if (answer === null) return [];
    const { body: _, paragraphs: __, reasons: ___, mirrorList: ____, log: _____, ...summary } = answer.story;
    return [summaryView(summary)];
  });
  response.set('Cache-Control', 'no-store').json({ decision, isNew, stories });
}

function refuse(response: Response, errors: FieldError[]): void {
  const said = errors.map(({ pointer, detail }) => `${pointer ?? ''} ${detail}`.trim());
  sendProblem(response, 'invalid-decision', said.join('; '), { errors });
}

/** Says what to do instead; a fault of the address itself is answered as everywhere. */
function sendRefusal(response: Response, id: string, refusal: DecisionProblem, body: object): void {
  if (refusal.problem === 'contradicts') {
    const { decision } = refusal;
    sendProblem(response, 'contradicting-decision', contradictionWords(decision), { decision });
  } else if ('storyId' in refusal && refusal.storyId === id) {
    sendNoStory(response, refusal.problem === 'ended' ? refusal.endedAt : null);
  } else {
    refuse(response, errorsOf(refusal, body));
  }
}

function contradictionWords({ id, kind, note }: DecisionRecord): string {
  const said = kind === 'split' ? 'set apart' : 'made one story';
  return `These were ${said} by decision ${id}${note === null ? '' : ` (${note})`}. Withdraw it first.`;
}

function errorsOf(refusal: Exclude<DecisionProblem, { problem: 'contradicts' }>, body: object): FieldError[] {
  const pointerTo = (field: 'articles' | 'stories', id: string) => {
    const values: unknown = Reflect.get(body, field);
    if (!Array.isArray(values)) return '/article';
    // An id that was followed stands in the list by its earlier name.
    return values.includes(id) ? `/${field}/${values.indexOf(id)}` : `/${field}`;
  };
  switch (refusal.problem) {
    case 'no-story':
      return [{ pointer: pointerTo('stories', refusal.storyId), detail: 'is the id of no story' }];
    case 'ended':
      return [{ pointer: pointerTo('stories', refusal.storyId), detail: 'is a story that has ended' }];
    case 'whole-story':
      return [{ pointer: '/articles', detail: 'are all articles of the story; leave one out at least' }];
    case 'one-story':
      return [{ pointer: '/stories', detail: 'are this story already' }];
    case 'not-in-story': {
      const detail = 'is no article of this story; GET /v1/articles/{id} says where it stands';
      return refusal.articleIds.map((id) => ({ pointer: pointerTo('articles', id), detail }));
    }
  }
}
