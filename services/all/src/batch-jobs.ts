import type { Furniture } from '@wirefold/dedup';
import { createLinker, type LinkCount } from './batch-link.ts';
import { type Components, planBatch } from './batch-plan.ts';
import { type ReadBatch, readBatch } from './batch-read.ts';
import type { BatchContext, Share } from './batch-shared.ts';
import { learnBatch, type SignBatch, type SourceSample, signBatch } from './batch-sign.ts';
import { type BatchTexts, createBatchTexts } from './batch-texts.ts';
import type { Line } from './lines.ts';

/** A range of rows, end exclusive. */
export interface RowRange {
  from: number;
  to: number;
}

/** The work of a batch in pieces that any thread can do; the main thread is one. What a piece needs was shared before. */
export interface Jobs {
  read(lines: Line[]): ReadBatch;
  learn(samples: SourceSample[]): [number, Furniture][];
  sign(range: RowRange): SignBatch;
  link(range: RowRange): LinkCount;
  plan(components: Components): number;
}

export interface Worker {
  jobs: Jobs;
  share(share: Share): void;
}

export function createWorker(context: BatchContext): Worker {
  let rows: Extract<Share, { kind: 'rows' }> | null = null;
  let furniture = new Map<number, Furniture>();
  let texts: BatchTexts | null = null;
  let link: ((range: RowRange) => LinkCount) | null = null;
  let textOf: Uint32Array | null = null;
  return {
    jobs: {
      read: (lines) => readBatch(lines, context),
      learn: (samples) => learnBatch(samples, context, present(rows).read),
      sign: (range) => signBatch(range, context, { ...present(rows), furniture }),
      link: (range) => present(link)(range),
      plan: (components) =>
        planBatch(components, context, { ...present(rows), textOf: present(textOf), texts: present(texts) }),
    },
    share(share) {
      if (share.kind === 'rows') {
        rows = share;
        texts = createBatchTexts(context, share.signed);
      } else if (share.kind === 'furniture') furniture = share.furniture;
      else if (share.kind === 'texts') textOf = share.textOf;
      else link = createLinker(share, present(texts));
      // Between the passes nothing of the one before is needed any more.
      if (share.kind === 'texts') link = null;
    },
  };
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('A job came before what it needs was shared.');
  return value;
}
