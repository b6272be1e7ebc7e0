/** Every bound of the HTTP service. What happens at each is said beside it and listed in docs/architecture.md. */

const MIB = 2 ** 20;

/** One page of HTML, in bytes of UTF-8: as large as a page that ingest fetches itself. Larger: the item is refused. */
export const HTML_BYTES_MAX = 8 * MIB;
/** One text, in bytes of UTF-8: a novel is shorter. Larger: the item is refused. */
export const TEXT_BYTES_MAX = 2 * MIB;
/** One request body after decompression: the largest page with the escapes of JSON. Larger: 413. */
export const BODY_BYTES_MAX = 10 * MIB;
/** Bodies of all requests together, so that a crowd of large ones cannot fill the memory. More: 503 and `Retry-After`. */
export const BODIES_BYTES_MAX = 128 * MIB;
/** Items of one list or NDJSON body; they are one transaction. More: 413. */
export const ITEMS_MAX = 1_000;

/** Headlines of 300 characters are rare; more than this is not one. Longer: the item is refused. */
export const TITLE_CHARS_MAX = 1_000;
/** The name of a source. Longer: the item or the query is refused. */
export const SOURCE_CHARS_MAX = 200;
/** A time as an article says it. Longer: the item is refused. */
export const PUBLISHED_CHARS_MAX = 200;

/** Articles, or stories, that one decision names. More: 422. */
export const DECISION_NAMES_MAX = 200;

/** More revisions than any article has. More: 400. */
export const REVISION_NUMBER_MAX = 999_999_999;

/** Stories of one page. More: 400. */
export const PAGE_STORIES_MAX = 100;
export const PAGE_STORIES_DEFAULT = 20;
/** Stories of a feed, unless it is asked for another number: a reader that comes once an hour seldom finds more. */
export const FEED_STORIES_DEFAULT = 50;
/** Rows of an export that are read at once, and those of a row group of a Parquet file: some 7 MB of usual rows. */
export const EXPORT_PAGE_ROWS = 1_000;
export const EXPORT_GROUP_ROWS = 10_000;
/** Exports under way at once, in a process; each keeps the store busy. More: 503. */
export const EXPORTS_AT_ONCE_MAX = 4;
/** A client has this long to take a part of an export. Longer: it is cut off. */
export const EXPORT_STALLED_MS = 60_000;
/** Events of one page of the change log. More: 400. */
export const PAGE_CHANGES_MAX = 1_000;
export const PAGE_CHANGES_DEFAULT = 100;
/** Streams of events that are open at once; each costs a connection. More: 503. */
export const EVENT_STREAMS_MAX = 500;
/** A client has this long to take what was written. Longer: its stream is cut, and goes on when it comes back. */
export const SLOW_READER_MS = 30_000;
/** Events that are written to a stream before its client has taken them, and those of late that are kept at hand for who joins. */
export const EVENTS_AT_ONCE_MAX = 200;
export const EVENTS_RECENT_MAX = 1_000;
/** How often one look at the log is taken for all streams. */
export const EVENTS_POLL_MS = 500;
/** Proxies cut connections that are silent for a minute. */
export const HEARTBEAT_MS = 15_000;
/** Words to search for. Longer: 400. */
export const QUERY_CHARS_MAX = 500;
/** A cursor as we gave it is about 60 characters. Longer: 400. */
export const CURSOR_CHARS_MAX = 500;
/** More mirrors than any story has. More: 400. */
export const MIN_MIRRORS_MAX = 1_000_000;
/** More origins than any story has: they are agencies, or one source. More: 400. */
export const MIN_ORIGINS_MAX = 1_000;
/** Sources of one list. More: 400. */
export const SOURCES_LISTED_MAX = 1_000;
export const SOURCES_LISTED_DEFAULT = 100;

/** The name of a key to the API. Longer: the key is not made. */
export const KEY_NAME_CHARS_MAX = 100;
/** The form that a browser shows its key with. Larger: 413. */
export const LOGIN_BYTES_MAX = 8 * 1024;
/** A session by cookie ends after a week, and with its key. Then the key is asked for again. */
export const SESSION_MAX_MS = 7 * 24 * 3600 * 1000;
/** Keys are read again from the store after this time: so long a revoked one may still count in another process. */
export const KEYS_FRESH_MS = 5_000;

