/** The trained model of the body, and how a page is put to it. */
import { CONTEXT_NAMES, contextOf } from './context.ts';
import { FEATURE_NAMES, featuresOf } from './features.ts';
import { askForest, type Forest, unpackForest } from './forest.ts';
import packed from './model.json' with { type: 'json' };
import type { PackedModel } from './packed-model.ts';
import type { PageView } from './page-view.ts';

export interface BodyModel {
  first: Forest;
  second: Forest;
}

/** Blocks among which the first look finds nothing likelier than this are furniture, and not looked at again. */
const WORTH_A_LOOK = 0.03;
const NEAR_BLOCKS = 4;

/** @throws when the model was trained on other features than the code computes */
export function unpackModel({ features, first, second }: PackedModel): BodyModel {
  const expected = [...FEATURE_NAMES, ...CONTEXT_NAMES].join();
  if (features.join() !== expected)
    throw new Error('The model of the body was trained on other features: train it again.');
  return { first: unpackForest(first), second: unpackForest(second) };
}

/** The model that pages are read with. */
export const BODY_MODEL = unpackModel(packed);

/** How likely each block of a page is the article's own text, 0 to 1. */
export function likelihoodsOf(page: PageView, { first, second }: BodyModel): number[] {
  const features = featuresOf(page);
  const look = features.map((row) => (row === null ? 0 : askForest(first, row)));
  const context = contextOf(page, look);
  const row = new Float32Array(FEATURE_NAMES.length + CONTEXT_NAMES.length);
  return look.map((likely, at) => {
    const own = features[at] ?? null;
    if (own === null || !isWorthALook(look, at)) return likely;
    row.set(own);
    row.set(context[at] ?? [], FEATURE_NAMES.length);
    return askForest(second, row);
  });
}

function isWorthALook(look: readonly number[], at: number): boolean {
  const end = Math.min(look.length - 1, at + NEAR_BLOCKS);
  for (let near = Math.max(0, at - NEAR_BLOCKS); near <= end; near += 1) {
    if ((look[near] ?? 0) >= WORTH_A_LOOK) return true;
  }
  return false;
}
