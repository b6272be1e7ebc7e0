import { describe, expect, it } from 'vitest';
import { failureOfStatus, failureOfType, redirectOf, retryAfterOf } from './answer.ts';

const NOW_MS = Date.parse('2026-11-20T12:00:00Z');

describe('failureOfStatus', () => {
  it.each([200, 201, 203, 226])('takes %i for a page', (status) => {
    expect(failureOfStatus(status, {}, NOW_MS)).toBeNull();
  });

  it.each([
    [206, 'http-client-error'],
    [301, 'http-client-error'],
    [304, 'http-client-error'],
    [400, 'http-client-error'],
    [401, 'http-forbidden'],
    [402, 'http-client-error'],
    [403, 'http-forbidden'],
    [404, 'http-not-found'],
    [410, 'http-gone'],
    [418, 'http-client-error'],
    [429, 'http-too-many-requests'],
    [451, 'http-unavailable-legally'],
    [500, 'http-server-error'],
    [503, 'http-server-error'],
    [599, 'http-server-error'],
    [999, 'http-client-error'],
  ])('names the reason of %i: %s', (status, reason) => {
    expect(failureOfStatus(status, {}, NOW_MS)).toMatchObject({ ok: false, reason, retryAfterMs: null });
  });

  it('carries the pause that the site asks for', () => {
    expect(failureOfStatus(429, { 'retry-after': '90' }, NOW_MS)?.retryAfterMs).toBe(90_000);
    expect(failureOfStatus(503, { 'retry-after': '5' }, NOW_MS)?.retryAfterMs).toBe(5_000);
    expect(failureOfStatus(404, { 'retry-after': '5' }, NOW_MS)?.retryAfterMs).toBeNull();
  });
});

describe('retryAfterOf', () => {
  it.each([
    [null, null],
    ['120', 120_000],
    [' 0 ', 0],
    ['999999', 3_600_000],
    ['Fri, 20 Nov 2026 12:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2026 11:00:00 GMT', 0],
    ['Fri, 20 Nov 2037 12:00:00 GMT', 3_600_000],
    ['-5', null],
    ['1.5', null],
    ['soon', null],
    ['2026', 2_026_000],
    ['Fri, 99 Nov 2026 12:01:00 GMT', null],
    ['9'.repeat(400), null],
  ])('reads %s as %s ms', (header, afterMs) => expect(retryAfterOf(header, NOW_MS)).toBe(afterMs));
});

describe('redirectOf', () => {
  it.each([301, 302, 303, 307, 308])('follows %i', (status) => {
    expect(redirectOf(status, { location: ' /b ' })).toBe('/b');
  });
  it.each([200, 201, 300, 304, 305, 404])('does not follow %i', (status) => {
    expect(redirectOf(status, { location: '/b' })).toBeNull();
  });
  it('does not choose between two locations', () => {
    expect(redirectOf(302, { location: ['/b', '/c'] })).toBeNull();
    expect(redirectOf(302, { location: '  ' })).toBeNull();
    expect(redirectOf(302, {})).toBeNull();
  });
});

describe('failureOfType', () => {
  it.each([
    null,
    '',
    'text/html',
    'Text/HTML; charset=windows-1252',
    'application/xhtml+xml',
    'text/plain;charset=utf-8',
    'application/octet-stream',
  ])('lets %s through', (contentType) => expect(failureOfType(contentType)).toBeNull());

  it.each(['application/pdf', 'image/jpeg', 'video/mp4', 'application/json', 'text/html, image/png', 'nonsense'])(
    'refuses %s',
    (contentType) => expect(failureOfType(contentType)).toMatchObject({ ok: false, reason: 'not-html' }),
  );

  it('shows a media type, and nothing else that a server writes', () => {
    expect(failureOfType('application/pdf; name="x"')?.detail).toBe('application/pdf');
    expect(failureOfType('<b>bold</b>')?.detail).toBe('unreadable content type');
  });
});
