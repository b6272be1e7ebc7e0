import type { AccessKey, AccessStore, KnownKey } from '@wirefold/store';
import { z } from 'zod';
import { createKey, KEY_SCOPES, keyInputSchema } from '../access/key.ts';
import type { KeyRing } from '../access/key-ring.ts';
import type { NoteAct } from '../admin-notes.ts';
import { itemsOf, JSON_TYPE, readBody, singleOf } from '../body.ts';
import { fieldErrorsOf } from '../field-errors.ts';
import { sendProblem } from '../problem.ts';
import { isoTime } from '../schemas/article.ts';
import { type Asked, type Endpoint, endpoint, type Operation } from './operation.ts';

const scopesSchema = z.array(z.enum(KEY_SCOPES)).min(1);

const keyFields = {
  id: z.string(),
  name: z.string(),
  scopes: scopesSchema,
  createdAt: isoTime,
  lastUsedAt: isoTime.nullable().meta({ description: 'To the hour' }),
};
const keySchema = z.object(keyFields).meta({ id: 'AccessKey' }) satisfies z.ZodType<AccessKey>;

const creating = {
  id: 'createKey',
  method: 'post',
  path: '/v1/keys',
  topic: 'Keys',
  summary: 'Makes a key',
  description: 'From the first key on, every request needs one. `admin` includes the other scopes.',
  scope: 'admin',
  body: { [JSON_TYPE]: keyInputSchema },
  answers: {
    201: {
      description: 'The key. Its text is shown this once.',
      schema: z.object({ ...keyFields, key: z.string() }).meta({ id: 'NewAccessKey' }),
    },
  },
  problems: ['invalid-key', 'too-many-keys'],
} as const satisfies Operation;

const listing = {
  id: 'listKeys',
  method: 'get',
  path: '/v1/keys',
  topic: 'Keys',
  summary: 'Lists the keys, without what would let somebody use them',
  scope: 'admin',
  answers: { 200: { description: 'All keys, the oldest first.', schema: z.object({ keys: z.array(keySchema) }) } },
  problems: [],
} as const satisfies Operation;

const revoking = {
  id: 'revokeKey',
  method: 'delete',
  path: '/v1/keys/:id',
  topic: 'Keys',
  summary: 'Revokes a key',
  description: 'Other processes learn of it within some seconds.',
  scope: 'admin',
  parameters: z.strictObject({ id: z.string().meta({ description: 'Id of a key' }) }),
  answers: { 204: { description: 'Revoked.' } },
  problems: [],
} as const satisfies Operation;

/** Keys, for those who may hand them out. The command line comes here while a service holds the data folder. */
export function keyEndpoints(store: AccessStore, ring: KeyRing, note: NoteAct): Endpoint[] {
  return [
    endpoint(creating, makeKey(store, ring, note), readBody()),
    endpoint(listing, async ({ response }) => {
      response.set('Cache-Control', 'no-store').json({ keys: (await store.keys()).map(withoutDigest) });
    }),
    endpoint(revoking, async ({ request, parameters, response }) => {
      const isRevoked = await store.revokeKey(parameters.id);
      ring.refresh();
      if (!isRevoked) return sendProblem(response, 'not-found', 'There is no key with this id.');
      await note(request, { kind: 'key-revoked', subject: parameters.id, detail: '' });
      response.status(204).set('Cache-Control', 'no-store').end();
    }),
  ];
}

function makeKey(store: AccessStore, ring: KeyRing, note: NoteAct) {
  return async ({ request, response }: Asked<typeof creating>) => {
    const body = itemsOf(request);
    if (!body.ok) return sendProblem(response, body.word, body.detail, { limit: body.limit });
    const parsed = keyInputSchema.safeParse(singleOf(body));
    if (!parsed.success) {
      const errors = fieldErrorsOf(parsed.error);
      return sendProblem(response, 'invalid-key', errors.map(({ detail }) => detail).join('; '), { errors });
    }
    const { name, scopes } = parsed.data;
    const key = await createKey(store, { name, scopes });
    ring.refresh();
    if (key === null) return sendProblem(response, 'too-many-keys');
    await note(request, { kind: 'key-created', subject: key.id, detail: `${name}: ${scopes.join(', ')}` });
    response.status(201).set('Cache-Control', 'no-store').json(key);
  };
}

function withoutDigest({ digest: _digest, ...key }: KnownKey): AccessKey {
  return key;
}
