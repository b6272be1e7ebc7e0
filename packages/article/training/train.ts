/**
 * Trains the model of the body: two stages of boosted trees, the second of which sees how likely the first finds a block's surroundings.
 * Beside the model for use it trains one for each fold without the domains of that fold: with these, and only these, quality is measured.
 *
 *   node --import tsx packages/article/training/train.ts PAGES_FOLDER WORK_FOLDER
 *
 * PAGES_FOLDER holds a folder for each set, with `items.jsonl` and its pages; WORK_FOLDER gets tables of about 1 GB. Needs Debian's
 * `python3-xgboost`, and 3 GB of memory.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONTEXT_NAMES, contextOf } from '../src/likelihood/context.ts';
import { FEATURE_NAMES } from '../src/likelihood/features.ts';
import type { PackedModel } from '../src/likelihood/packed-model.ts';
import { FOLDS } from './folds.ts';
import { packForest } from './pack.ts';
import { readGoldPages } from './pages.ts';
import { type PageRows, rowsOf } from './rows.ts';
import { openTrainer } from './trainer.ts';

const SETS = ['naeb', 'fundus', 'wcxb_dev', 'trafi', 'mozilla'];

const [from, work] = process.argv.slice(2);
if (from === undefined || work === undefined) throw new Error('usage: train.ts PAGES_FOLDER WORK_FOLDER');

const pages = SETS.flatMap((set) => [...readGoldPages(from, set)].flatMap((page) => rowsOf(page) ?? []));
const trainer = openTrainer(work, pages);
const folds = Array.from({ length: FOLDS }, (_, fold) => fold);
const lookedAt = trainFirst();
trainSecond();
for (const kept of folds) writeModel(`unseen/${kept}.json`, [kept]);
writeModel('../src/likelihood/model.json', []);

function nameOf(stage: 'first' | 'second', without: readonly number[]): string {
  return `${stage}-without-${[...without].sort((a, b) => a - b).join('-') || 'none'}`;
}

/** One model without each fold, one without each two, and one of all. */
function trainFirst(): ReadonlyMap<string, Float32Array> {
  const pairs = folds.flatMap((a) => folds.filter((b) => b > a).map((b) => [a, b]));
  const jobs = [...folds.map((fold) => [fold]), ...pairs, []].map((without) => ({
    name: nameOf('first', without),
    without,
  }));
  const found = trainer.train(jobs);
  return new Map(jobs.map(({ name }, at) => [name, found[at] ?? new Float32Array()]));
}

/**
 * What the first stage finds likely on each page, by a model that saw neither the page's domain nor those of the fold that is kept back:
 * a second stage that learned from what the first knows by heart would trust it too far.
 */
function firstLook(kept: number | null): number[][] {
  let row = 0;
  return pages.map((page) => {
    const without = kept === null || kept === page.fold ? [page.fold] : [page.fold, kept];
    const likelihoods = lookedAt.get(nameOf('first', without));
    return page.features.map((own) => {
      const likelihood = likelihoods?.[row++] ?? 0;
      return own === null ? 0 : likelihood;
    });
  });
}

function trainSecond(): void {
  for (const kept of [...folds, null]) {
    const looks = firstLook(kept);
    const context = pages.map((page: PageRows, at) => contextOf(page.view, looks[at] ?? []));
    const without = kept === null ? [] : [kept];
    trainer.train([
      { name: nameOf('second', without), without, extra: { rows: context, columns: CONTEXT_NAMES.length } },
    ]);
  }
}

function writeModel(file: string, without: readonly number[]): void {
  const features = [...FEATURE_NAMES, ...CONTEXT_NAMES];
  const model: PackedModel = {
    features,
    first: packForest(trainer.treesOf(nameOf('first', without)), FEATURE_NAMES.length),
    second: packForest(trainer.treesOf(nameOf('second', without)), features.length),
  };
  writeFileSync(join(import.meta.dirname, file), `${JSON.stringify(model)}\n`);
}
