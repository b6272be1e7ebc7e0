import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { AccessKey, AccessStore, KeyScope } from '@wirefold/store';
import { z } from 'zod';
import { KEY_NAME_CHARS_MAX } from '../limits.ts';

/** Everything that a key may allow, from the least to the most. */
export const KEY_SCOPES = ['read', 'submit', 'admin'] as const satisfies readonly KeyScope[];

/** What a key is made from. */
export const keyInputSchema = z
  .strictObject({
    name: z
      .string('must be a string')
      .trim()
      .min(1, 'is empty')
      .max(KEY_NAME_CHARS_MAX, `is longer than ${KEY_NAME_CHARS_MAX} characters`)
      .refine((text) => !/\p{Cc}|\p{Surrogate}/u.test(text), 'holds a control character'),
    scopes: z
      .array(z.enum(KEY_SCOPES, `must be one of ${KEY_SCOPES.join(', ')}`), 'must be a list')
      .min(1, 'is empty')
      .refine((scopes) => new Set(scopes).size === scopes.length, 'names a scope twice'),
  })
  .meta({ id: 'AccessKeyInput' });
export type KeyInput = z.infer<typeof keyInputSchema>;

/** The beginning by which scanners for lost secrets know a key of ours, its id, and 256 random bits. */
const KEY = /^wf_([0-9a-f]{12})_[\w-]{43}$/;

/**
 * SHA-256 and nothing slower: slow hashes are for passwords, which can be guessed. A key is 256 random bits; whoever has the digest
 * cannot try them all, and a request must not pay for a try that nobody can make.
 */
function digestOf(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}

/** The id that a key carries; null for what is no key of ours. */
export function idOf(key: string): string | null {
  return KEY.exec(key)?.[1] ?? null;
}

/** Whether a key is the one with this digest, in a time that does not tell how much of it was right. */
export function isKey(key: string, digest: Buffer): boolean {
  return digest.length === 32 && timingSafeEqual(digestOf(key), digest);
}

/** A key as it is made: `key` is its text, which is shown this once and kept nowhere. */
export type NewKey = AccessKey & { key: string };

/** Makes a key; null where there are as many as there may be. */
export async function createKey(
  store: Pick<AccessStore, 'addKey'>,
  { name, scopes }: KeyInput,
): Promise<NewKey | null> {
  const id = randomBytes(6).toString('hex');
  const key = `wf_${id}_${randomBytes(32).toString('base64url')}`;
  const kept = await store.addKey({ id, name, scopes, digest: digestOf(key) });
  return kept === null ? null : { ...kept, key };
}
