/** Hands tables to the trainer, a Python program that knows of rows and columns only, and reads what it writes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FEATURE_NAMES } from '../src/likelihood/features.ts';
import type { TrainedNode } from './pack.ts';
import type { PageRows } from './rows.ts';

/** More trees did not find more on domains that no tree had seen. */
const TREES = 150;
const SEED = 7;
/** Debian's own Python is the one that finds Debian's xgboost. */
const PYTHON = '/usr/bin/python3';

export interface Job {
  name: string;
  /** Folds that the model must not see. */
  without: readonly number[];
  /** Columns beside the features, a row for each block of each page. */
  extra?: { rows: readonly (readonly Float32Array[])[]; columns: number };
}

export interface Trainer {
  /** Trains a model for each job; gives its likelihoods for the blocks of all pages, in order. */
  train(jobs: readonly Job[]): Float32Array[];
  treesOf(name: string): TrainedNode[][];
}

/** Writes the features of all pages into a folder, for jobs to be trained on. */
export function openTrainer(folder: string, pages: readonly PageRows[]): Trainer {
  mkdirSync(folder, { recursive: true });
  const at = (name: string): string => join(folder, name);
  const write = (name: string, table: Float32Array | Int8Array): string => {
    writeFileSync(at(name), table);
    return at(name);
  };
  const columns = FEATURE_NAMES.length;
  const table = {
    rows: pages.reduce((sum, page) => sum + page.labels.length, 0),
    columns,
    features: write(
      'features.bin',
      tableOf(
        pages.map((page) => page.features),
        columns,
      ),
    ),
    labels: write('labels.bin', Int8Array.from(pages.flatMap((page) => page.labels))),
    weights: write('weights.bin', Float32Array.from(pages.flatMap((page) => [...page.weights]))),
    folds: write('folds.bin', Int8Array.from(pages.flatMap((page) => page.labels.map(() => page.fold)))),
  };
  return {
    train(jobs) {
      const files = jobs.map(({ name, without, extra }) => ({
        without,
        predictions: at(`${name}.bin`),
        trees: at(`${name}.json`),
        ...(extra && {
          extra: { file: write('extra.bin', tableOf(extra.rows, extra.columns)), columns: extra.columns },
        }),
      }));
      const plan = at('plan.json');
      writeFileSync(plan, JSON.stringify({ ...table, seed: SEED, rounds: TREES, jobs: files }));
      execFileSync(PYTHON, [join(import.meta.dirname, 'train.py'), plan], { stdio: 'inherit' });
      return files.map(({ predictions }) => {
        const { buffer, byteOffset } = readFileSync(predictions);
        return new Float32Array(buffer, byteOffset, table.rows);
      });
    },
    treesOf: (name) => JSON.parse(readFileSync(at(`${name}.json`), 'utf8')) as TrainedNode[][],
  };
}

function tableOf(pages: readonly (readonly (Float32Array | null)[])[], columns: number): Float32Array {
  const rows = pages.flat();
  const table = new Float32Array(rows.length * columns);
  rows.forEach((row, at) => {
    if (row !== null) table.set(row, at * columns);
  });
  return table;
}
