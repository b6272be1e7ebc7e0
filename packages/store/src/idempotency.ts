/** A request that a client may send again: who sent it, the key that it gave, and the SHA-256 of what it sent. */
export interface RepeatableRequest {
  /** Id of the access key; empty where none is asked for. */
  caller: string;
  key: string;
  digest: Buffer;
}

/** An answer as it was sent. */
export interface KeptAnswer {
  status: number;
  type: string;
  location: string | null;
  body: string;
}

/**
 * How a request is to be taken: done now, answered as before, refused because the key belongs to another one, or put off because that
 * one is not answered yet.
 */
export type Repetition = { kind: 'new' | 'other' | 'in-flight' } | { kind: 'answered'; answer: KeptAnswer };

/** What the store remembers of requests, for all processes, for 24 hours. */
export interface RepetitionStore {
  /** Takes a request in hand for at most `leaseMs`, unless it was taken before. */
  beginRequest(request: RepeatableRequest, leaseMs: number): Promise<Repetition>;
  /** Keeps the answer of a request in hand. */
  keepAnswer(request: RepeatableRequest, answer: KeptAnswer): Promise<void>;
  /** Forgets a request in hand that came to nothing: it may be sent again. */
  forgetRequest(request: RepeatableRequest): Promise<void>;
}
