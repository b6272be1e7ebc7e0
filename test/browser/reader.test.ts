import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, faultsIn, isChromiumHere, launchReader, type Reader } from '../support/chromium.ts';
import { editionOf } from '../support/edition.ts';
import { type LocalService, startInMemory } from '../support/local-service.ts';
import { LIBRARY } from '../support/news-texts.ts';

const PHONE = { width: 360, height: 740 };
const DESK = { width: 1080, height: 760 };
const NO_SCRIPT = { javaScriptEnabled: false };
/** Pictures for the documents are taken when they are asked for, so that a test leaves the tree as it was. */
const PICTURES = process.env.SCREENSHOTS === '1' ? join(import.meta.dirname, '../../docs/images') : null;

const evil = '"><img src=x onerror="window.isOwned=true"><script>window.isOwned=true</script>';

interface Story {
  id: string;
  title: string;
  copies: number;
  origins: object[];
  canonical: { articleId: string; language: string | null; source: { name: string } };
}

let service: LocalService;
let reader: Reader;
let paths: Record<(typeof PAGES)[number], string>;
/** Article ids of the ferry's copies by outlet. */
let copies: Map<string, string>;

const PAGES = [
  'feed',
  'filtered',
  'nothing',
  'story',
  'twoOrigins',
  'diff',
  'arabic',
  'japanese',
  'copy',
  'evilDiff',
] as const;

beforeAll(async () => {
  if (!isChromiumHere) return;
  service = await startInMemory();
  // Later stories stand above earlier ones, as they came.
  const edition = editionOf(new Date());
  for (const [from, to] of [
    [0, 6],
    [6, 9],
    [9, 10],
    [10, 16],
  ])
    await service.push(edition.slice(from, to));
  const hostile = await service.push([1, 2].map((n) => hostileCopy(n)));
  reader = await launchReader(service.baseUrl);
  const { stories } = (await service.get('/v1/stories?limit=50')) as { stories: Story[] };
  const find = (fits: (story: Story) => boolean) => stories.find(fits)?.id;
  const ferry = find(({ copies: count }) => count === 6);
  copies = await copiesOf(ferry);
  const evilStory = ((await service.get(`/v1/articles/${hostile[0]}`)) as { story: string }).story;
  paths = {
    feed: '/',
    filtered: '/?min_origins=2&lang=en&since=2026-01-01',
    nothing: '/?q=submarine',
    story: `/stories/${ferry}`,
    twoOrigins: `/stories/${find(({ origins }) => origins.length === 2)}`,
    diff: `/stories/${ferry}/diff?a=${copies.get('Associated Press')}&b=${copies.get('Lesmark Times')}`,
    arabic: `/stories/${find(({ canonical }) => canonical.language === 'ar')}`,
    japanese: `/stories/${find(({ canonical }) => canonical.language === 'ja')}`,
    copy: `/articles/${copies.get('Evening Mail')}`,
    evilDiff: `/stories/${evilStory}/diff?a=${hostile[0]}&b=${hostile[1]}`,
  };
});

afterAll(async () => {
  await reader?.close();
  await service?.close();
});

function hostileCopy(n: number) {
  const text = `${evil} ${n}\n\n${LIBRARY.paragraphs.join(`\n\n`).replaceAll('Ostervik', `Keld ${evil}`)}\n\n${evil.repeat(n)}`;
  return { url: `https://hostile${n}.example/${encodeURIComponent(evil)}`, source: `${evil} ${n}`, title: evil, text };
}

async function copiesOf(storyId: string | undefined): Promise<Map<string, string>> {
  type Copy = Story['canonical'];
  const story = (await service.get(`/v1/stories/${storyId}`)) as { canonical: Copy; mirrors: Copy[] };
  return new Map([story.canonical, ...story.mirrors].map(({ source, articleId }) => [source.name, articleId]));
}

const wordsOf = async (page: Page, selector = 'main') => (await page.locator(selector).first().textContent()) ?? '';

