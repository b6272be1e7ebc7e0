import type { IncomingHttpHeaders } from 'node:http';

/** What a client may hold already. */
export interface Validators {
  /** As it is sent, quotes and `W/` included. */
  etag: string;
  modifiedAt: Date | null;
}

/**
 * Whether a GET asks for what the client has (RFC 9110, 13.1): an ETag outranks a time. Express' own test also looks at
 * `Cache-Control: no-cache`, which every `fetch` sends along with a condition: such clients would never be answered 304.
 */
export function isUnchanged(headers: IncomingHttpHeaders, { etag, modifiedAt }: Validators): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) return tags.trim() === '*' || tags.split(',').some((tag) => opaque(tag) === opaque(etag));
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return modifiedAt !== null && Math.floor(modifiedAt.getTime() / 1000) * 1000 <= since;
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, '');
}
