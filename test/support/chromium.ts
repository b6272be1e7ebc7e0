import { existsSync } from 'node:fs';
import axe from 'axe-core';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
export const isChromiumHere = existsSync(CHROMIUM);
if (!isChromiumHere && process.env.CI === 'true') throw new Error(`CI=true needs Chromium: ${CHROMIUM} is missing`);

const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const EVENTS_PATH = '/v1/events';

/** Somebody with a browser. */
export interface Reader {
  /** Opens a page in a context of its own, and gives everything that the browser complained about. */
  visit(path: string, options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * A service that has no events yet is given some by the browser: it tells of a new story every 200 ms, whether there is one or not, and
 * the pages ask the service itself what is new.
 */
export async function launchReader(baseUrl: string): Promise<Reader> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
  const asked = await fetch(baseUrl + EVENTS_PATH);
  await asked.body?.cancel();
  const hasEvents = asked.ok;
  return {
    async visit(path, options, look) {
      const context = await browser.newContext(options);
      if (!hasEvents) await tellOfStories(context);
      const page = await context.newPage();
      const complaints = complaintsOf(page, baseUrl);
      await page.goto(baseUrl + path, { waitUntil: 'load' });
      await look(page);
      // What breaks off because the page is closed is no complaint.
      const heard = [...complaints];
      await context.close();
      return heard;
    },
    close: () => browser.close(),
  };
}

async function tellOfStories(context: BrowserContext): Promise<void> {
  const body = 'retry: 200\ndata: {}\n\n';
  await context.route(`**${EVENTS_PATH}`, (route) => route.fulfill({ contentType: 'text/event-stream', body }));
}

function complaintsOf(page: Page, baseUrl: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('requestfailed', (request) => {
    // A page that is left gives up what it was still loading.
    const isGivenUp = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (!isGivenUp && !request.url().endsWith(EVENTS_PATH)) complaints.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => !request.url().startsWith(baseUrl) && complaints.push(`foreign: ${request.url()}`));
  return complaints;
}

/** The faults of accessibility that axe finds, each with its places. */
export async function faultsIn(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = (await page.evaluate('axe.run()')) as {
    violations: { id: string; nodes: { html: string }[] }[];
  };
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
}
