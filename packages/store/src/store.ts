import type { Article, Published, SpellingClaim } from '@wirefold/article';
import type { SignedText } from '@wirefold/dedup';
import type { Decision, ExistingStory, Member, Mirror, Span, StoryChanges } from '@wirefold/story';
import type { AccessStore } from './access.ts';
import type { AdminLogStore } from './admin-log.ts';
import type { ChangeLogStore } from './change-log.ts';
import type { DecisionStore } from './decisions.ts';
import type { ExportStore } from './exports.ts';
import type { EntryRecord, FeedStore } from './feeds.ts';
import type { HostStore, Sweep, SweepOptions } from './hosts.ts';
import type { RepetitionStore } from './idempotency.ts';
import type { MatchingStore } from './matching.ts';
import type { Looked, MonitorStore, StageFigures } from './monitor.ts';
import type { OutletStore } from './outlets.ts';
import type { RelatedStore } from './related.ts';
import type { ArticleReading, ClaimHistory, Fetched, RevisionStore } from './revisions.ts';
import type { KnownSpelling } from './spellings.ts';
import type { StoryStore } from './stories.ts';
import type { StoryFeedStore } from './story-feed.ts';
import type { UpkeepFigures, UpkeepStore } from './upkeep.ts';
import type { WebhookStore } from './webhooks.ts';

/** The two stages that an article waits for; the same words as the queue's. */
export type StoreStage = 'ingest' | 'cluster';

/** Where an article stands: `submitted` waits for ingest, `signed` for cluster; `done` and `failed` are ends. */
export type ArticleState = 'submitted' | 'signed' | 'done' | 'failed';

/** Content that came with a submission, so that nothing has to be fetched. */
export type Pushed =
  | {
      kind: 'html';
      html: string;
      /** When the page was fetched by who pushed it, ISO time in UTC; null or left out where nobody said. */
      fetched?: string | null;
    }
  | {
      kind: 'text';
      title: string | null;
      text: string;
      source: string | null;
      /** As it was given: an ISO time, or a relative one such as `2 hours ago`; or already resolved. */
      published: string | Published | null;
      /** A card of an aggregator's page is one article; it is not searched for cards again. */
      isCard: boolean;
    };

/** One article that somebody asks for. `id` is a pure function of the canonical URL, or of the pushed text where there is none. */
export interface Submission {
  id: string;
  /** As it was submitted. */
  url: string | null;
  /** After the URL rules. */
  canonicalUrl: string | null;
  pushed: Pushed | null;
  /** The article on whose page this one stood as a card. */
  partOf: string | null;
  /** Fetches it again where it is done. */
  refetch?: boolean;
}

/** What the ledger says of a submission after it was committed. */
export interface Receipt {
  id: string;
  url: string | null;
  state: ArticleState;
  reason: string | null;
  story: string | null;
  /** Whether this submission made work: a new article, new content for a known one, or a failed one tried again. */
  isAccepted: boolean;
}

/** The right to work on one article, for as long as `token` is current. */
export interface Claim extends ClaimHistory {
  articleId: string;
  token: number;
  /** How often this stage has been tried on this article, this time included. */
  attempt: number;
  /** As it was submitted. */
  url: string | null;
  /** Where it is fetched: `url`, or where a redirect led that could not be followed at once. */
  fetchUrl: string | null;
  /** How often such a redirect was put off. */
  moves: number;
  canonicalUrl: string | null;
  pushed: Pushed | null;
  /** ISO time of the submission: relative times of a pushed text are resolved against it. */
  receivedAt: string;
}

export interface SignedArticle {
  articleId: string;
  token: number;
  article: Article;
  text: SignedText;
  /** What its page says of other URLs of it; nothing where left out. */
  claims?: SpellingClaim[];
  /** Words of the body that are not in the text for being the site's; 0 where left out. */
  boilerplateWords?: number;
  /** The version of its source's furniture that it was signed with; 0, that of none, where left out. */
  furnitureVersion?: number;
  /** What it was fetched from; left out where its content was pushed. */
  fetched?: Fetched;
  /** Articles that stood on this one's page, submitted in the same transaction. */
  cards: Submission[];
}

/** An end of a stage other than done. `retryAfterMs` is null for a failure that is final. */
export interface Ending {
  articleId: string;
  token: number;
  reason: string;
  detail: string;
  retryAfterMs: number | null;
}

/** A set of texts that holds every text linked, directly or not, to one of its own; with the articles that print them. */
export interface Component {
  texts: SignedText[];
  members: Member[];
  /** The live stories that hold any of the members now. */
  stories: ExistingStory[];
  /** Decisions of people in force that name any of the members or texts, oldest first. */
  decisions: Decision[];
}

