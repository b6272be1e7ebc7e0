/** From the trees that the trainer writes to the file that is read with them. */
import { LEAF, LEAF_SCALE, NODE_BYTES, type PackedForest } from '../src/likelihood/forest.ts';

/** A leaf `[-1, value]`, or `[feature, cut, index of the right child]` with the left child next. */
export type TrainedNode = [number, number] | [number, number, number];

const CUTS_MAX = 256;

/** @throws when a forest has more features, cuts or nodes a tree than the file has room for */
export function packForest(trees: readonly (readonly TrainedNode[])[], features: number): PackedForest {
  const cuts = Array.from({ length: features }, (_, feature) => cutsOf(trees, feature));
  const at = cuts.map((values) => new Map(values.map((value, index) => [value, index])));
  if (features >= LEAF || cuts.some((values) => values.length > CUTS_MAX))
    throw new Error('The forest does not fit its file.');
  const bytes = Buffer.alloc(trees.reduce((sum, tree) => sum + tree.length, 0) * NODE_BYTES);
  let offset = 0;
  for (const tree of trees) {
    tree.forEach(([feature, value, right], index) => {
      bytes.writeUInt8(right === undefined ? LEAF : feature, offset);
      if (right === undefined) bytes.writeInt16LE(Math.round(value * LEAF_SCALE), offset + 2);
      else {
        bytes.writeUInt8(at[feature]?.get(value) ?? 0, offset + 1);
        bytes.writeUInt16LE(right - index, offset + 2);
      }
      offset += NODE_BYTES;
    });
  }
  return { cuts, sizes: trees.map((tree) => tree.length), nodes: bytes.toString('base64') };
}

function cutsOf(trees: readonly (readonly TrainedNode[])[], feature: number): number[] {
  const values = new Set<number>();
  for (const tree of trees)
    for (const [asked, value, right] of tree) if (right !== undefined && asked === feature) values.add(value);
  return [...values].sort((a, b) => a - b);
}
