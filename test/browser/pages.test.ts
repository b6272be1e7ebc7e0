import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, faultsIn, isChromiumHere as isHere, launchReader, type Reader } from '../support/chromium.ts';
import { type LocalService, startInMemory } from '../support/local-service.ts';
import { BUDGET, FERRY, LIBRARY } from '../support/news-texts.ts';
import { STRUCTURED_PAGE, STRUCTURED_URL } from '../support/structured-page.ts';

const PHONE = { width: 360, height: 740 };

const ferry = FERRY.paragraphs.join('\n\n');
const corrected =
  'Rangers closed the upper trail at Skarn Ridge on Friday after a rockfall buried forty metres of it. Nobody was hurt, the park said. Walkers are led round the slope by the old mule path until a bridge of timber is built, which will take three weeks.';
const budget = BUDGET.paragraphs.join('\n\n');
const pitch = 'This site is protected by reCAPTCHA and the Google privacy policy and terms of service apply.';
const evil = '"><img src=x onerror="window.isOwned=true"><script>window.isOwned=true</script>';
const longWord = 'Donaudampfschifffahrtsgesellschaftskapitänswitwenrente'.repeat(3);

const ARTICLES = [
  {
    source: 'Associated Press',
    title: FERRY.headline,
    text: `VARHOLM (AP) — ${ferry}`,
    published: '2026-03-10T06:02:00Z',
  },
  {
    source: 'Varholm Courier',
    title: FERRY.headline,
    text: `VARHOLM (AP) — ${ferry}\n\n${pitch}`,
    published: '2 hours ago',
  },
  {
    source: 'Inland Post',
    title: 'Ferry aground',
    text: FERRY.paragraphs.slice(0, 7).join('\n\n'),
    published: '2026-03-10T09:00:00Z',
  },
  { source: 'Lesmark Times', title: BUDGET.headline, text: budget, published: '2026-03-09' },
  { source: 'Inland Post', title: BUDGET.headline, text: budget },
  { source: evil, title: `${evil} ${longWord}`, text: `${evil}\n\n${LIBRARY.paragraphs.join('\n\n')}` },
  { source: 'Inland Post', title: 'Stub', text: 'Subscribe to read on.' },
  { url: STRUCTURED_URL, html: STRUCTURED_PAGE },
  { url: 'https://lesmark-times.example/library', source: 'Lesmark Times', title: 'Trail closed', text: corrected },
];

let service: LocalService;
let reader: Reader;
const visit: Reader['visit'] = (...asked) => reader.visit(...asked);
let paths: Record<
  | 'feed'
  | 'found'
  | 'story'
  | 'copy'
  | 'structured'
  | 'structuredCopy'
  | 'revisions'
  | 'explained'
  | 'failed'
  | 'evil'
  | 'evilPair'
  | 'monitor'
  | 'reference'
  | 'login'
  | 'feeds'
  | 'missing',
  string
>;

beforeAll(async () => {
  if (!isHere) return;
  service = await startInMemory();
  reader = await launchReader(service.baseUrl);
  const [wire, copy, cut, , , hostile, failed, structured, revised] = await service.push(ARTICLES);
  const correction = { title: 'Upper trail closed', text: `${corrected.replace('three', 'five')}\n\n${longWord}` };
  await service.push([{ ...ARTICLES.at(-1), ...correction }]);
  const storyOf = async (id: string | undefined) =>
    ((await service.get(`/v1/articles/${id}`)) as { story: string }).story;
  await fetch(`${service.baseUrl}/v1/sources`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      url: 'https://127.0.0.1/a-feed/with-a-long-address/that-does-not-fit/on-a-small-phone.xml',
    }),
  });
  paths = {
    feed: '/',
    found: '/?q=ferry&lang=en&min_mirrors=1',
    story: `/stories/${await storyOf(copy)}`,
    copy: `/articles/${copy}`,
    structured: `/stories/${await storyOf(structured)}`,
    structuredCopy: `/articles/${structured}`,
    revisions: `/articles/${revised}/revisions`,
    explained: `/explain?a=${wire}&b=${cut}`,
    failed: `/articles/${failed}`,
    evil: `/stories/${await storyOf(hostile)}`,
    evilPair: `/explain?a=${hostile}&b=${copy}`,
    monitor: '/monitor',
    reference: '/docs',
    login: '/login',
    feeds: '/feeds',
    missing: '/stories/none',
  };
});