describe.skipIf(!isChromiumHere)(
  `the reader in Chromium${isChromiumHere ? '' : `, which is not here: ${CHROMIUM}`}`,
  () => {
    describe.each(PAGES)('the page %s', (name) => {
      test('is whole without scripts, and nothing complains', async () => {
        const complaints = await reader.visit(paths[name], NO_SCRIPT, async (page) => {
          expect(await page.locator('h1').count()).toBe(1);
          expect(await wordsOf(page)).toMatch(/[\s\S]{100}/);
        });
        expect(complaints).toEqual([]);
      });

      test('nothing complains with scripts, and no other host is asked', async () => {
        expect(await reader.visit(paths[name], {}, (page) => page.locator('h1').waitFor())).toEqual([]);
      });

      test('fits a small phone without scrolling sideways', async () => {
        await reader.visit(paths[name], { viewport: PHONE }, async (page) => {
          expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
        });
      });

      test.each(['light', 'dark'] as const)('has no fault that axe finds, in %s', async (colorScheme) => {
        await reader.visit(paths[name], { colorScheme }, async (page) => {
          expect(await faultsIn(page)).toEqual([]);
        });
      });
    });

    test('hostile text in two copies does nothing in their diff, even where the browser would let it', async () => {
      const complaints = await reader.visit(paths.evilDiff, { bypassCSP: true }, async (page) => {
        expect(await page.evaluate('window.isOwned')).toBeUndefined();
        expect(await wordsOf(page)).toContain('onerror=');
      });
      expect(complaints).toEqual([]);
    });

    test('pictures of the pages are taken when they are asked for', async (context) => {
      if (PICTURES === null) return context.skip('SCREENSHOTS=1 takes them');
      mkdirSync(PICTURES, { recursive: true });
      const take = (name: (typeof PAGES)[number], colorScheme: 'light' | 'dark', viewport = DESK) =>
        reader.visit(paths[name], { viewport, colorScheme }, async (page) => {
          await page.evaluate('document.fonts.ready');
          await page.screenshot({
            path: join(PICTURES, `${name}-${colorScheme}${viewport === PHONE ? '-phone' : ''}.png`),
          });
        });
      await take('feed', 'light');
      await take('story', 'light');
      await take('diff', 'dark');
      await take('feed', 'light', PHONE);
    });
  },
);

describe.skipIf(!isChromiumHere)('without scripts a reader', () => {
  test('chooses an outlet from a list, and finds what it printed', async () => {
    await reader.visit('/', NO_SCRIPT, async (page) => {
      await page.locator('.find summary').click();
      await page.selectOption('#source', { label: 'Inland Post (3)' });
      await page.fill('#min_origins', '2');
      await page.locator('.apply button').click();
      await page.waitForURL('**/?*source=inlandpost.example*');
      expect(await page.locator('.row h2').allTextContents()).toEqual(['Faint companion of Barrow’s Star is a planet']);
      expect(await page.locator('#source').inputValue()).toBe('inlandpost.example');
      await page.locator('.apply a').click();
      expect(await page.locator('.row').count()).toBeGreaterThan(5);
    });
  });

  test('sees who wrote a text, who printed it, when, and what each copy changed', async () => {
    await reader.visit(paths.story, NO_SCRIPT, async (page) => {
      expect(await page.locator('.chip').allTextContents()).toContain('earliest by 58 minutes');
      expect(await page.locator('.timeline li').count()).toBe(5);
      expect(await page.locator('.track .doubt').count()).toBe(1);
      expect(await wordsOf(page, '.timeline')).toContain('One more copy does not say when.');
      expect(await page.locator('.origin h3').allTextContents()).toEqual(['Associated Press agency']);
      expect(await wordsOf(page, `#copy-${copies.get('Lesmark Times')} .changes`)).toBe(
        'Changed 4 words in 3 editorial places; credit in 2 places.',
      );
    });
    await reader.visit(paths.twoOrigins, { viewport: DESK }, async (page) => {
      const [first, second] = await page.locator('.origin').all();
      const [left, right] = [await first?.boundingBox(), await second?.boundingBox()];
      expect(right?.y).toBe(left?.y);
      expect(right?.x).toBeGreaterThan((left?.x ?? 0) + (left?.width ?? 0));
    });
  });

  test('compares any two copies, and sees each changed word in both', async () => {
    await reader.visit(paths.story, NO_SCRIPT, async (page) => {
      await page.selectOption('#a', { label: 'Varholm Courier' });
      await page.selectOption('#b', { label: 'Lesmark Times' });
      await page.locator('.compare button').click();
      await page.waitForURL('**/diff?a=*&b=*');
      expect(await wordsOf(page, 'h1')).toBe('What Lesmark Times changed');
      expect(await page.locator('del.editorial').allTextContents()).toContain('(removed: about)');
      expect(await page.locator('ins.editorial').allTextContents()).toContain('(added: some)');
      expect(await page.locator('ins.credit').count()).toBe(1);
      expect(await page.locator('del.boilerplate').count()).toBeGreaterThan(0);
    });
  });
});