/** An Idempotency-Key; a UUID has 36 characters. Longer: 400. */
export const IDEMPOTENCY_KEY_CHARS_MAX = 255;
/** A request with such a key that got no answer for so long died with its process, and may be sent again. */
export const REPEATED_LEASE_MS = 120_000;
/** What a client is told to wait while the same request is in flight. */
export const IN_FLIGHT_RETRY_SECONDS = 1;
/** Feeds of one page. More: 400. */
export const PAGE_FEEDS_MAX = 500;
export const PAGE_FEEDS_DEFAULT = 100;
/** A list of feeds, in bytes: one of 5,000 feeds, as we write it, has 0.9 MB. Larger: 413. */
export const OPML_BYTES_MAX = 2 * MIB;
/** Feeds of one list; they are one transaction. More: 413. */
export const FEEDS_IMPORTED_MAX = 5_000;
/** A feed's title in a list. Longer: it is cut, and the feed says its own soon. */
export const FEED_TITLE_CHARS_MAX = 500;

/** A page, and a text, that is only matched, in bytes of UTF-8: it is read while others wait, and no article is larger. Larger: 422. */
export const MATCH_HTML_BYTES_MAX = 2 * MIB;
export const MATCH_TEXT_BYTES_MAX = MIB / 2;
/** Texts that one is compared with, those with the most shared keys. Others: not looked at; `candidates` says that there were as many. */
export const MATCH_CANDIDATES_MAX = 200;
/** Lines of a page of the log of administrators. More: 400. */
export const PAGE_ADMIN_LINES_MAX = 500;
/** Texts of one answer, and the articles of each that are named. More: counted. */
export const MATCHES_MAX = 20;
export const MATCH_ARTICLES_MAX = 10;

/** Hosts whose turn has come, of which an article is handed over after a submission; the workers look for the others. */
export const HANDOVER_HOSTS_MAX = 500;
/** In a burst the next articles are handed over so much later: they wait for their hosts for longer. */
export const HANDOVER_PAUSE_MS = 100;

/** Hosts of one answer. More: 400. */
export const HOSTS_MAX = 500;
export const HOSTS_DEFAULT = 50;
/** A name in DNS has at most 253 characters; a port may follow. Longer: 400. */
export const HOST_CHARS_MAX = 260;
/** Failed articles that are tried again in one transaction. The others: another request. */
export const REPLAYED_AT_ONCE_MAX = 1_000;

/** What is older is not kept. More: 400. */
export const HISTORY_HOURS_MAX = 90 * 24;
export const HISTORY_HOURS_DEFAULT = 24;
/** The same history is read at most this often, however many ask: it is thousands of rows. */
export const HISTORY_EVERY_MS = 10_000;

/** Groups of failures, articles with a bug, and hosts on the monitor's page. More: not shown; the API has them. */
export const FAILURE_GROUPS_MAX = 50;
export const QUARANTINE_SHOWN_MAX = 20;
export const MONITOR_HOSTS_MAX = 25;

/** Ids that wait to be handed to the queue, 5 MB of them. More are left to the sweeper. */
export const HANDOVER_IDS_MAX = 50_000;
/** Pushed articles in one job: no fetch makes them wait for each other. A URL to fetch has a job of its own. */
export const PUSHED_IDS_PER_JOB = 50;

/** A client sends its headers within this time, and its whole request within the next. Later: 408. */
export const HEADERS_TIMEOUT_MS = 10_000;
export const REQUEST_TIMEOUT_MS = 60_000;
/** An idle connection is kept this long; a little more than the 5 s at which common clients give one up themselves. */
export const KEEP_ALIVE_MS = 6_000;
/** Timeouts are looked for this often, so a request may live so much longer. */
export const TIMEOUT_CHECK_MS = 2_000;
/** The first line and the headers of a request, in bytes. Larger: 431. */
export const HEADER_BYTES_MAX = 16 * 1024;
/** Requests of one connection; then it is closed, so that many connections spread anew over processes behind a balancer. */
export const REQUESTS_A_CONNECTION_MAX = 10_000;
/** Connections at once; each costs about 20 kB. More are dropped. */
export const CONNECTIONS_MAX = 2_000;
/** Requests in hand when the service closes have this long to end; then their connections are cut. */
export const CLOSE_GRACE_MS = 10_000;

/** The store answers a ping, and the queue says its depth, within this time, or they count as away. */
export const ENGINE_TIMEOUT_MS = 1_500;
/** The invariants are audited at most this often; an audit reads whole tables. */
export const AUDIT_EVERY_MS = 30_000;
/** What a client is told to wait while the store is away. */
export const RETRY_AFTER_SECONDS = 5;
