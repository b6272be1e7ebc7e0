import type { Fetched } from '@wirefold/store';
import { Agent, type Dispatcher } from 'undici';
import { admitUrl, type TestHosts } from './admit.ts';
import { failureOfStatus, headerOf, redirectOf } from './answer.ts';
import { guardedConnector, type Lookup, lookupBySystem } from './connect.ts';
import { ACCEPTED_ENCODINGS, decodeBody, encodingOf } from './decode.ts';
import { failureOf, refusal } from './failure.ts';
import { type FeedRequest, feedKind, type Kind, PAGE, ROBOTS } from './kind.ts';
import { type Post, type PostResult, sendPost } from './post.ts';
import { tunnelThrough } from './proxy.ts';
import { type Failed, type FetchResult, failed, type NotModified } from './result.ts';
import { conditionsFor, fetchedOf, meansKnown } from './validators.ts';

/** The chains that publishers build (scheme, www, shortener, consent) take at most four. */
export const REDIRECTS_MAX = 5;

/** A second connection helps a page that is asked for while a slow one comes; more would be impolite. */
const CONNECTIONS_PER_ORIGIN = 2;

/** Twice what Node takes by default, because of the cookies and policies that news sites send. */
const HEADER_BYTES_MAX = 32_768;

/** Interim answers (1xx) before the real one; a server sends one or two, an attacker any number. */
const INTERIM_ANSWERS_MAX = 10;

/** Long enough for the next page of the same host, short enough that idle sockets do not pile up. */
const KEEP_ALIVE_MS = 4_000;

/** Asked before each request, redirects included, with the rules of admit.ts already kept; what it gives ends the fetch. */
export type Gate<Stop> = (url: URL, signal: AbortSignal) => Promise<Stop | null>;

const NOT_MODIFIED: NotModified = { ok: false, isKnown: true };

const OPEN_GATE: Gate<never> = async () => null;

export interface FetcherOptions {
  /** The whole exchange: resolving, connecting, headers, body, every redirect. */
  deadlineMs: number;
  /** Body bytes as they travel. */
  wireBytesMax: number;
  /** Body bytes once decoded. */
  bodyBytesMax: number;
  /** Sent as `User-Agent`; see `userAgentOf`. */
  userAgent: string;
  /** Host names that are somewhere else, loopback included. Only tests have any. */
  testHosts: TestHosts;
  /** The proxy that every connection goes through; none where it is left out. */
  proxy?: URL | null;
  /** Every address of a name; the system's resolver where it is left out. */
  lookup?: Lookup;
  /** Milliseconds since 1970; the system's clock where it is left out. */
  now?: () => number;
}

export interface Fetcher {
  /**
   * Fetches one page. Every failure of the site or of the network is a value, and so is what `gate` says; rejects with the signal's
   * reason when `signal` aborts, and otherwise only on a bug.
   */
  fetchPage<Stop = never>(url: string, signal: AbortSignal, gate?: Gate<Stop>): Promise<FetchResult | Stop>;
  /** Fetches a page that may be `known`, alike: where it stands at the same URL in the end, only if it changed. */
  fetchAgain<Stop = never>(
    url: string,
    signal: AbortSignal,
    gate: Gate<Stop>,
    known: Fetched | null,
  ): Promise<FetchResult | NotModified | Stop>;
  /** Fetches a robots.txt alike, whatever its type; of a long one only the beginning. */
  fetchRobots(url: string, signal: AbortSignal): Promise<FetchResult>;
  /** Sends to a webhook, under the same rules. Every failure is a value here, too. */
  post(post: Post, signal: AbortSignal): Promise<PostResult>;
  /** Fetches a feed alike, or the page that may name one; its answer keeps its headers, and has the status 304 where nothing changed. */
  fetchFeed<Stop = never>(
    url: string,
    request: FeedRequest,
    signal: AbortSignal,
    gate?: Gate<Stop>,
  ): Promise<FetchResult | Stop>;
  /** Ends what is under way and leaves no socket. */
  close(): Promise<void>;
}

