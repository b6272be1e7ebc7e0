import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Nothing but our own files, and a script that asks this host only. */
const OURS_ONLY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  connectSrc: ["'self'"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'"],
  formAction: ["'self'"],
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The headers of every answer. Whoever puts TLS before it says so by HSTS there. */
export function securityHeaders(): RequestHandler {
  return helmet({
    contentSecurityPolicy: { useDefaults: false, directives: OURS_ONLY },
    strictTransportSecurity: false,
    // Browsers complain about these two on plain http, and they protect pages with scripts.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
  });
}

/** The same policy with what bull-board's page needs: its addresses stand on a base, and its pictures have style in them. */
export function jobBoardPolicy(): RequestHandler {
  const directives = { ...OURS_ONLY, baseUri: ["'self'"], styleSrc: ["'self'", "'unsafe-inline'"] };
  return helmet.contentSecurityPolicy({ useDefaults: false, directives });
}