afterAll(async () => {
  await reader?.close();
  await service?.close();
});

const PAGES = [
  'feed',
  'found',
  'story',
  'copy',
  'structured',
  'structuredCopy',
  'revisions',
  'explained',
  'failed',
  'evil',
  'evilPair',
  'monitor',
  'reference',
  'login',
  'feeds',
] as const;

describe.skipIf(!isHere)(`in Chromium${isHere ? '' : `, which is not here: ${CHROMIUM}`}`, () => {
  describe.each(PAGES)('the page %s', (name) => {
    test('is readable without scripts, and nothing complains', async () => {
      const complaints = await visit(paths[name], { javaScriptEnabled: false }, async (page) => {
        expect(await page.locator('h1').count()).toBe(1);
        expect(await page.locator('main').textContent()).toMatch(/[\s\S]{100}/);
      });
      expect(complaints).toEqual([]);
    });

    test('fits a small phone without scrolling sideways', async () => {
      await visit(paths[name], { viewport: PHONE }, async (page) => {
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
      });
    });

    test.each(['light', 'dark'] as const)('has no fault that axe finds, in %s', async (colorScheme) => {
      await visit(paths[name], { colorScheme }, async (page) => {
        expect(await faultsIn(page)).toEqual([]);
      });
    });
  });

  test('the pages follow the wish for a dark screen', async () => {
    const brightness = async (colorScheme: 'light' | 'dark') => {
      let colour = '';
      await visit('/', { colorScheme }, async (page) => {
        colour = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      });
      return Number(/\d+/.exec(colour)?.[0]);
    };
    expect(await brightness('light')).toBeGreaterThan(200);
    expect(await brightness('dark')).toBeLessThan(60);
  });

  test('the keyboard reaches the content first, and its place is seen', async () => {
    await visit('/', {}, async (page) => {
      await page.keyboard.press('Tab');
      const skip = page.locator('a.skip');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      expect((await skip.boundingBox())?.x).toBeGreaterThanOrEqual(0);
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('main');
    });
  });

  test('a story shows its figures, its reasons and what of a copy is boilerplate', async () => {
    await visit(paths.story, { javaScriptEnabled: false }, async (page) => {
      const text = await page.locator('main').textContent();
      expect(text).toContain('AP text');
      expect(text).toContain('3 copies · 3 outlets · 1 origin');
      expect(text).toMatch(/Without boilerplate\s*1\.000100 %100 %/);
      await page.locator('.adds summary').first().click();
      expect(await page.locator('.adds q').first().textContent()).toContain('reCAPTCHA');
    });
  });

  test('a verdict leads to its figures and its words', async () => {
    await visit(paths.story, { javaScriptEnabled: false }, async (page) => {
      await page.locator('.verdict a').first().click();
      await page.waitForURL('**/explain?a=a*&b=a*');
      expect(await page.locator('main').textContent()).toMatch(/Linked[\s\S]*at least 8[\s\S]*In both/);
    });
  });

  test('a URL goes in by the form, and its page says what became of it', async () => {
    await visit('/', {}, async (page) => {
      await page.fill('#url', 'http://localhost/admin');
      await page.click('form.add button[type=submit]');
      await page.waitForURL('**/articles/a*');
      await page.getByText('It failed').waitFor();
      expect(await page.locator('main').textContent()).toContain('address-not-public');
    });
  });

  test('hostile text does nothing even where the browser would let it', async () => {
    const complaints = await visit(paths.evil, { bypassCSP: true }, async (page) => {
      expect(await page.evaluate('window.isOwned')).toBeUndefined();
      expect(await page.locator('main').textContent()).toContain('onerror=');
    });
    expect(complaints).toEqual([]);
  });

  test('a page that does not exist says so', async () => {
    await visit(paths.missing, {}, async (page) => {
      expect(await page.locator('h1').textContent()).toBe('No such story');
    });
  });
});

