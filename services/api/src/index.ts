export { createKey, type KeyInput, keyInputSchema } from './access/key.ts';
export type { ApiOptions } from './app.ts';
export { BODY_BYTES_MAX } from './limits.ts';
export { type Api, startApi } from './listen.ts';
