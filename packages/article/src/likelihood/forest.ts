/** Boosted trees (Friedman 2001; trained by XGBoost): packed for a file, unpacked for use, and asked. */

/** A forest as it stands in a file. A node is four bytes: feature, cut, and how far the right child is; the left one comes next. */
export interface PackedForest {
  /** The values that each feature is cut at, ascending. */
  cuts: readonly (readonly number[])[];
  /** Nodes of each tree. */
  sizes: readonly number[];
  /** Nodes of all trees in preorder, base64. */
  nodes: string;
}

export interface Forest {
  roots: Int32Array;
  /** Feature of each node, -1 for a leaf. */
  feature: Int16Array;
  /** What a feature must be under to go left; the value of a leaf. */
  value: Float32Array;
  right: Int32Array;
}

/** A leaf's mark, and by how much its value is multiplied to fit 16 bits. */
export const LEAF = 255;
export const LEAF_SCALE = 8192;
export const NODE_BYTES = 4;

export function unpackForest({ cuts, sizes, nodes }: PackedForest): Forest {
  const bytes = Buffer.from(nodes, 'base64');
  const count = bytes.length / NODE_BYTES;
  const forest: Forest = {
    roots: new Int32Array(sizes.length),
    feature: new Int16Array(count),
    value: new Float32Array(count),
    right: new Int32Array(count),
  };
  let root = 0;
  sizes.forEach((size, tree) => {
    forest.roots[tree] = root;
    root += size;
  });
  for (let node = 0; node < count; node += 1) {
    const at = node * NODE_BYTES;
    const feature = bytes.readUInt8(at);
    const isLeaf = feature === LEAF;
    forest.feature[node] = isLeaf ? -1 : feature;
    forest.value[node] = isLeaf
      ? bytes.readInt16LE(at + 2) / LEAF_SCALE
      : (cuts[feature]?.[bytes.readUInt8(at + 1)] ?? 0);
    forest.right[node] = isLeaf ? 0 : node + bytes.readUInt16LE(at + 2);
  }
  return forest;
}

/** The likelihood of a row, 0 to 1: the logistic of what all trees add up to. */
export function askForest({ roots, feature, value, right }: Forest, row: Float32Array): number {
  let sum = 0;
  for (let tree = 0; tree < roots.length; tree += 1) {
    let node = roots[tree] as number;
    for (let asked = feature[node] as number; asked >= 0; asked = feature[node] as number) {
      node = (row[asked] as number) < (value[node] as number) ? node + 1 : (right[node] as number);
    }
    sum += value[node] as number;
  }
  return 1 / (1 + Math.exp(-sum));
}
