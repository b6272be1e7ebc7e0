import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { WebhookDetail } from '@wirefold/store';
import { describe, expect, test } from 'vitest';
import { developmentData } from '../../../test/support/shared.ts';
import { renderArticle } from './article.ts';
import { renderDiff } from './diff.ts';
import { renderExplanation } from './explain.ts';
import { renderFeed } from './feed.ts';
import { renderFeeds, renderImported } from './feed-list.ts';
import { WHOLE_FEED as ALL } from './feed-query.ts';
import { render } from './html.ts';
import { renderMessage } from './layout.ts';
import { type MatchPageAnswer, renderMatch } from './match.ts';
import { renderMonitor } from './monitor.ts';
import { renderRevisions } from './revisions.ts';
import { renderStory } from './story.ts';
import { samplesWith } from './testing/evil.ts';
import { HEALTHY, monitorWith } from './testing/monitor-samples.ts';
import { MONITOR_SCRIPT, SCRIPT, strangersIn } from './testing/tame.ts';
import { renderAddedWebhook, renderWebhook, renderWebhooks } from './webhooks.ts';

const NOW = new Date('2026-03-11T09:41:00Z');
/** Two thousand payloads on every page: nine seconds of a core that is idle. */
const PUBLIC_LIST_TIMEOUT_MS = 180_000;

/** Every page, with `evil` in every place that a text from outside can reach. */
function pagesWith(evil: string): string[] {
  const { summary, story, canonical, people, outlets, record, stages, query, pair, diff, feed, ...revisions } =
    samplesWith(evil);
  const { history, pairOfRevisions } = revisions;
  return [
    renderFeed({ page: { stories: [summary], nextCursor: evil }, query, outlets, address: evil }),
    renderFeed({ page: { stories: [], nextCursor: null }, query: ALL, outlets, address: evil }),
    renderStory(story, canonical, people, [{ story: summary, names: [evil, evil], heads: 2, agreement: 0.5 }]),
    renderArticle(record, [record, { ...record, article: null }]),
    renderArticle({ ...record, article: null }, []),
    renderExplanation(pair),
    renderRevisions(history, pairOfRevisions),
    renderDiff(diff),
    renderMatch({ text: evil, title: evil }, 1, { ok: false, detail: evil }),
    renderMatch({ text: evil, title: evil }, 1, matchWith(evil)),
    renderDiff({ ...diff, b: diff.a }),
    renderWebhooks([webhookWith(evil)]),
    renderWebhook(webhookWith(evil)),
    renderAddedWebhook(webhookWith(evil), evil),
    renderFeeds({ feeds: [feed], nextCursor: evil }, evil),
    renderImported({ isNew: 1, known: 0, refused: [{ url: evil, detail: evil }] }),
    renderMonitor({ ...monitorWith(evil), stages, health: { ...HEALTHY, isHealthy: false, problems: [evil] } }, NOW, {
      refreshSeconds: null,
      retried: null,
    }),
    renderMessage({ title: evil, text: evil }),
  ].map(render);
}

function matchWith(evil: string): MatchPageAnswer {
  const { pair, diff } = samplesWith(evil);
  const source = { key: evil, name: evil };
  const printed = { articleId: evil, url: evil, title: evil, source, published: null, story: evil, isCanonical: true };
  const match = { verdict: pair.explanation.verdict, copies: 9, articles: [printed] };
  const compared = { explanation: pair.explanation, before: diff.before, changes: diff.changes, language: evil };
  return { ok: true, words: 9, candidates: 9, linked: 9, matches: [match], nearest: match, compared };
}

function webhookWith(evil: string): WebhookDetail {
  const times = { createdAt: evil, nextAttemptAt: evil, disabledAt: evil };
  const delivery = { at: evil, event: evil, kind: 'created' as const, storyId: evil, isReplay: true, durationMs: 1 };
  const deliveries = [{ ...delivery, status: 503, reason: evil }];
  return { ...times, id: evil, url: evil, kinds: null, failures: 1, disabledReason: evil, deliveries };
}

const OWN_PAYLOADS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '" autofocus onfocus="alert(1)',
  'javascript:alert(1)',
  ' JaVa\tScript:alert(1)',
  'https://example.com/"onclick="alert(1)',
  '</title><svg onload=alert(1)>',
  '<!--><script>alert(1)//-->',
  '&lt;script&gt;',
  '{{7*7}}',
  '//evil.example/\\',
  '\u2028<\u0000script>',
];

describe('no text from outside becomes markup', () => {
  test.each(OWN_PAYLOADS)('%j', (payload) => {
    for (const page of pagesWith(payload)) expect(strangersIn(page)).toEqual([]);
  });

  test('and no page holds a script or a style within it', () => {
    for (const page of pagesWith('x').map((each) => each.replace(SCRIPT, '').replace(MONITOR_SCRIPT, '')))
      expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=|javascript:/i);
  });

  test(
    'nor do the payloads of a public list',
    (context) => {
      const folder = developmentData('data/hostile/xss');
      if (folder === null) return context.skip('the development data is not here');
      const lines = readdirSync(folder)
        .filter((name) => name.endsWith('.txt'))
        .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'));
      const payloads = [...new Set(lines)].filter((line) => line.trim() !== '');
      expect(payloads.length).toBeGreaterThan(1_000);
      for (const payload of payloads) expect(pagesWith(payload).flatMap(strangersIn), payload).toEqual([]);
    },
    PUBLIC_LIST_TIMEOUT_MS,
  );
});
