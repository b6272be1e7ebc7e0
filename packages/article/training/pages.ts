/** The development pages that the model is trained on and tried on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePage } from '../src/page.ts';

export interface GoldPage {
  set: string;
  id: string;
  url: string;
  html: string;
  /** The article's text; undefined where a set has only chunks. */
  body?: string;
  with: string[];
  without: string[];
  title: string;
}

const UNKNOWN_URL = 'https://unknown.example/';

interface Item {
  id: string;
  url?: string | null;
  site?: string | null;
  file: string;
  body?: string | null;
  with?: string[] | null;
  without?: string[] | null;
  title?: string | null;
}

/** Pages of a set: a folder with `items.jsonl` and the pages that it names. */
export function* readGoldPages(folder: string, set: string): Generator<GoldPage> {
  const lines = readFileSync(join(folder, set, 'items.jsonl'), 'utf8')
    .split('\n')
    .filter(Boolean);
  for (const line of lines) {
    const item = JSON.parse(line) as Item;
    yield {
      set,
      id: String(item.id),
      url: item.url ?? UNKNOWN_URL,
      html: decodePage(readFileSync(join(folder, set, item.file)), null).html,
      ...(item.body ? { body: item.body } : {}),
      with: item.with ?? [],
      without: item.without ?? [],
      title: item.title ?? '',
    };
  }
}
