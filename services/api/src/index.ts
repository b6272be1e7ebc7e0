export type { ApiOptions } from './app.ts';
export { type Api, startApi } from './listen.ts';
