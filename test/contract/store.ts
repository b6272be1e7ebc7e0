import type { OpenedStore } from '@wirefold/store';
import { afterAll, beforeAll, beforeEach, describe } from 'vitest';
import { forgetEverything } from '../support/forget.ts';
import { describeAccess } from './store/access.ts';
import { describeAdminLog } from './store/admin-log.ts';
import { describeAliasChange, describeAliases, describeAliasRaces, describeAliasUse } from './store/aliases.ts';
import { describeAssign, describeChanges, describeGrowth, describeRaces, describeTexts } from './store/assign.ts';
import { describeChangeLog, describePruning } from './store/change-log.ts';
import {
  describeDecidedSpellings,
  describeDecisionRaces,
  describeMerges,
  describePins,
  describeSplits,
} from './store/decisions.ts';
import { describeExpiry, describeSource, describeSpans } from './store/expiry.ts';
import { describeExport, describeExportPages } from './store/export.ts';
import { describeChangedFeeds, describeEntries, describePolls, describeSubscriptions } from './store/feeds.ts';
import { describeGone, describeGoneOtherwise } from './store/gone.ts';
import {
  describeCounts,
  describeHistory,
  describeKeepHistory,
  describeLongAgo,
  describeLooks,
} from './store/history.ts';
import { describeFrontier, describeMoves, describeTurns } from './store/hosts.ts';
import { describeRepetitions } from './store/idempotency.ts';
import { describeDue, describeLearn } from './store/learning.ts';
import { describeMetadata } from './store/metadata.ts';
import { describeFailures, describeHosts, describeReplay } from './store/monitor.ts';
import { describeAudit, describeFilters, describePages, describeStory } from './store/reading.ts';
import { describeRefetch, describeUnchanged } from './store/refetch.ts';
import { describeNamesKept, describeRelated } from './store/related.ts';
import { describeRemove, describeRemoveRaces } from './store/remove.ts';
import { describeRevised, describeRevisionBounds, describeRevisions } from './store/revisions.ts';
import { describeStoryFeed } from './store/story-feed.ts';
import { describeSubmit, describeSubmitAgain } from './store/submit.ts';
import { describeLooseTexts, describeStale, describeStaleRaces } from './store/upkeep.ts';
import { describeDeliveries, describeReplays, describeWebhooks } from './store/webhooks.ts';
import { describeClaim, describeFigures, describeSaveSigned, describeSettle, describeSweep } from './store/work.ts';

const PARTS = {
  submit: describeSubmit,
  'submit again': describeSubmitAgain,
  claim: describeClaim,
  settle: describeSettle,
  saveSigned: describeSaveSigned,
  sweep: describeSweep,
  turns: describeTurns,
  frontier: describeFrontier,
  moves: describeMoves,
  subscriptions: describeSubscriptions,
  polls: describePolls,
  'changed feeds': describeChangedFeeds,
  entries: describeEntries,
  figures: describeFigures,
  hosts: describeHosts,
  replay: describeReplay,
  failures: describeFailures,
  history: describeHistory,
  'history, counted': describeCounts,
  'history, looks': describeLooks,
  'history, kept': describeKeepHistory,
  'history, from long ago': describeLongAgo,
  texts: describeTexts,
  assign: describeAssign,
  'assign, many at once': describeRaces,
  'assign, in the wait for a lock': describeGrowth,
  'assign, after a change': describeChanges,
  related: describeRelated,
  'related, kept': describeNamesKept,
  remove: describeRemove,
  'remove, many at once': describeRemoveRaces,
  aliases: describeAliases,
  'aliases in use': describeAliasUse,
  'aliases, after a change': describeAliasChange,
  'aliases, many at once': describeAliasRaces,
  splits: describeSplits,
  merges: describeMerges,
  pins: describePins,
  'decisions, spellings': describeDecidedSpellings,
  'decisions, many at once': describeDecisionRaces,
  refetch: describeRefetch,
  unchanged: describeUnchanged,
  revisions: describeRevisions,
  'revisions, in stories': describeRevised,
  'revisions, bounded': describeRevisionBounds,
  gone: describeGone,
  'gone, by other ways': describeGoneOtherwise,
  'change log': describeChangeLog,
  pruning: describePruning,
  'story feed': describeStoryFeed,
  export: describeExport,
  'export, page by page': describeExportPages,
  webhooks: describeWebhooks,
  deliveries: describeDeliveries,
  replays: describeReplays,
  expiry: describeExpiry,
  spans: describeSpans,
  source: describeSource,
  pages: describePages,
  filters: describeFilters,
  story: describeStory,
  metadata: describeMetadata,
  audit: describeAudit,
  'due sources': describeDue,
  learn: describeLearn,
  'stale articles': describeStale,
  'stale articles, many at once': describeStaleRaces,
  'loose texts': describeLooseTexts,
  access: describeAccess,
  'log of administrators': describeAdminLog,
  repetitions: describeRepetitions,
};

/** What every engine of the store does alike. `open` gives a store whose tables may be emptied. */
export function describeStore(name: string, open: () => Promise<OpenedStore>): void {
  describe(name, () => {
    let opened: OpenedStore;
    beforeAll(async () => {
      opened = await open();
    });
    beforeEach(() => forgetEverything(opened));
    afterAll(() => opened.store.close());
    for (const [part, describePart] of Object.entries(PARTS)) describe(part, () => describePart(() => opened));
  });
}
