import { URL_CHARS_MAX } from '@wirefold/article';
import type { CopyOperation, WordOperation } from '@wirefold/story';
import type { DiffAnswer } from '@wirefold/web';
import type { Response } from 'express';
import { z } from 'zod';
import type { Diff } from '../diff.ts';
import { sendProblem } from '../problem.ts';
import { diffSchema } from '../schemas/diff.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';
import { parameterText } from './query.ts';
import { ofStorySchema } from './stories.ts';

const side = parameterText(URL_CHARS_MAX).meta({ description: 'Id of an article of the story' });

const comparing = {
  id: 'diffCopies',
  method: 'get',
  path: '/v1/stories/:id/diff',
  topic: 'Stories',
  summary: 'Shows what one copy of a story changed of another, word by word',
  scope: 'read',
  parameters: ofStorySchema,
  query: z.strictObject({ a: side, b: side }),
  answers: {
    200: { description: 'Every step from copy a to copy b, and whose hand each change shows.', schema: diffSchema },
    301: {
      description: 'The story was merged into another.',
      schema: z.object({ id: z.string() }),
      headers: { Location: 'The same of the story that lives.' },
    },
  },
  problems: ['not-found', 'gone'],
} as const satisfies Operation;

/** What one copy of a story changed of another, word by word. */
export function diffEndpoints(diff: Diff): Endpoint[] {
  return [endpoint(comparing, showDiff(diff))];
}

function showDiff(diff: Diff) {
  return async ({ parameters, query, response }: Asked<typeof comparing>) => {
    const answer = await diff(parameters.id, query.a, query.b);
    if (!answer.ok) return sendFailure(response, answer, query);
    const { story, a, b, title, changes } = answer;
    const { operations, ...counts } = changes;
    response.set('Cache-Control', 'no-cache').json({
      story,
      a,
      b,
      changes: counts,
      title: title.map(operationView),
      body: operations.map(operationView),
    });
  };
}

function operationView({ kind, text, nature }: WordOperation & Partial<Pick<CopyOperation, 'nature'>>) {
  return { kind, text, ...(nature && { nature }) };
}

function sendFailure(response: Response, answer: Extract<DiffAnswer, { ok: false }>, query: { a: string; b: string }) {
  if (answer.problem === 'merged') {
    const { into } = answer;
    const path = `/v1/stories/${encodeURIComponent(into)}/diff?${new URLSearchParams(query)}`;
    response.status(301).set('Cache-Control', 'no-cache').location(path).json({ id: into });
  } else if (answer.problem === 'gone') {
    sendProblem(response, 'gone', 'The last article of this story was removed.', { endedAt: answer.endedAt });
  } else if (answer.problem === 'unknown') {
    sendProblem(response, 'not-found', 'There is no story with this id.');
  } else {
    const detail = 'is not the id of a copy of this story';
    const errors = [{ parameter: answer.side, detail }];
    sendProblem(response, 'not-found', `${answer.side} ${detail}.`, { errors });
  }
}
