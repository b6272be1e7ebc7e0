/** The part of npm `minhash` that benchmarks and reference tests use; the package has no types. */
declare module 'minhash' {
  export class Minhash {
    constructor(options?: { numPerm?: number; seed?: number });
    hashvalues: number[];
    update(shingle: string): void;
    jaccard(other: Minhash): number;
  }
  export class LshIndex {
    constructor(options?: { bandSize?: number });
    insert(key: string, signature: Minhash): void;
    query(signature: Minhash): string[];
  }
}
