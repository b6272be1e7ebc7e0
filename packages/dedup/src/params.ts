/**
 * All numbers that decide whether two texts are one. Texts signed under different versions are never compared: raise `version`
 * with any change here, in the tokeniser or in the shingles. "wire" is a labelled benchmark of 5,082 real articles with real site
 * furniture and synthetic edits; "traps" are 120 pairs that fool simpler rules. Figures are for the half of wire that was tuned on.
 */
export const PARAMS = {
  version: 1,

  /** Words in a shingle. 2 lose precision on real news, 4 lose copies with many small edits. */
  shingleWords: 3,

  /** A shingle is a key when its hash falls in the lowest 1/16 of the range: FracMinHash, 29 keys a text on wire. */
  keyFraction: 1 / 16,
  /** And at least this many, so that a copy cut to 50 words is still found. With 1/16: .988 of all pairs of one story share a key. */
  keysMin: 16,
  /** Candidates share at least this part of the smaller sample. On wire it drops 30 % of the candidates and not one link. */
  keyShareMin: 0.05,

  /** A text of fewer words says too little to be anybody's text: it is never linked, not even to its equal. */
  thinWords: 8,
  /** Below this only equal folded text links: templates of 25 words differ in nothing but a name and a number. */
  shortWords: 40,
  /** Shared shingles under which nothing is compared further: a stock phrase has as many. */
  sharedMin: 8,
  /**
   * Most candidates share a few stock phrases and nothing else. Where the lowest quarter of the smaller set's hashes, and at least
   * `sampleMin` of them, holds less than this part of common ones, the rest is not looked at: of texts with a containment of .2 it
   * loses one in 100, and it halves the time.
   */
  sampleFraction: 1 / 4,
  sampleMin: 60,
  sampleContainmentMin: 0.1,
  /** Containment of the smaller shingle set under which no alignment is tried; copies with 4 % of the letters misread have .2. */
  containmentMin: 0.2,

  /**
   * Part of the shorter text's words that must stand in the other in the same order: `alignedMin` where the aligned words are
   * `wholeMin` of the longer text or more, rising to `alignedMinOfPart` where they are next to nothing of it. A digest holds the
   * opening of a short copy and nine other stories; a flat .45 has 1.2 % wrong links, this .5 %.
   */
  alignedMin: 0.45,
  alignedMinOfPart: 0.8,
  wholeMin: 0.4,
  /**
   * Words that stand against other words, in the lead or between aligned passages, for each aligned word. Copies of one text differ
   * by what is added or cut (median .02); two articles in the same furniture have two bodies there (median .56). .2 gains .004
   * recall and has half as many wrong links again.
   */
  replacedMax: 0.15,

  /** A replaced place counts as a changed fact up to this many words on either side; longer ones are replaced passages. */
  placeWordsMax: 8,
  /** Changed facts for each 100 aligned words. Copies have 0 to 0.5, templated texts 3 to 29, a wall with a new headline 0.85. */
  changesPer100WordsMax: 0.8,
  /** Places up to this many words are compared letter by letter, because misread words also run together. */
  spellingWordsMax: 12,
  /** Two spellings of one wording differ in at most this part of their letters. */
  spellingShareMax: 0.2,
  /** Shorter words must be equal: Iran is not Iraq, Obama is not Osama. */
  spellingLettersMin: 6,
  /** Longer passages are not compared letter by letter: twelve words have 70 letters, and the work grows with the square. */
  spellingLettersMax: 160,

  /** From this Jaccard on two texts are called the same text. */
  sameTextJaccard: 0.7,
  /** From this containment on one text is said to contain the other. */
  containsMin: 0.8,

  /** Cells of the table that aligns the words of one gap; larger gaps are replaced passages as a whole. */
  gapCellsMax: 4096,
  /** Runs of common shingles that an alignment considers; beyond, only the longest. 50 are common, 200 are rare. */
  runsMax: 400,
  /** Words of a gap that must be found again in order, as a part of its smaller side, for the gap to be divided at them. */
  gapAlignedMin: 1 / 3,
  /** Examples of changed facts that a verdict carries. */
  examplesMax: 3,
} as const;

export type Params = { readonly [Name in keyof typeof PARAMS]: number };