describe.skipIf(!isHere)('a text in Chromium', () => {
  test('is printed with its headings, lists, tables, quotes and lines', async () => {
    await visit(paths.structured, { javaScriptEnabled: false }, async (page) => {
      const shown = (selector: string) => page.locator(`.text ${selector}`).allTextContents();
      expect(await shown('h2')).toEqual(['What changes for the islanders', 'What the ferry does meanwhile']);
      expect(await shown('h3')).toEqual(['The tides of the first week', 'The forecast that she sails by']);
      expect(await shown('ul > li')).toHaveLength(3);
      expect(await shown('ul > li > ol > li')).toHaveLength(2);
      expect(await shown('blockquote > p')).toHaveLength(2);
      expect((await shown('pre'))[0]?.split('\n')).toHaveLength(3);
      expect(await shown('p:has(br)')).toHaveLength(1);
      expect(await shown('dl > dt')).toEqual(['Until the end of March', 'From the first of April']);
      expect((await shown('li .boilerplate'))[0]).toContain('newsletter');
    });
    await visit(paths.structuredCopy, {}, async (page) => {
      expect(await page.locator('.text h3').count()).toBe(2);
      expect(await page.locator('.text h4').count()).toBe(2);
    });
  });
});

describe.skipIf(!isHere)('a person who may decide', () => {
  test('sets a copy apart, makes two stories one, pins a copy, and takes each back, without scripts', async () => {
    await visit(paths.story, { javaScriptEnabled: false }, async (page) => {
      const correct = async (outlet: string, button: string) => {
        const copy = page.locator('.mirror', { has: page.getByRole('heading', { name: outlet }) });
        await copy.locator('.by-hand summary').click();
        await copy.getByLabel('Why, if you like').fill(`as ${outlet} says`);
        await copy.getByRole('button', { name: button }).click();
      };
      const decided = page.locator('.decisions li:target');
      const undo = () => decided.getByRole('button', { name: 'Undo' }).click();
      await correct('Inland Post', 'Not the same story');
      await decided.getByText('“as Inland Post says”').waitFor();
      expect(await page.locator('.story-head').textContent()).toContain('2 copies');
      const apart = await decided.getByRole('link', { name: 'the other story' }).getAttribute('href');
      await page.getByLabel('Same story as').fill(`${service.baseUrl}${apart}`);
      await page.getByRole('button', { name: 'Make them one' }).click();
      await page.getByText('they are not the same story').waitFor();
      await page.goBack();
      await undo();
      await decided.getByText('Withdrawn').waitFor();
      expect(await page.locator('.story-head').textContent()).toContain('3 copies');
      await correct('Varholm Courier', 'Lead with this copy');
      await page.locator('.chip', { hasText: 'pinned by a person' }).waitFor();
      await undo();
      await page.getByLabel('Same story as').fill(paths.structured);
      await page.getByRole('button', { name: 'Make them one' }).click();
      await page.getByText('Joined by a person').first().waitFor();
      await undo();
      await decided.getByText('Withdrawn').waitFor();
      expect(await page.locator('.story-head').textContent()).toContain('3 copies');
    });
  });
});

describe.skipIf(!isHere)('forms in Chromium', () => {
  test('a match, and webhooks, are answered on a small phone by forms alone, and axe finds no fault', async () => {
    const looksRight = async (page: Page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
      expect(await faultsIn(page)).toEqual([]);
    };
    const complaints = await visit('/match', { viewport: PHONE, colorScheme: 'dark' }, async (page) => {
      await looksRight(page);
      await page.fill('#text', ferry.replace('the', 'a'));
      await page.click('form#match button');
      expect(await page.locator('h1').textContent()).toBe('It is a copy');
      await looksRight(page);
      await page.goto(new URL('/webhooks', page.url()).href);
      await page.fill('#url', 'https://receiver.example/with-a-long-address/that-does-not-fit/on-a-small-phone');
      await page.check('[name="kind-created"]');
      await looksRight(page);
      await page.click('form#add button');
      await looksRight(page);
      await page.click('text=To its deliveries');
      await looksRight(page);
      await page.click('text=All webhooks');
      await looksRight(page);
    });
    expect(complaints).toEqual([]);
  });
});