/** An article as the API shows it. */
export interface ArticleRecord {
  id: string;
  url: string | null;
  canonicalUrl: string | null;
  state: ArticleState;
  reason: string | null;
  detail: string | null;
  attempts: number;
  nextAttemptAt: string | null;
  receivedAt: string;
  endedAt: string | null;
  /** The article on whose page this one stood. */
  partOf: string | null;
  /** Ids of articles that stood as cards on this one's page. */
  cards: string[];
  /** Id of the live story that holds it. */
  story: string | null;
  isCanonical: boolean;
  /** How it compares with the canonical of its story; null for the canonical itself. */
  match: Mirror | null;
  article: Article | null;
  words: number | null;
  /** Its other URLs, oldest first. */
  spellings: KnownSpelling[];
  reading: ArticleReading;
  /** What feeds said of it. */
  entries: EntryRecord[];
}

/** An invariant that does not hold, and the id of what breaks it. */
export interface Violation {
  invariant: 'I1' | 'I2' | 'I3' | 'I4';
  id: string;
  detail: string;
}

/** The questions that the domain asks of the store. Every method is one transaction. */
export interface Store
  extends UpkeepStore,
    HostStore,
    RevisionStore,
    AccessStore,
    AdminLogStore,
    RepetitionStore,
    OutletStore,
    ChangeLogStore,
    StoryFeedStore,
    ExportStore,
    WebhookStore,
    FeedStore,
    MatchingStore,
    RelatedStore,
    StoryStore,
    DecisionStore,
    MonitorStore {
  /** The ledger: commits what was asked for. The same canonical URL twice is the same article. */
  submit(submissions: Submission[]): Promise<Receipt[]>;

  /** Takes those of `articleIds` that wait for `stage` and that no live worker holds. */
  claim(stage: StoreStage, articleIds: string[], leaseMs: number): Promise<Claim[]>;
  /** Gives claims back untouched: another worker may take them at once. */
  release(claims: Pick<Claim, 'articleId' | 'token'>[]): Promise<void>;
  /** Saves what ingest made, where the token is still current. Commits before it resolves. */
  saveSigned(signed: SignedArticle[]): Promise<{ saved: string[]; cards: Receipt[] }>;
  /** Ends a stage by failure or retry, where the token is still current; returns the ids for which it counted. */
  settle(stage: StoreStage, endings: Ending[]): Promise<string[]>;
  /**
   * Finds unfinished articles that the queue should hold, and marks them as handed out now. Of those that wait for a host, what
   * `frontier` gives.
   */
  sweep(options: SweepOptions): Promise<Sweep>;

  /** The texts that these articles print: article id to text. */
  textsOf(articleIds: string[]): Promise<Map<string, SignedText>>;
  /** For each text, the hashes of all other texts that share at least one key with it. */
  candidates(texts: SignedText[]): Promise<Map<string, string[]>>;
  /** The days on which texts were printed, by hash. */
  spansOf(hashes: string[]): Promise<Map<string, Span>>;
  /** Texts by hash; those that do not exist are missing from the map. */
  loadTexts(hashes: string[]): Promise<Map<string, SignedText>>;
  /**
   * Places articles in stories. Locks the components that the claims' texts and `links` (pairs of text hashes) touch, joins them,
   * calls the pure `decide` with all that the joined component holds, writes its changes, and ends the cluster stage of the claims
   * whose token is current. Runs again by itself when a component grew while it waited for its locks.
   */
  assign(
    claims: Claim[],
    links: [string, string][],
    decide: (component: Component) => StoryChanges,
    looked?: Looked[],
  ): Promise<{ done: string[]; changes: StoryChanges }>;

  /**
   * Removes an article with all that is only its own, and places what is left of its component again by the pure `decide`. Its cards
   * stay, and so do the ids of stories: one that loses its last article has ended.
   * @returns null where there is no such article
   */
  remove(articleId: string, decide: (component: Component) => StoryChanges): Promise<StoryChanges | null>;

  /** The article of this id, or the one in which it has ended as another spelling of the same URL. */
  article(id: string): Promise<ArticleRecord | null>;
  /** The article at this URL, or that has it as a spelling, or that was read there after a redirect. */
  articleByUrl(canonicalUrl: string): Promise<ArticleRecord | null>;
  stageFigures(): Promise<StageFigures[]>;
  /** All figures in one snapshot: where none of them is above zero, the stories are what all articles together make them. */
  figures(): Promise<{ stages: StageFigures[]; upkeep: UpkeepFigures }>;
  /** Invariants I1 to I4 of the store, at most 100 violations. `deadlineMs` is the age at which an unfinished article breaks I1. */
  audit(options: { deadlineMs: number }): Promise<Violation[]>;
  ping(): Promise<void>;
  close(): Promise<void>;
}