/** Who we are and where to complain: `Wirefold/1.2.3 (+https://example.org/bot)`. */
export function userAgentOf(version: string, contact: string | null): string {
  // A header takes printable ASCII only, and the parentheses of the comment are its own.
  const clean = contact?.replace(/[^\x21-\x7e]|[()\\]/g, '') ?? '';
  return clean === '' ? `Wirefold/${version}` : `Wirefold/${version} (+${clean})`;
}

/** The only way out to the network: guarded addresses, bounded time and bounded bytes on every exchange. */
export function createFetcher(options: FetcherOptions): Fetcher {
  const now = options.now ?? Date.now;
  const tunnel = options.proxy ? tunnelThrough(options.proxy) : null;
  const connector = guardedConnector(options.lookup ?? lookupBySystem, options.testHosts, tunnel);
  const agent = new Agent({
    connect: connector.connect,
    connections: CONNECTIONS_PER_ORIGIN,
    pipelining: 1,
    maxHeaderSize: HEADER_BYTES_MAX,
    headersTimeout: options.deadlineMs,
    bodyTimeout: options.deadlineMs,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });

  return {
    fetchPage: (url, signal, gate = OPEN_GATE) =>
      withDeadline({ agent, options, now, kind: PAGE, gate, known: null }, url, signal),
    fetchAgain<Stop>(url: string, signal: AbortSignal, gate: Gate<Stop>, fetched: Fetched | null) {
      const known = fetched === null ? null : { fetched, end: NOT_MODIFIED };
      return withDeadline<Stop | NotModified>({ agent, options, now, kind: PAGE, gate, known }, url, signal);
    },
    fetchRobots: (url, signal) =>
      withDeadline({ agent, options, now, kind: ROBOTS, gate: OPEN_GATE, known: null }, url, signal),
    fetchFeed: (url, request, signal, gate = OPEN_GATE) =>
      withDeadline({ agent, options, now, kind: feedKind(request), gate, known: null }, url, signal),
    post: (post, signal) => sendPost({ agent, options, now }, post, signal),
    async close() {
      await agent.destroy();
      connector.destroyAll();
    },
  };
}

/** What every step of one exchange needs. Aborting the controller stops resolving, connecting, waiting and reading alike. */
interface Exchange<Stop = unknown> {
  agent: Dispatcher;
  options: FetcherOptions;
  now: () => number;
  kind: Kind;
  gate: Gate<Stop>;
  /** What the page was last fetched from, and what it is called where it still is that. */
  known: { fetched: Fetched; end: Stop } | null;
  controller: AbortController;
}

type Answer = Dispatcher.ResponseData;

/** One fetch under one deadline. */
async function withDeadline<Stop>(
  context: Omit<Exchange<Stop>, 'controller'>,
  url: string,
  signal: AbortSignal,
): Promise<FetchResult | Stop> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const onAbort = () => controller.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  // undici looks at its signal only once a request has a connection: resolving, connecting and queueing would go on.
  const stopped = new Promise<never>((_, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true });
  });
  const deadlineMs = Math.round(context.options.deadlineMs * context.kind.deadlineShare);
  const timer = setTimeout(() => controller.abort(refusal('deadline-exceeded', `${deadlineMs} ms`)), deadlineMs);
  try {
    return await Promise.race([follow({ ...context, controller }, url), stopped]);
  } catch (error) {
    signal.throwIfAborted();
    return failureOf(controller.signal.aborted ? controller.signal.reason : error, 'head');
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}

async function follow<Stop>(exchange: Exchange<Stop>, first: string): Promise<FetchResult | Stop> {
  const {
    known,
    options: { testHosts },
  } = exchange;
  const redirects: string[] = [];
  let admission = admitUrl(first, null, testHosts);
  while (admission.ok) {
    const { url } = admission;
    const stop = await exchange.gate(url, exchange.controller.signal);
    if (stop !== null) return stop;
    const conditions = known && conditionsFor(url, known.fetched);
    let answer = await ask(exchange, url, conditions);
    if (conditions && known && answer.statusCode === 304) {
      drop(answer);
      if (meansKnown(answer.headers, known.fetched)) return known.end;
      answer = await ask(exchange, url, null);
    }
    const location = redirectOf(answer.statusCode, answer.headers);
    if (location === null) return read(exchange, answer, url, redirects);
    drop(answer);
    if (redirects.length === REDIRECTS_MAX) return failed('too-many-redirects', `more than ${REDIRECTS_MAX}`);
    redirects.push(url.href);
    admission = admitUrl(location, url, testHosts);
  }
  if (redirects.length === 0) return admission;
  return { ...admission, detail: `${admission.detail}, after a redirect` };
}

