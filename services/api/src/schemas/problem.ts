import { z } from 'zod';
import { KEY_SCOPES } from '../access/key.ts';
import { PROBLEMS, type ProblemWord } from '../problem.ts';
import { isoTime, stateSchema } from './article.ts';
import { decisionSchema } from './decision.ts';
import { healthFields } from './service.ts';

const fieldErrors = z.array(
  z
    .object({
      index: z.int().min(0).exactOptional().meta({ description: 'Which item of a list, from 0' }),
      pointer: z.string().exactOptional().meta({ description: 'JSON pointer into the item' }),
      parameter: z.string().exactOptional().meta({ description: 'Name in the query' }),
      detail: z.string(),
    })
    .meta({ id: 'FieldError', description: 'One field of a request that is wrong.' }),
);

const scopes = z.enum(KEY_SCOPES);

/** What problems of a kind add to the fields that all have. */
const FIELDS: { [Word in ProblemWord]?: z.ZodRawShape } = {
  unauthorized: { scope: scopes },
  'missing-scope': { scope: scopes, scopes: z.array(scopes) },
  'invalid-query': { errors: fieldErrors },
  'invalid-key': { errors: fieldErrors },
  'invalid-feed': { errors: fieldErrors },
  'feed-paused': { reason: z.string().nullable() },
  'not-found': { errors: fieldErrors.exactOptional() },
  gone: { endedAt: isoTime },
  withdrawn: { errors: fieldErrors.exactOptional() },
  'invalid-webhook': { errors: fieldErrors },
  'invalid-decision': { errors: fieldErrors },
  'contradicting-decision': { decision: decisionSchema },
  'invalid-retry': { errors: fieldErrors },
  'invalid-match': { errors: fieldErrors },
  'not-an-article': { reason: z.string().meta({ description: 'A word of the list of reasons' }) },
  'not-signed': {
    errors: fieldErrors,
    articleId: z.string(),
    state: stateSchema,
    reason: z.string().nullable(),
  },
  'body-too-large': { limit: z.int().meta({ description: 'Bytes, or items, that one request may have' }) },
  'invalid-article': {
    errors: fieldErrors,
    items: z
      .array(
        z.object({
          index: z.int().min(0),
          problem: z.object({
            type: z.literal('/problems/invalid-article'),
            title: z.string(),
            status: z.literal(PROBLEMS['invalid-article'].status),
            detail: z.string().exactOptional(),
            errors: fieldErrors,
          }),
        }),
      )
      .exactOptional(),
  },
  unhealthy: healthFields,
};

/** `invalid-query` is `InvalidQueryProblem`. */
function componentName(word: string): string {
  const parts = word.split('-').map((part) => part.charAt(0).toUpperCase() + part.slice(1));
  return `${parts.join('')}Problem`;
}

function problemSchemaOf(word: ProblemWord) {
  const { status, help } = PROBLEMS[word];
  return z
    .object({
      type: z.literal(`/problems/${word}`),
      title: z.string(),
      status: z.literal(status),
      detail: z.string().exactOptional(),
      ...FIELDS[word],
    })
    .meta({ id: componentName(word), description: help });
}

const schemas = new Map(
  (Object.keys(PROBLEMS) as ProblemWord[]).map((word): [ProblemWord, z.ZodType] => [word, problemSchemaOf(word)]),
);

/** The problem document of a word (RFC 9457). */
export function problemSchema(word: ProblemWord): z.ZodType {
  const schema = schemas.get(word);
  if (schema === undefined) throw new Error(`There is no problem ${word}`);
  return schema;
}
