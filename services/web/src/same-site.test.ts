import { expect, test } from 'vitest';
import { isSameSite } from './same-site.ts';

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site', origin: 'http://a.example', host: 'a.example' }, false],
  [{ origin: 'http://A.example:8080', host: 'a.example:8080' }, true],
  [{ origin: 'http://evil.example', host: 'a.example' }, false],
  [{ origin: 'null', host: 'a.example' }, false],
  [{ host: 'a.example' }, true],
])('%j comes from this site: %s', (headers, answer) => {
  expect(isSameSite(headers)).toBe(answer);
});
