import { randomBytes } from 'node:crypto';

/** Story ids are permanent and say nothing: what a story holds may change, its id does not. */
export function newStoryId(): string {
  return `s${randomBytes(12).toString('hex')}`;
}