/** Sends one request and waits for the headers of its answer. undici follows no redirect by itself. */
async function ask(
  { agent, options, kind, controller }: Exchange,
  url: URL,
  conditions: Record<string, string> | null,
): Promise<Answer> {
  let interimAnswers = 0;
  const answer = await agent.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    headers: {
      accept: kind.accept,
      'accept-encoding': ACCEPTED_ENCODINGS,
      'user-agent': options.userAgent,
      ...conditions,
      ...kind.conditions,
    },
    signal: controller.signal,
    onInfo: () => {
      interimAnswers += 1;
      if (interimAnswers <= INTERIM_ANSWERS_MAX) return;
      controller.abort(refusal('connection-failed', 'too many interim answers'));
    },
  });
  // A body that is given up reports an error; somebody must listen.
  answer.body.on('error', () => {});
  return answer;
}

/** Ends an answer that is not wanted, with its connection: its body may be endless. */
function drop(answer: Answer): void {
  answer.body.destroy();
}

async function read(exchange: Exchange, answer: Answer, url: URL, redirects: string[]): Promise<FetchResult> {
  const { options, now, kind } = exchange;
  const { statusCode: status, headers } = answer;
  const contentType = headerOf(headers, 'content-type');
  const encoding = encodingOf(headerOf(headers, 'content-encoding'));
  const isUnchanged = status === 304 && kind.conditions !== undefined;
  const refused = isUnchanged ? null : (failureOfStatus(status, headers, now()) ?? kind.refuseType(contentType));
  if (refused !== null || !encoding.ok) {
    drop(answer);
    return refused === null ? (encoding as Failed) : { ...refused, status };
  }
  const wire = await collect(exchange, answer, encoding.name === null ? kind.cutBytes : null);
  if (!wire.ok) return wire;
  const decoded = await decodeBody(wire.bytes, encoding.name, kind.bytesMax ?? options.bodyBytesMax);
  if (!decoded.ok) return decoded;
  const fetchedAt = new Date(now()).toISOString();
  const fetched = fetchedOf(url, headers, now());
  const page = { url: url.href, status, contentType, bytes: decoded.bytes, redirects, fetchedAt, fetched };
  return { ok: true, page: kind.conditions === undefined ? page : { ...page, headers } };
}

function cut(chunks: Uint8Array[], bytesMax: number): Uint8Array {
  return Buffer.concat(chunks).subarray(0, bytesMax);
}

/** Takes the body as it travels, up to the limit, or up to where it is cut; one that announces more than the limit is not even begun. */
async function collect(
  { options, controller, kind }: Exchange,
  answer: Answer,
  cutBytes: number | null,
): Promise<{ ok: true; bytes: Uint8Array } | Failed> {
  const bytesMax = kind.bytesMax ?? options.wireBytesMax;
  const tooLarge = failed('body-too-large', `more than ${bytesMax} bytes`);
  if (cutBytes === null && Number(headerOf(answer.headers, 'content-length') ?? 0) > bytesMax) {
    drop(answer);
    return tooLarge;
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
      size += chunk.length;
      if (cutBytes !== null && size >= cutBytes) return { ok: true, bytes: cut([...chunks, chunk], cutBytes) };
      if (cutBytes === null && size > bytesMax) return tooLarge;
      chunks.push(chunk);
    }
  } catch (error) {
    if (controller.signal.aborted) throw error;
    return failureOf(error, 'body');
  }
  return { ok: true, bytes: Buffer.concat(chunks, size) };
}
