/** How long a promise may take before it is left alone. */
export type Settled<Value> = { kind: 'value'; value: Value } | { kind: 'error'; error: unknown } | { kind: 'late' };

/** Waits for a promise, but not longer than `ms`. A promise that is late may still end; what it ends with is nobody's by then. */
export async function settledWithin<Value>(promise: Promise<Value>, ms: number): Promise<Settled<Value>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Settled<Value>>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'late' }), ms);
  });
  const ended = promise.then(
    (value): Settled<Value> => ({ kind: 'value', value }),
    (error: unknown): Settled<Value> => ({ kind: 'error', error }),
  );
  try {
    return await Promise.race([ended, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The answer of an engine that may be away: it must not keep a caller waiting, because callers can do without it. */
export async function answered<Value>(call: Promise<Value>, callMs: number): Promise<Value> {
  const end = await settledWithin(call, callMs);
  if (end.kind === 'value') return end.value;
  throw new Error('the queue is not available', {
    cause: end.kind === 'error' ? end.error : new Error(`no answer within ${callMs} ms`),
  });
}
