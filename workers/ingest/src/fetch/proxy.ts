import type { Socket } from 'node:net';
import { Client } from 'undici';
import { refusal } from './failure.ts';

/** A tunnel that takes longer than this to open is as good as down. */
const TUNNEL_TIMEOUT_MS = 10_000;

/** The proxy's answer to CONNECT is a line and a few headers. */
const TUNNEL_HEADER_BYTES_MAX = 8_192;

/** Opens a tunnel to an address and port, and gives its socket. */
export type OpenTunnel = (address: string, port: string) => Promise<Socket>;

/**
 * Tunnels (`CONNECT`) through the egress proxy of the configuration, for plain HTTP too. The proxy is told an address that was checked,
 * never a name: it must not resolve again what was resolved here. Its own address is the operator's choice, and may be private.
 */
export function tunnelThrough(proxy: URL): OpenTunnel {
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const authorization =
    credentials === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };

  return async (address, port) => {
    const place = address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
    const client = new Client(proxy.origin, {
      connect: { timeout: TUNNEL_TIMEOUT_MS },
      headersTimeout: TUNNEL_TIMEOUT_MS,
      maxHeaderSize: TUNNEL_HEADER_BYTES_MAX,
    });
    try {
      const { statusCode, socket } = await client.connect({ path: place, headers: { host: place, ...authorization } });
      if (statusCode === 200) return socket as Socket;
      socket.destroy();
      throw refusal('connection-failed', `the proxy answered ${statusCode}`);
    } finally {
      // The socket of an open tunnel is ours by now; what is left of the client is ended.
      await client.destroy();
    }
  };
}
