import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { developmentData } from '../../../../test/support/shared.ts';
import { admitUrl, type TestHosts } from './admit.ts';

const NO_TEST_HOSTS: TestHosts = new Map();

function verdictOn(url: string, base: string | null = null): string {
  const admission = admitUrl(url, base === null ? null : new URL(base), NO_TEST_HOSTS);
  return admission.ok ? admission.url.href : admission.reason;
}

describe('admitUrl', () => {
  it.each([
    ['http://news.example/', 'http://news.example/'],
    ['https://news.example:443/a?b=c', 'https://news.example/a?b=c'],
    ['http://news.example:8080/a', 'http://news.example:8080/a'],
    ['https://news.example:8443/a', 'https://news.example:8443/a'],
    ['https://1.1.1.1/a', 'https://1.1.1.1/a'],
    ['https://[2606:4700::1111]/a', 'https://[2606:4700::1111]/a'],
    ['https://news.example/a#part', 'https://news.example/a'],
    ['https://news.example/?next=http://127.0.0.1/', 'https://news.example/?next=http://127.0.0.1/'],
  ])('admits %s', (url, href) => expect(verdictOn(url)).toBe(href));

  it.each([
    'ftp://news.example/',
    'file:///etc/passwd',
    'data:text/html,x',
    'javascript:alert(1)',
    'news.example/a',
    '/a',
    '',
    'http://',
    'http://user@news.example/',
    'http://user:word@news.example/',
    'http://news.example@127.0.0.1/',
    'http://news.example:22/',
    'http://news.example:25/',
    'http://news.example:6379/',
    'http://news.example:65536/',
    `http://news.example/${'a'.repeat(9_000)}`,
  ])('refuses %s as a URL', (url) => expect(verdictOn(url)).toBe('url-not-allowed'));

  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://0x7f.1/',
    'http://017700000001/',
    'http://3232235777/',
    'http://169.254.169.254/latest',
    'http://１２７.0.0.1/',
    'http:10.0.0.1',
    'http:\\\\10.0.0.1\\a',
    'http://10.0.0.1#@news.example/',
    'http://[::1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[fe80::1]/',
  ])('refuses the address in %s', (url) => expect(verdictOn(url)).toBe('address-not-public'));

  it('resolves a redirect against the URL that redirected, and checks it alike', () => {
    expect(verdictOn('/b', 'https://news.example/a')).toBe('https://news.example/b');
    expect(verdictOn('//10.0.0.1/b', 'https://news.example/a')).toBe('address-not-public');
    expect(verdictOn('gopher://news.example/', 'https://news.example/a')).toBe('url-not-allowed');
  });

  it('admits a private address only when it is listed as a test host', () => {
    const testHosts = new Map([['127.0.0.1', { address: '127.0.0.1', port: 4000 }]]);
    expect(admitUrl('http://127.0.0.1/', null, testHosts).ok).toBe(true);
    expect(admitUrl('http://127.0.0.2/', null, testHosts).ok).toBe(false);
  });
});

const listPath = developmentData('data/hostile/ssrf/ssrf-corpus.json');
/** Classes of attack that a URL shows by itself; the others need a name to be resolved or a redirect to be followed. */
const SHOWN_BY_URL = new Set(['ipv4-literal', 'ipv4-encoding', 'ipv6-literal', 'scheme', 'port', 'legit']);

describe.skipIf(listPath === null)('the shared list of hostile URLs', () => {
  interface Attack {
    class: string;
    url: string;
    expect: 'block' | 'allow';
  }
  const attacks = listPath === null ? [] : (JSON.parse(readFileSync(listPath, 'utf8')) as Attack[]);
  const shown = attacks.filter((attack) => SHOWN_BY_URL.has(attack.class) && !attack.url.includes('/redir?'));

  it('has attacks that a URL shows by itself', () => expect(shown.length).toBeGreaterThan(80));
  it.each(shown)('$class: $expect $url', (attack) => {
    expect(admitUrl(attack.url, null, NO_TEST_HOSTS).ok).toBe(attack.expect === 'allow');
  });
});
