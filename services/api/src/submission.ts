import { articleIdOfText, articleIdOfUrl, canonicalUrl, URL_CHARS_MAX } from '@wirefold/article';
import type { Pushed, Submission } from '@wirefold/store';
import { z } from 'zod';
import { fieldErrorsOf } from './field-errors.ts';
import { HTML_BYTES_MAX, PUBLISHED_CHARS_MAX, SOURCE_CHARS_MAX, TEXT_BYTES_MAX, TITLE_CHARS_MAX } from './limits.ts';
import type { FieldError } from './problem.ts';

export type SubmissionReading = { ok: true; submission: Submission } | { ok: false; errors: FieldError[] };

const FIELDS = ['url', 'html', 'fetched', 'source', 'title', 'text', 'published', 'refetch'] as const;
const UNKNOWN_FIELD = `is not a field of an article; the fields are ${FIELDS.join(', ')}`;

/** A string in which nothing is left that no store can hold: NUL and halves of surrogate pairs become U+FFFD. */
const words = z.string('must be a string').transform((text) => text.replace(/\p{Surrogate}|\u0000/gu, '\uFFFD'));
const upTo = (chars: number) =>
  words.refine((text) => text.length <= chars, `is longer than ${chars} characters`).meta({ maxLength: chars });
/** A text of at most so many bytes of UTF-8. */
export const upToBytes = (bytes: number) =>
  words
    .refine((text) => Buffer.byteLength(text) <= bytes, `is larger than ${bytes} bytes`)
    .meta({ description: `At most ${bytes} bytes of UTF-8` });

/** One item of a submission. Which fields go together is said by `readSubmission`. */
export const articleInputSchema = z
  .strictObject({
    url: upTo(URL_CHARS_MAX).nullish(),
    html: upToBytes(HTML_BYTES_MAX).nullish(),
    fetched: z.iso.datetime({ offset: true, error: 'must be a time such as 2026-03-11T12:00:00Z' }).nullish(),
    source: upTo(SOURCE_CHARS_MAX).nullish(),
    title: upTo(TITLE_CHARS_MAX).nullish(),
    text: upToBytes(TEXT_BYTES_MAX).nullish(),
    published: upTo(PUBLISHED_CHARS_MAX).nullish(),
    refetch: z.boolean('must be true or false').nullish().meta({ description: 'Fetches again what is done already' }),
  })
  .meta({
    id: 'ArticleInput',
    description:
      'A URL to fetch ({url, refetch?}), a page that was fetched ({url, html, fetched?}), or a text ({url?, source?, title?, text, published?}).',
  });
type ArticleInput = z.infer<typeof articleInputSchema>;

/** Reads one item of a submission: `{url, refetch?}`, `{url, html, fetched?}` or `{url?, source?, title?, text, published?}`. */
export function readSubmission(item: unknown): SubmissionReading {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) {
    return refuse('', 'must be an object such as {"url": "https://example.com/an-article"}');
  }
  const parsed = articleInputSchema.safeParse(item);
  if (!parsed.success) return { ok: false, errors: fieldErrorsOf(parsed.error, UNKNOWN_FIELD) };
  const conflicts = conflictsIn(parsed.data);
  if (conflicts.length > 0) return { ok: false, errors: conflicts };
  return submissionOf(parsed.data);
}

function refuse(pointer: string, detail: string): SubmissionReading {
  return { ok: false, errors: [{ pointer, detail }] };
}

/** Fields that do not go together. */
function conflictsIn({ url, html, fetched, source, title, text, published, refetch }: ArticleInput): FieldError[] {
  const errors: FieldError[] = [];
  const hasText = typeof text === 'string';
  if (hasText && text.trim() === '') {
    errors.push({ pointer: '/text', detail: 'is empty; send the text, or leave it out to have the URL fetched' });
  }
  if (typeof html === 'string' && html.trim() === '') {
    errors.push({ pointer: '/html', detail: 'is empty; send the page, or leave it out to have the URL fetched' });
  }
  if (typeof html === 'string' && hasText) {
    errors.push({ pointer: '/html', detail: 'goes without text; send one of the two' });
  }
  if (typeof html === 'string' && !url) {
    errors.push({ pointer: '/url', detail: 'is missing; html needs the address of its page' });
  }
  if (fetched && typeof html !== 'string') {
    errors.push({ pointer: '/fetched', detail: 'goes with html only; what is fetched here has its own time' });
  }
  if (!hasText && typeof html !== 'string') {
    if (!url) errors.push({ pointer: '', detail: 'has neither url nor text; send one of them' });
  }
  if (refetch && (hasText || typeof html === 'string')) {
    errors.push({ pointer: '/refetch', detail: 'goes with a url alone; what is sent with it is read again anyhow' });
  }
  if (!hasText) {
    for (const [name, value] of Object.entries({ source, title, published })) {
      if (value) errors.push({ pointer: `/${name}`, detail: 'goes with text only; a page says it by itself' });
    }
  }
  return errors;
}

function submissionOf(input: ArticleInput): SubmissionReading {
  const pushed = pushedOf(input);
  if (!input.url) {
    const { text, source, title } = input;
    const id = articleIdOfText({ source: source || null, title: title || null, text: text ?? '' });
    return { ok: true, submission: { id, url: null, canonicalUrl: null, pushed, partOf: null } };
  }
  const canonical = canonicalUrl(input.url);
  if (!canonical.ok) return refuse('/url', canonical.problem);
  const submission = {
    id: articleIdOfUrl(canonical.url),
    url: input.url.trim(),
    canonicalUrl: canonical.url,
    pushed,
    partOf: null,
    ...(input.refetch && { refetch: true }),
  };
  return { ok: true, submission };
}

function pushedOf({ html, fetched, text, source, title, published }: ArticleInput): Pushed | null {
  if (typeof html === 'string') {
    return { kind: 'html', html, ...(fetched && { fetched: new Date(fetched).toISOString() }) };
  }
  if (typeof text !== 'string') return null;
  return {
    kind: 'text',
    text,
    title: title || null,
    source: source || null,
    published: published || null,
    isCard: false,
  };
}
