export { reindexStore } from './reindex.ts';
export { type Service, startService } from './service.ts';
