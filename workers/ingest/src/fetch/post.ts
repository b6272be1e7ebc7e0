import type { Dispatcher } from 'undici';
import { admitUrl, type TestHosts } from './admit.ts';
import { failureOfStatus } from './answer.ts';
import { failureOf, refusal } from './failure.ts';
import { type Failed, failed } from './result.ts';

/** What is sent, and to whom. */
export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
}

/** What came of it. `status` is null where no answer came. */
export type PostResult = { ok: true; status: number } | (Failed & { status: number | null });

export interface Poster {
  agent: Dispatcher;
  options: { deadlineMs: number; userAgent: string; testHosts: TestHosts };
  now: () => number;
}

/**
 * Sends one POST under the rules of every fetch: the same addresses, the same deadline. No redirect is followed, and the answer's body
 * is not read. Rejects with the signal's reason when `signal` aborts, and otherwise only on a bug.
 */
export async function sendPost(poster: Poster, post: Post, signal: AbortSignal): Promise<PostResult> {
  signal.throwIfAborted();
  const { agent, options, now } = poster;
  const admission = admitUrl(post.url, null, options.testHosts);
  if (!admission.ok) return { ...admission, status: null };
  const ending = new AbortController();
  const stop = AbortSignal.any([signal, ending.signal]);
  const timer = setTimeout(
    () => ending.abort(refusal('deadline-exceeded', `${options.deadlineMs} ms`)),
    options.deadlineMs,
  );
  // undici looks at its signal only once a request has a connection.
  const stopped = new Promise<never>((_, reject) => {
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  });
  stopped.catch(() => {});
  try {
    const { url } = admission;
    const answer = await Promise.race([
      agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'POST',
        headers: { ...post.headers, 'user-agent': options.userAgent },
        body: post.body,
        signal: stop,
      }),
      stopped,
    ]);
    answer.body.on('error', () => {});
    answer.body.destroy();
    const { statusCode: status, headers } = answer;
    return failureAt(status, failureOfStatus(status, headers, now()));
  } catch (error) {
    signal.throwIfAborted();
    return { ...failureOf(stop.aborted ? stop.reason : error, 'head'), status: null };
  } finally {
    clearTimeout(timer);
  }
}

function failureAt(status: number, failure: Failed | null): PostResult {
  if (failure !== null) return { ...failure, status };
  // What is half an answer to a GET is none to a POST.
  return status >= 200 && status < 300
    ? { ok: true, status }
    : { ...failed('http-client-error', `HTTP ${status}`), status };
}
