import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import {
  CONNECTIONS_MAX,
  HEADER_BYTES_MAX,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_MS,
  REQUEST_TIMEOUT_MS,
  REQUESTS_A_CONNECTION_MAX,
  TIMEOUT_CHECK_MS,
} from './limits.ts';
import { PROBLEMS, type ProblemWord, problemDocument } from './problem.ts';

/** What bounds a connection before a request of it is read. */
export const HTTP_LIMITS = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: TIMEOUT_CHECK_MS,
  maxHeaderSize: HEADER_BYTES_MAX,
  maxRequestsPerSocket: REQUESTS_A_CONNECTION_MAX,
};

/** An HTTP server with these bounds, which answers what breaks them with a problem document, too. */
export function boundedServer(listener: RequestListener, limits: typeof HTTP_LIMITS = HTTP_LIMITS): Server {
  const { maxRequestsPerSocket, ...options } = limits;
  const server = createServer(options, listener);
  server.maxConnections = CONNECTIONS_MAX;
  server.maxRequestsPerSocket = maxRequestsPerSocket;
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) socket.destroy();
    else socket.end(rawProblem(wordOf(error.code)));
  });
  return server;
}

function wordOf(code: string | undefined): ProblemWord {
  if (code === 'HPE_HEADER_OVERFLOW') return 'headers-too-large';
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'too-slow' : 'bad-request';
}

/** The answer to what was no request, so that nothing else can write it. */
function rawProblem(word: ProblemWord): string {
  const { status, title } = PROBLEMS[word];
  const body = JSON.stringify(problemDocument(word));
  const headers = `Content-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close`;
  return `HTTP/1.1 ${status} ${title}\r\n${headers}\r\n\r\n${body}`;
}
