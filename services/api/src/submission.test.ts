import { expect, test } from 'vitest';
import { HTML_BYTES_MAX, PUBLISHED_CHARS_MAX, SOURCE_CHARS_MAX, TEXT_BYTES_MAX, TITLE_CHARS_MAX } from './limits.ts';
import { readSubmission } from './submission.ts';

const URL_OK = 'https://example.com/an-article';

function taken(item: unknown) {
  const reading = readSubmission(item);
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return reading.submission;
}

function refused(item: unknown): string {
  const reading = readSubmission(item);
  if (reading.ok) throw new Error('was taken');
  return reading.errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('\n');
}

test('the same article is recognised whatever the spelling of its URL', () => {
  const first = taken({ url: URL_OK });
  expect(first.pushed).toBeNull();
  expect(taken({ url: ` ${URL_OK}?utm_source=letter#top` }).id).toBe(first.id);
  expect(taken({ url: URL_OK, html: '<p>Text.</p>' }).id).toBe(first.id);
  expect(taken({ url: URL_OK, text: 'Text.' }).id).toBe(first.id);
});

test('a URL may be asked for again, and what is sent with content may not', () => {
  expect(taken({ url: URL_OK, refetch: true })).toMatchObject({ pushed: null, refetch: true });
  expect(taken({ url: URL_OK, refetch: false }).refetch).toBeUndefined();
  expect(taken({ url: URL_OK, text: 'Text.', refetch: null }).refetch).toBeUndefined();
  expect(refused({ url: URL_OK, text: 'Text.', refetch: true })).toMatch(/^\/refetch goes with a url alone/);
  expect(refused({ url: URL_OK, refetch: 'yes' })).toBe('/refetch must be true or false');
});

test('a text without a URL is the same article when it comes again', () => {
  const text = { source: 'Isles Radio', title: 'Ferry', text: 'The ferry stops.' };
  expect(taken(text).id).toBe(taken({ ...text }).id);
  expect(taken(text).id).not.toBe(taken({ ...text, source: 'Other Radio' }).id);
  expect(taken({ ...text, published: '2 hours ago', url: null }).pushed).toEqual({
    kind: 'text',
    text: text.text,
    title: 'Ferry',
    source: 'Isles Radio',
    published: '2 hours ago',
    isCard: false,
  });
});

test('what no store can hold becomes the replacement character, and the article is kept', () => {
  const { pushed, id } = taken({ text: 'one\u0000two \ud83d three', title: '\udc00' });
  expect(pushed).toMatchObject({ text: 'one\uFFFDtwo \uFFFD three', title: '\uFFFD' });
  expect(id).toBe(taken({ text: 'one\uFFFDtwo \uFFFD three', title: '\uFFFD' }).id);
  expect(taken({ text: 'a whole \u{1F6A2} ship' }).pushed).toMatchObject({ text: 'a whole \u{1F6A2} ship' });
});

test('a page may say when it was fetched', () => {
  const page = { url: URL_OK, html: '<p>Text.</p>' };
  expect(taken({ ...page, fetched: '2026-03-11T13:00:00+01:00' }).pushed).toEqual({
    kind: 'html',
    html: page.html,
    fetched: '2026-03-11T12:00:00.000Z',
  });
  expect(refused({ ...page, fetched: 'yesterday' })).toContain('/fetched must be a time');
  expect(refused({ url: URL_OK, fetched: '2026-03-11T12:00:00Z' })).toContain('/fetched goes with html only');
});

test.each([
  ['a list', [], 'must be an object'],
  ['null', null, 'must be an object'],
  ['a string', URL_OK, 'must be an object'],
  ['nothing at all', {}, 'has neither url nor text'],
  ['an empty text', { text: ' \n' }, '/text is empty'],
  ['an empty page', { url: URL_OK, html: '' }, '/html is empty'],
  ['a page without its address', { html: '<p>x</p>' }, '/url is missing'],
  ['page and text', { url: URL_OK, html: '<p>x</p>', text: 'x' }, '/html goes without text'],
  ['a title for a URL', { url: URL_OK, title: 'x' }, '/title goes with text only'],
  ['an unknown field', { url: URL_OK, tags: [] }, '/tags is not a field of an article; the fields are url, html'],
  ['a number as text', { text: 7 }, '/text must be a string'],
  ['another scheme', { url: 'javascript:alert(1)' }, '/url'],
  ['a file', { url: 'file:///etc/passwd' }, '/url'],
  ['user-info', { url: 'https://user:secret@example.com/' }, '/url'],
  ['a relative address', { url: '/an-article' }, '/url'],
  ['a long URL', { url: `https://example.com/${'a'.repeat(2048)}` }, '/url is longer than 2048 characters'],
  ['a long title', { text: 'x', title: 'a'.repeat(TITLE_CHARS_MAX + 1) }, '/title is longer than'],
  ['a long source', { text: 'x', source: 'a'.repeat(SOURCE_CHARS_MAX + 1) }, '/source is longer than'],
  ['a long time', { text: 'x', published: 'a'.repeat(PUBLISHED_CHARS_MAX + 1) }, '/published is longer than'],
  ['a large text', { text: 'é'.repeat(TEXT_BYTES_MAX / 2 + 1) }, '/text is larger than 2097152 bytes'],
  ['a large page', { url: URL_OK, html: 'a'.repeat(HTML_BYTES_MAX + 1) }, '/html is larger than 8388608 bytes'],
])('refuses %s and says what to do', (_what, item, words) => {
  expect(refused(item)).toContain(words);
});

test('fields of every object are no fields of an article', () => {
  expect(refused(JSON.parse(`{"url": "${URL_OK}", "__proto__": {}}`))).toContain('/__proto__ is not a field');
  expect(refused({ url: URL_OK, constructor: 'x' })).toContain('/constructor is not a field');
});

test('the largest that is allowed is taken', () => {
  expect(taken({ text: 'a'.repeat(TEXT_BYTES_MAX) }).pushed).not.toBeNull();
  expect(taken({ url: URL_OK, html: 'a'.repeat(HTML_BYTES_MAX) }).pushed).not.toBeNull();
});