describe.skipIf(!isChromiumHere)('a diff', () => {
  test.each([
    ['stands side by side on a wide screen', DESK, true],
    ['stands one below the other on a phone', PHONE, false],
  ])('%s', async (_, viewport, isBeside) => {
    await reader.visit(paths.diff, { viewport }, async (page) => {
      const cells = await page.locator('.versions .pair').nth(1).locator('.cell').all();
      const [before, after] = await Promise.all(cells.map((cell) => cell.boundingBox()));
      expect(after?.y === before?.y).toBe(isBeside);
      expect((after?.x ?? 0) > (before?.x ?? 0)).toBe(isBeside);
    });
  });

  test('marks changes for those who see no colours', async () => {
    await reader.visit(paths.diff, {}, async (page) => {
      const line = (selector: string) =>
        page.evaluate(`getComputedStyle(document.querySelector('.versions ${selector}')).textDecorationLine`);
      expect([await line('del'), await line('ins')]).toEqual(['line-through', 'underline']);
    });
  });
});

describe.skipIf(!isChromiumHere)('texts of other scripts', () => {
  test.each([
    ['arabic', 'ar', 'rtl'],
    ['japanese', 'ja', 'ltr'],
  ] as const)('%s stand in their language and direction', async (name, lang, direction) => {
    await reader.visit(paths[name], {}, async (page) => {
      expect(await page.locator('.text').getAttribute('lang')).toBe(lang);
      expect(await page.evaluate(`getComputedStyle(document.querySelector('.text')).direction`)).toBe(direction);
      expect(await page.locator('h1').getAttribute('dir')).toBe(direction);
    });
  });
});

describe.skipIf(!isChromiumHere)('with the keyboard a reader', () => {
  const focused = (page: Page) => page.evaluate('document.activeElement.textContent');

  test('walks through the stories, opens one, goes on to the next, and comes back', async () => {
    const complaints = await reader.visit('/?lang=en', {}, async (page) => {
      const headlines = await page.locator('.row h2').allTextContents();
      for (const key of ['j', 'j', 'j', 'k']) await page.keyboard.press(key);
      expect(await focused(page)).toBe(headlines[1]);
      await page.keyboard.press('o');
      await page.waitForURL('**/stories/*');
      expect(await wordsOf(page, 'h1')).toBe(headlines[1]);
      await page.keyboard.press('j');
      await page.locator('h1', { hasText: headlines[2] ?? '' }).waitFor();
      await page.keyboard.press('u');
      await page.waitForURL('**/?lang=en');
    });
    expect(complaints).toEqual([]);
  });

  test('searches, reads which keys there are, and can switch them off', async () => {
    await reader.visit('/', {}, async (page) => {
      await page.keyboard.press('/');
      expect(await page.evaluate('document.activeElement.id')).toBe('q');
      await page.keyboard.type('jk?');
      expect(await page.locator('#q').inputValue()).toBe('jk?');
      await page.locator('h1').click();
      await page.keyboard.press('?');
      await page.locator('dialog.keys[open]').waitFor();
      expect(await wordsOf(page, 'dialog')).toContain('next or previous story');
      expect(await faultsIn(page)).toEqual([]);
      await page.locator('dialog input').uncheck();
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('j');
      expect(await page.evaluate(`document.activeElement.closest('.row')`)).toBeNull();
    });
  });
});

describe.skipIf(!isChromiumHere)('a page that stays open', () => {
  test('says how long ago a story of today was, and the server says when', async () => {
    await reader.visit('/?q=ferry', {}, async (page) => {
      expect(await page.locator('.row time').allTextContents()).toContain('2 hours ago');
    });
    await reader.visit('/?q=ferry', NO_SCRIPT, async (page) => {
      expect(await page.locator('.row time').first().textContent()).toMatch(/^\d+ \w+ \d{4}, \d\d:\d\d$/);
    });
  });

  test('tells of stories that came since, aloud, and shows them when it is asked to', async () => {
    const complaints = await reader.visit('/?lang=en', {}, async (page) => {
      expect(await page.locator('.fresh').getAttribute('aria-live')).toBe('polite');
      const text = `The lighthouse of Keld was painted on Monday by eleven volunteers, who needed ninety litres of white and forty of red. ${LIBRARY.paragraphs[5]}`;
      await service.push([{ url: 'https://lights.example/1', source: 'Lights', title: 'Lighthouse painted', text }]);
      await page.getByText('1 new story').click();
      await page.locator('.row h2', { hasText: 'Lighthouse painted' }).waitFor();
    });
    expect(complaints).toEqual([]);
  });
});
