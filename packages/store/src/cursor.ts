/** A cursor that no answer of ours contained. */
export class BadCursor extends Error {
  constructor() {
    super('The cursor is not one that this service gave out.');
    this.name = 'BadCursor';
  }
}

/** Where a page of stories ended. */
interface Position {
  createdAt: string;
  id: string;
}

const CURSOR_LENGTH_MAX = 300;
const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

export function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(JSON.stringify([createdAt, id])).toString('base64url');
}

/** Throws `BadCursor`. */
export function decodeCursor(cursor: string): Position {
  if (cursor.length > CURSOR_LENGTH_MAX) throw new BadCursor();
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    throw new BadCursor();
  }
  if (!Array.isArray(parts) || parts.length !== 2) throw new BadCursor();
  const [createdAt, id] = parts as unknown[];
  if (typeof createdAt !== 'string' || typeof id !== 'string') throw new BadCursor();
  if (!ISO_TIME.test(createdAt) || Number.isNaN(Date.parse(createdAt)) || id.includes('\0')) throw new BadCursor();
  return { createdAt, id };
}

const BASE64_URL = /^[\w-]{1,40}$/;
const CHANGE = /^c(\d{1,18})$/;

/** The cursor of a place in the change log: the id of the event before it. */
export function encodeChangeCursor(id: string): string {
  return Buffer.from(`c${id}`).toString('base64url');
}

/** Throws `BadCursor`. */
export function decodeChangeCursor(cursor: string): string {
  const text = BASE64_URL.test(cursor) ? Buffer.from(cursor, 'base64url').toString() : '';
  const id = CHANGE.exec(text)?.[1];
  if (id === undefined) throw new BadCursor();
  return id;
}
