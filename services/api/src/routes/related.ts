import type { Store } from '@wirefold/store';
import { EVENT } from '@wirefold/story';
import type { Related } from '../related.ts';
import { relatedSchema } from '../schemas/related.ts';
import { mergedSchema } from '../schemas/story.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { ofStorySchema, sendMerged, sendNoStory, summaryView } from './stories.ts';

const relating = {
  id: 'listRelatedStories',
  method: 'get',
  path: '/v1/stories/:id/related',
  topic: 'Stories',
  summary: 'Lists other stories of the same event',
  description:
    'Other texts and no copies: they name what few other stories of these days name, in prominent places. Nothing is said where that is not sure, or where the script of the text has no capitals. What a new story names is read a moment after it was placed.',
  scope: 'read',
  parameters: ofStorySchema,
  answers: {
    200: { description: 'The other stories.', schema: relatedSchema },
    301: {
      description: 'The story was merged into another.',
      schema: mergedSchema,
      headers: { Location: 'The same of the story that lives.' },
    },
  },
  problems: ['gone'],
} as const satisfies Operation;

/** Which stories are one event? */
export function relatedEndpoints(related: Related, store: Pick<Store, 'storyEndedAt'>): Endpoint[] {
  return [endpoint(relating, showRelated(related, store))];
}

function showRelated(related: Related, store: Pick<Store, 'storyEndedAt'>) {
  return async ({ parameters: { id }, response }: Asked<typeof relating>) => {
    const answer = await related(id);
    if (answer === null) return sendNoStory(response, await store.storyEndedAt(id));
    response.set('Cache-Control', 'no-cache');
    const { id: livingId, redirectedFrom } = answer;
    if (redirectedFrom !== null) return sendMerged(response, { id: livingId, redirectedFrom }, '/related');
    response.json({
      days: EVENT.days,
      related: answer.related.map(({ story, ...why }) => ({ story: summaryView(story), ...why })),
    });
  };
}
