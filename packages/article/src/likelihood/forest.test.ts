import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packForest, type TrainedNode } from '../../training/pack.ts';
import { askForest, unpackForest } from './forest.ts';

const FEATURES = 5;
const number = fc.integer({ min: -400, max: 400 }).map((value) => value / 16);

type Tree = { leaf: number } | { feature: number; cut: number; left: Tree; right: Tree };

const { tree: anyTree } = fc.letrec<{ tree: Tree; leaf: Tree; fork: Tree }>((tie) => ({
  tree: fc.oneof({ maxDepth: 5, depthSize: 'small' }, tie('leaf'), tie('fork')),
  leaf: fc.record({ leaf: fc.integer({ min: -8000, max: 8000 }).map((value) => value / 8192) }),
  fork: fc.record({
    feature: fc.nat(FEATURES - 1),
    cut: number,
    left: tie('tree'),
    right: tie('tree'),
  }),
}));

function preorder(tree: Tree): TrainedNode[] {
  if ('leaf' in tree) return [[-1, tree.leaf]];
  const left = preorder(tree.left);
  const shift = (nodes: TrainedNode[], by: number): TrainedNode[] =>
    nodes.map(([feature, value, right]) => (right === undefined ? [feature, value] : [feature, value, right + by]));
  const right = left.length + 1;
  return [[tree.feature, tree.cut, right], ...shift(left, 1), ...shift(preorder(tree.right), right)];
}

function ask(tree: Tree, row: Float32Array): number {
  if ('leaf' in tree) return tree.leaf;
  return ask((row[tree.feature] ?? 0) < tree.cut ? tree.left : tree.right, row);
}

describe('a forest', () => {
  test('packed and unpacked says what its trees say', () => {
    const rows = fc.array(number, { minLength: FEATURES, maxLength: FEATURES });
    fc.assert(
      fc.property(fc.array(anyTree, { minLength: 1, maxLength: 6 }), rows, (trees, values) => {
        const row = Float32Array.from(values);
        const sum = trees.reduce((total, tree) => total + ask(tree, row), 0);
        const forest = unpackForest(packForest(trees.map(preorder), FEATURES));
        expect(askForest(forest, row)).toBeCloseTo(1 / (1 + Math.exp(-sum)), 5);
      }),
    );
  });

  test('that does not fit its file is refused', () => {
    const cuts = Array.from({ length: 300 }, (_, at): TrainedNode[] => [
      [0, at, 2],
      [-1, 0],
      [-1, 1],
    ]);
    expect(() => packForest(cuts, FEATURES)).toThrow('does not fit');
  });
});
