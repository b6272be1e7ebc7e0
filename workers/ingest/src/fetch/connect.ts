import { lookup as systemLookup } from 'node:dns/promises';
import type { LookupFunction, Socket } from 'node:net';
import { buildConnector } from 'undici';
import { isPublicAddress } from './address.ts';
import { addressOf, type TestHost, type TestHosts } from './admit.ts';
import { refusal } from './failure.ts';
import type { OpenTunnel } from './proxy.ts';

/** A host that has not taken a connection after this long is as good as down; most take less than a second. */
const CONNECT_TIMEOUT_MS = 10_000;

/** Node's default of 250 ms gives up on an address across the world before it could answer; only for hosts of several addresses. */
const ADDRESS_ATTEMPT_TIMEOUT_MS = 1_000;

export interface ResolvedAddress {
  address: string;
  family: number;
}

/** Gives every address of a host name. */
export type Lookup = (hostname: string) => Promise<ResolvedAddress[]>;

export const lookupBySystem: Lookup = (hostname) => systemLookup(hostname, { all: true });

export interface GuardedConnector {
  connect: buildConnector.connector;
  /** Destroys every socket, connected or connecting. */
  destroyAll(): void;
}

/**
 * Opens connections to public addresses only. A name is resolved here and nowhere else; all its addresses must be public, because the
 * system may try any; the connection is made to exactly the addresses that were checked, so that a name that resolves otherwise a
 * moment later (DNS rebinding) gains nothing; and the far end of the connected socket is checked once more. With a tunnel the same
 * checked addresses are asked of the proxy, one after another.
 */
export function guardedConnector(lookup: Lookup, testHosts: TestHosts, tunnel: OpenTunnel | null): GuardedConnector {
  const sockets = new Set<Socket>();
  const open = buildConnector({
    timeout: CONNECT_TIMEOUT_MS,
    lookup: checkedLookup(lookup),
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: ADDRESS_ATTEMPT_TIMEOUT_MS,
  });

  const connect: buildConnector.connector = (options, callback) => {
    const testHost = testHosts.get(options.hostname);
    const literal = addressOf(options.hostname);
    if (testHost === undefined && literal !== null && !isPublicAddress(literal)) {
      callback(refusal('address-not-public', literal), null);
      return;
    }
    if (tunnel !== null) return connectThrough({ tunnel, lookup, testHost, open, sockets }, options, callback);
    const place = testHost ?? { address: literal ?? options.hostname, port: options.port };
    const opened: unknown = open({ ...options, hostname: place.address, port: String(place.port) }, (...result) => {
      const [error, socket] = result;
      if (error !== null) return callback(error, null);
      const remote = socket.remoteAddress ?? '';
      const isExpected = testHost === undefined ? isPublicAddress(remote) : remote === testHost.address;
      if (isExpected) return callback(null, socket);
      socket.destroy();
      callback(refusal('address-not-public', `connected to ${remote || 'nowhere'}`), null);
    });
    // undici's connector returns its socket at once, which its types do not say; without it a connecting socket outlives close().
    track(opened as Socket, sockets);
  };

  return { connect, destroyAll: () => sockets.forEach((socket) => void socket.destroy()) };
}

interface Tunnelling {
  tunnel: OpenTunnel;
  lookup: Lookup;
  testHost: TestHost | undefined;
  open: buildConnector.connector;
  sockets: Set<Socket>;
}

/** The far end of such a socket is the proxy: that the proxy connects where it was told is the operator's trust in it. */
function connectThrough(
  tunnelling: Tunnelling,
  options: buildConnector.Options,
  callback: buildConnector.Callback,
): void {
  openTunnel(tunnelling, options).then(
    (socket) => {
      track(socket, tunnelling.sockets);
      if (options.protocol !== 'https:') return callback(null, socket);
      const servername = options.servername ?? options.hostname;
      tunnelling.open({ ...options, servername, httpSocket: socket }, callback);
    },
    (error: Error) => callback(error, null),
  );
}

async function openTunnel({ tunnel, lookup, testHost }: Tunnelling, options: buildConnector.Options): Promise<Socket> {
  const port = options.port || (options.protocol === 'https:' ? '443' : '80');
  if (testHost !== undefined) return tunnel(testHost.address, String(testHost.port));
  const literal = addressOf(options.hostname);
  const addresses = literal === null ? await resolveChecked(lookup, options.hostname) : [{ address: literal }];
  let failure: unknown = refusal('host-not-found', 'no address');
  for (const { address } of addresses) {
    try {
      return await tunnel(address, port);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function track(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket);
  socket.once('close', () => sockets.delete(socket));
}

/** In the form that `net.connect` calls: the checked addresses, or an error, never a part of them. */
function checkedLookup(lookup: Lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolveChecked(lookup, hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (options.all) callback(null, addresses);
        else callback(null, first?.address ?? '', first?.family ?? 0);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
}

async function resolveChecked(lookup: Lookup, hostname: string): Promise<ResolvedAddress[]> {
  const addresses = await lookup(hostname);
  if (addresses.length === 0) throw refusal('host-not-found', 'no address');
  const refused = addresses.find(({ address }) => !isPublicAddress(address));
  if (refused !== undefined) throw refusal('address-not-public', refused.address);
  return addresses;
}
