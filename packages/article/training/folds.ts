/** Folds of registrable domains: pages of one domain are in one fold, whatever set they come from. */
import { createHash } from 'node:crypto';
import { sourceOf } from '../src/source.ts';

export const FOLDS = 4;

export function foldOf(url: string): number {
  return hashOf(url) % FOLDS;
}

/** A number of 31 bits for the registrable domain of a URL. */
export function hashOf(url: string): number {
  const { key } = sourceOf({ url, name: null });
  return createHash('sha256').update(key).digest().readUInt32BE(0) >>> 1;
}
