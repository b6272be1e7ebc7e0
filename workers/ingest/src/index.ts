export { configuredFetcher } from './configured.ts';
export { type DeliverOptions, startDeliver } from './deliver.ts';
export { createDocumentReader } from './feeds/document-reader.ts';
export { type FeedsOptions, startFeeds } from './feeds/start-feeds.ts';
export { decodeBody, encodingOf } from './fetch/decode.ts';
export type { Fetcher, FetcherOptions } from './fetch/fetcher.ts';
export type { FetchedPage, FetchResult } from './fetch/result.ts';
export { type IngestOptions, startIngest } from './ingest.ts';
