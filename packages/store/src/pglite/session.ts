import { IDLE, readReply, simpleQuery } from './messages.ts';

/** One end of a connection, as the session sees it. */
export interface Peer {
  receive(bytes: Buffer): void;
}

interface Request {
  peer: Peer;
  message: Buffer;
  resolve: () => void;
  reject: (error: Error) => void;
}

/**
 * Shares the one session of a PGlite among many connections. A connection that has a transaction open, or a pipeline that it has
 * not ended with Sync, keeps the session to itself; the others wait. Every connection gets every notification.
 */
export class Session {
  readonly #execute: (message: Uint8Array) => Promise<Uint8Array>;
  readonly #peers = new Set<Peer>();
  #requests: Request[] = [];
  #owner: Peer | null = null;
  #isBusy = false;

  constructor(execute: (message: Uint8Array) => Promise<Uint8Array>) {
    this.#execute = execute;
  }

  join(peer: Peer): void {
    this.#peers.add(peer);
  }

  /** Forgets a connection: what it had queued is dropped, and its open transaction is rolled back. */
  leave(peer: Peer): void {
    if (!this.#peers.delete(peer)) return;
    for (const request of this.#requests)
      if (request.peer === peer) request.reject(new Error('The connection was closed.'));
    this.#requests = this.#requests.filter((request) => request.peer !== peer);
    if (this.#owner === peer) this.#rollBack(peer);
  }

  /** Runs a message when its turn comes; the answer goes to `peer` before the promise resolves. */
  run(peer: Peer, message: Buffer): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#requests.push({ peer, message, resolve, reject });
      void this.#pump();
    });
  }

  #rollBack(peer: Peer): void {
    this.#requests.unshift({ peer, message: simpleQuery('ROLLBACK'), resolve: () => {}, reject: () => {} });
    void this.#pump();
  }

  #next(): Request | undefined {
    const owner = this.#owner;
    if (owner === null) return this.#requests.shift();
    const index = this.#requests.findIndex((request) => request.peer === owner);
    return index < 0 ? undefined : this.#requests.splice(index, 1)[0];
  }

  async #pump(): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    for (let request = this.#next(); request !== undefined; request = this.#next()) await this.#answer(request);
    this.#isBusy = false;
  }

  async #answer({ peer, message, resolve, reject }: Request): Promise<void> {
    try {
      const bytes = await this.#execute(message);
      const reply = readReply(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      this.#owner = reply.status === IDLE ? null : peer;
      if (reply.notifications.length > 0) for (const each of this.#peers) each.receive(reply.notifications);
      if (this.#peers.has(peer)) peer.receive(reply.answer);
      else if (this.#owner === peer) this.#rollBack(peer);
      resolve();
    } catch (error) {
      if (this.#owner === peer) this.#owner = null;
      reject(error instanceof Error ? error : new Error('PGlite failed.', { cause: error }));
    }
  }
}
