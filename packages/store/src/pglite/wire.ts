import { Duplex } from 'node:stream';
import { prefixStatementNames, TERMINATE, WELCOME } from './messages.ts';
import type { Peer, Session } from './session.ts';

let connections = 0;

/**
 * What node-postgres takes for its socket: what is written goes to the session in this process, and what the session answers is
 * read. So the same driver, pool and SQL run on PGlite as on a server, and no port is open.
 */
export class Wire extends Duplex implements Peer {
  readonly #session: Session;
  readonly #prefix: Buffer;
  #isStarted = false;

  constructor(session: Session) {
    super();
    this.#session = session;
    connections += 1;
    this.#prefix = Buffer.from(`${connections}:`);
    session.join(this);
  }

  receive(bytes: Buffer): void {
    if (this.#isStarted && !this.destroyed && !this.readableEnded) this.push(bytes);
  }

  // The part of a net.Socket that node-postgres calls.
  connect(): this {
    queueMicrotask(() => this.emit('connect'));
    return this;
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk, done);
  }

  // node-postgres corks a statement's messages: they must reach the session as one, so that no other connection's come between.
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(
      chunks.length === 1 && chunks[0] ? chunks[0].chunk : Buffer.concat(chunks.map(({ chunk }) => chunk)),
      done,
    );
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#session.leave(this);
    done(error);
  }

  #send(bytes: Buffer, done: (error?: Error | null) => void): void {
    if (!this.#isStarted) {
      this.#isStarted = true;
      this.push(WELCOME);
      done();
    } else if (bytes[0] === TERMINATE) {
      this.#session.leave(this);
      this.push(null);
      done();
    } else {
      this.#session.run(this, prefixStatementNames(bytes, this.#prefix)).then(() => done(), done);
    }
  }
}
