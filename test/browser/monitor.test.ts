import { existsSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateNews } from '../support/generated-news.ts';
import { type LocalService, startInMemory } from '../support/local-service.ts';
import { MADE_DAY } from '../support/made-day.ts';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1080, height: 1200 };
const STUB = { source: 'Inland Post', title: 'Stub', text: 'Subscribe to read on.' };
const BURST = 150;
const POLL = { timeout: 20_000 };

const news = (count: number, seed: number) => generateNews(count, seed).map(({ story: _, ...article }) => article);

let service: LocalService;
let browser: Browser;

const isHere = existsSync(CHROMIUM);
if (!isHere && process.env.CI === 'true') throw new Error(`CI=true needs Chromium: ${CHROMIUM} is missing`);

beforeAll(async () => {
  if (!isHere) return;
  service = await startInMemory();
  browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
  await service.push([STUB, { url: 'http://localhost/admin' }, ...news(20, 7)]);
});

afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** Opens the monitor in a context of its own, and gives everything that the browser complained about. */
async function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<string[]> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(service.baseUrl)) complaints.push(`foreign: ${request.url()}`);
  });
  await page.goto(`${service.baseUrl}/monitor`, { waitUntil: 'load' });
  await look(page);
  await context.close();
  return complaints;
}

const cell = (page: Page, name: string) => page.locator(`[data-live="${name}"]`);

/** Waits until a cell shows what is expected. */
async function shows(page: Page, name: string, isExpected: (text: string) => boolean): Promise<void> {
  await expect.poll(async () => isExpected((await cell(page, name).textContent()) ?? ''), POLL).toBe(true);
}

describe.skipIf(!isHere)(`the monitor in Chromium${isHere ? '' : `, which is not here: ${CHROMIUM}`}`, () => {
  test('follows a burst without being loaded again, and draws it', async () => {
    const complaints = await visit({}, async (page) => {
      await page.locator('.plot canvas').first().waitFor();
      expect(await page.locator('.plot canvas').count()).toBe(6);
      const before = Number((await cell(page, 'ingest.in').textContent())?.replaceAll(',', ''));
      await page.evaluate('window.isSamePage = true');
      await service.push(news(BURST, 8));
      await shows(page, 'ingest.in', (text) => Number(text.replaceAll(',', '')) === before + BURST);
      await shows(page, 'cluster.out-rate', (text) => text !== '0');
      expect(await page.evaluate('window.isSamePage')).toBe(true);
      await page.locator('figure[data-chart=flow] .u-over').first().hover();
      const readout = page.locator('figure[data-chart=flow] .readout').first();
      await expect.poll(() => readout.textContent(), POLL).toMatch(/^\d\d:\d\d: in .*, out /);
    });
    expect(complaints).toEqual([]);
  });

  test('stands still where somebody wants it to, by keyboard', async () => {
    await visit({}, async (page) => {
      const pause = page.getByRole('button', { name: 'Pause' });
      await pause.focus();
      await page.keyboard.press('Enter');
      const asked: string[] = [];
      page.on('request', (request) => asked.push(request.url()));
      await page.getByRole('button', { name: 'Go on' }).waitFor();
      const shown = await cell(page, 'as-of').textContent();
      await page.waitForTimeout(3_500);
      expect(await cell(page, 'as-of').textContent()).toBe(shown);
      await page.keyboard.press('Enter');
      await shows(page, 'as-of', (text) => text !== shown);
    });
  });
});

describe.skipIf(!isHere)('the page of the monitor in Chromium', () => {
  test('shows the same figures and the lines of its charts without scripts', async () => {
    const complaints = await visit({ javaScriptEnabled: false }, async (page) => {
      const text = await page.locator('main').textContent();
      expect(text).toMatch(/submitted to story\s*\d/);
      expect(text).toContain('a new story');
      expect(text).toMatch(/address-not-public/);
      expect(await page.locator('.plot polyline').count()).toBeGreaterThanOrEqual(2);
      expect((await page.locator('.plot polyline').first().boundingBox())?.width).toBeGreaterThan(100);
    });
    expect(complaints).toEqual([]);
  });

  test('tries failures again by a button, and says how many', async () => {
    await visit({}, async (page) => {
      await page.getByRole('button', { name: /Try again.*address-not-public/ }).click();
      await page.waitForURL('**/monitor?retried=1');
      expect(await page.getByRole('status').textContent()).toContain('1 article is tried again.');
    });
  });

  test('finds where a URL is', async () => {
    await visit({}, async (page) => {
      await page.fill('#where', 'http://localhost/admin');
      await page.click('button:has-text("Where is it?")');
      await page.waitForURL('**/articles/a*');
    });
  });

  test('leads to the raw jobs, which load nothing from other hosts and change nothing', async () => {
    const complaints = await visit({}, async (page) => {
      await page.getByRole('link', { name: 'the raw jobs' }).click();
      await page.waitForURL('**/monitor/jobs');
      for (const queue of ['ingest', 'cluster', 'deliver'])
        await page
          .getByRole('link', { name: `wirefold-${queue}` })
          .first()
          .waitFor();
      await page.getByRole('link', { name: 'wirefold-feeds' }).first().click();
      await page.getByText('repeat:feeds:').first().waitFor();
      expect(await page.getByRole('button', { name: /pause|empty|remove|obliterate/i }).count()).toBe(0);
    });
    expect(complaints).toEqual([]);
  });

  test('fits a small phone without scrolling sideways', async () => {
    await visit({ viewport: PHONE }, async (page) => {
      await page.locator('.plot canvas').first().waitFor();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(PHONE.width);
    });
  });

  test.each(['light', 'dark'] as const)(
    'has no fault that axe finds, in %s, with its charts drawn',
    async (colorScheme) => {
      await visit({ colorScheme }, async (page) => {
        await page.locator('.plot canvas').nth(5).waitFor();
        await page.evaluate(axe.source);
        const { violations } = (await page.evaluate('axe.run()')) as {
          violations: { id: string; nodes: { html: string }[] }[];
        };
        expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
      });
    },
  );
});

/** The folder for pictures; null where nobody asked for any. */
const PICTURES = process.env.SCREENSHOTS === '1' ? join(import.meta.dirname, '../../docs/images') : null;

describe.skipIf(!isHere)('the monitor after a busy day', () => {
  test('pictures of it are taken when they are asked for', async (context) => {
    if (PICTURES === null) return context.skip('SCREENSHOTS=1 takes them');
    await service.change(MADE_DAY);
    const take = (name: string, options: BrowserContextOptions, from = 'main') =>
      visit(options, async (page) => {
        await page.locator('.plot canvas').nth(5).waitFor();
        await page.evaluate('document.fonts.ready');
        await page
          .locator(from)
          .first()
          .evaluate((element) => element.scrollIntoView({ behavior: 'instant' }));
        await page.screenshot({ path: join(PICTURES, `${name}.png`) });
      });
    await take('monitor-light', { viewport: DESK, colorScheme: 'light' }, 'body');
    await take('monitor-dark', { viewport: DESK, colorScheme: 'dark' }, '#outcomes');
    await take('monitor-light-phone', { viewport: PHONE, colorScheme: 'light' }, 'body');
  });
});
