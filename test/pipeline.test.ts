import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { type NewsSites, startNewsSites } from './support/news-sites.ts';
import { allEnded, expectSiteStories, siteSettings, submitSite } from './support/site-scenario.ts';
import { startEmbedded, type Wirefold } from './support/wirefold.ts';

const DEADLINE_MS = 60_000;

let sites: NewsSites;
beforeAll(async () => {
  sites = await startNewsSites();
});
afterAll(() => sites.stop());

async function sitesBecomeStories(wirefold: Wirefold) {
  const ids = await submitSite(wirefold);
  await allEnded(wirefold, ids.values(), DEADLINE_MS);
  await expectSiteStories(wirefold, ids);
}

describe('URLs of real sites become stories', () => {
  it('in one process with embedded engines', { timeout: 2 * DEADLINE_MS }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'wirefold-'));
    const wirefold = await startEmbedded(dataDir, siteSettings(sites.testHosts));
    try {
      await sitesBecomeStories(wirefold);
    } finally {
      await wirefold.stop();
      await rm(dataDir, { recursive: true });
    }
  });

  it('in one embedded process that is killed in the middle', { timeout: 2 * DEADLINE_MS }, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'wirefold-'));
    const wirefold = await startEmbedded(dataDir, siteSettings(sites.testHosts));
    try {
      const ids = await submitSite(wirefold);
      await wirefold.crash('serve');
      await allEnded(wirefold, ids.values(), DEADLINE_MS);
      await expectSiteStories(wirefold, ids);
    } finally {
      await wirefold.stop();
      await rm(dataDir, { recursive: true });
    }
  });
});
