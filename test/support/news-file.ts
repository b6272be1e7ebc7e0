import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { generateNews } from './generated-news.ts';
import { developmentData } from './shared.ts';

/** Articles for a benchmark, as `wirefold cluster` reads them, and what to call them in its table. */
export interface News {
  name: string;
  lines: string[];
}

const GENERATED_ARTICLES = 5000;

/** The labelled development set where it is at hand, else news made by rule. */
export function newsForBenchmarks(): News {
  const file = developmentData('data/dedup/wire-dev.jsonl.gz');
  if (file !== null) {
    const lines = gunzipSync(readFileSync(file)).toString().trim().split('\n');
    return { name: `wire-dev, ${lines.length} articles`, lines };
  }
  const lines = generateNews(GENERATED_ARTICLES).map((article) => JSON.stringify(article));
  return { name: `generated news, ${lines.length} articles`, lines };
}
