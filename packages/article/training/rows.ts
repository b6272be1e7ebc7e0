/** From pages to the rows that are trained on: features, labels, weights and folds of every block. */
import { measure } from '../src/blocks.ts';
import { declaredOf } from '../src/declared.ts';
import { findHeadline, keyOf } from '../src/headline.ts';
import { FAR, FEATURE_NAMES, featuresOf } from '../src/likelihood/features.ts';
import { type PageView, viewPage } from '../src/likelihood/page-view.ts';
import { scanPage } from '../src/scan.ts';
import { foldOf, hashOf } from './folds.ts';
import { type Label, labelBlocks } from './label.ts';
import type { GoldPage } from './pages.ts';

export interface PageRows {
  set: string;
  id: string;
  url: string;
  fold: number;
  view: PageView;
  /** Null for blocks that are not looked at. */
  features: (Float32Array | null)[];
  labels: Label[];
  weights: Float32Array;
}

/** One domain in three is shown as if it called its places nothing: so the model also learns to do without. */
const MASKED_EVERY = 3;
const LABEL_COLUMNS = FEATURE_NAMES.flatMap((name, at) => (name.startsWith('to:.') ? [at] : []));

function isMasked(url: string): boolean {
  return hashOf(url) % MASKED_EVERY === 0;
}

function withoutLabels(row: Float32Array): Float32Array {
  const masked = row.slice();
  for (const at of LABEL_COLUMNS) masked[at] = FAR;
  return masked;
}

const PAGE_WEIGHT = 100;
/** Blocks near the article are the hard ones; of those farther away one in four stands for all. */
const NEAR_BLOCKS = 8;
const FAR_EVERY = 4;
/** A page of which less of the gold text is found was changed, or is not the page that was annotated. */
const FOUND_MIN = 0.6;

export function rowsOf(page: GoldPage): PageRows | null {
  const scanned = scanPage(page.html);
  if (scanned.blocks.length === 0) return null;
  const declared = declaredOf(scanned);
  const headline = findHeadline(measure(scanned.blocks), declared.titles.map(keyOf).filter(Boolean));
  const view = viewPage(scanned.blocks, headline, declared);
  const found = featuresOf(view);
  const features = isMasked(page.url) ? found.map((row) => row && withoutLabels(row)) : found;
  const labels = labelsOf(view, page).map((label, at) => (features[at] === null ? -1 : label));
  const words = view.views.map((block) => block.words);
  const isUsable =
    page.body === undefined ? labels.some((label) => label >= 0) : foundShare(view, labels, page.body) >= FOUND_MIN;
  const weights = isUsable ? weightsOf(words, labels, page) : new Float32Array(words.length);
  return {
    set: page.set,
    id: page.id,
    url: page.url,
    fold: foldOf(page.url),
    view,
    features,
    labels,
    weights,
  };
}

function labelsOf(view: PageView, page: GoldPage): Label[] {
  if (page.body === undefined) return chunkLabels(view, page);
  const texts = view.views.map(({ block }) => block.text);
  return labelBlocks(texts, page.body, page.title);
}

function foundShare({ views }: PageView, labels: readonly Label[], gold: string): number {
  const found = views.reduce((sum, { wording }, at) => sum + (labels[at] === 1 ? wording.list.length : 0), 0);
  return found / Math.max(1, (gold.match(/[\p{L}\p{N}_]+/gu) ?? []).length);
}

function weightsOf(words: readonly number[], labels: readonly Label[], page: GoldPage): Float32Array {
  const mass = words.map((count, at) => (labels[at] === -1 ? 0 : (Math.min(count, 120) + 1) ** 0.7));
  const total = mass.reduce((sum, one) => sum + one, 0) || 1;
  const trust =
    page.body === undefined
      ? labels.filter((label) => label >= 0).length > 12
        ? 0.5
        : 0.25
      : page.set === 'wcxb_dev'
        ? 0.6
        : 1;
  return Float32Array.from(mass, (one, at) => {
    const isNear = labels.slice(Math.max(0, at - NEAR_BLOCKS), at + NEAR_BLOCKS + 1).includes(1);
    if (!isNear && page.body !== undefined && at % FAR_EVERY !== 0) return 0;
    const share = (one / total) * PAGE_WEIGHT * trust;
    return isNear || page.body === undefined ? share : share * FAR_EVERY;
  });
}

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Where only chunks are known, only the blocks that hold one are decided. */
function chunkLabels({ views }: PageView, page: GoldPage): Label[] {
  const wanted = page.with.map(squeeze);
  const unwanted = page.without.map(squeeze);
  return views.map(({ block }) => {
    const text = squeeze(block.text);
    if (wanted.some((chunk) => text.includes(chunk))) return 1;
    return unwanted.some((chunk) => text.includes(chunk) && chunk.length > text.length / 4) ? 0 : -1;
  });
}
