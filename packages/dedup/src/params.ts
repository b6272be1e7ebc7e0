/**
 * All numbers that decide whether two texts are one. Texts signed under different versions are never compared: raise `version`
 * with any change here, in the tokeniser or in the shingles. "wire" is a labelled benchmark of 5,082 real articles with real site
 * furniture and synthetic edits; "traps" are 120 pairs that fool simpler rules. The numbers were chosen on wire, so their figures flatter them.
 */
export const PARAMS = {
  version: 2,

  /** Words in a shingle. 2 lose precision on real news, 4 lose copies with many small edits. */
  shingleWords: 3,
  /**
   * Characters in a shingle that begins with one of Han or kana, and letters with their marks in one of Thai, Lao, Khmer or Burmese:
   * unrelated texts then share as few as they do with three words of English or German.
   */
  shingleIdeographs: 5,
  shingleClusters: 8,
  /** How far, in UTF-16 units, a word is searched for Latin letters to read a capital by its looks: longer than words are. */
  lookAlikeUnitsMax: 32,

  /** A shingle is a key when its hash falls in the lowest 1/16 of the range: FracMinHash, 38 keys a text on wire. */
  keyFraction: 1 / 16,
  /** And at least this many, so that a copy cut to 50 words is found by most of its shingles. 16 find as much on wire, with more verdicts. */
  keysMin: 32,
  /** Candidates share keys as texts do of which one holds .15 of the other: three quarters of what a verdict asks for at least. */
  keyShareMin: 0.15,

  /** A text of fewer words says too little to be anybody's text: it is never linked, not even to its equal. */
  thinWords: 8,
  /** Below this only equal folded text links: a headline and a credit have as many words. */
  briefWords: 16,
  /**
   * Below this a text is short, and has to stand in the other one nearly word for word, without a single changed fact: templates of
   * 25 words differ in nothing but a name and a number. Short copies are mostly cuts of the opening; 47 of 55 are
   * found on wire.
   */
  shortWords: 40,
  alignedMinOfShort: 0.85,
  replacedMaxOfShort: 0.05,
  /** Shared shingles under which nothing is compared further: a stock phrase has as many. */
  sharedMin: 8,
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
   * A text that holds another one only as a part has to begin with it: a cut keeps the opening, while a digest has nine other stories
   * before it. So many words of the longer text, and such a part of it, may stand before the first aligned one (a dateline, a local
   * paragraph). On wire it takes away half of the wrong links and no right one.
   */
  beforeWordsMax: 60,
  beforeShareMax: 0.2,
  /**
   * Words that stand against other words, in the lead or between aligned passages, for each aligned word. Copies of one text differ
   * by what is added or cut (median .02); two articles in furniture that is not known yet have two bodies there (median .56).
   */
  replacedMax: 0.25,

  /** A replaced place counts as a changed fact up to this many words on either side; longer ones are replaced passages. */
  placeWordsMax: 8,
  /** Changed facts for each 100 aligned words. Copies have 0 to 0.5, templated texts 3 to 29, a wall with a new headline 0.85. */
  changesPer100WordsMax: 0.8,
  /** What a replaced run of words counts in a script without capitals: a name or another wording, and nothing in it says which. */
  caselessChanges: 0.5,
  /** Places up to this many words are compared letter by letter, because misread words also run together. */
  spellingWordsMax: 12,
  /** Two spellings of one wording differ in at most this part of their letters. */
  spellingShareMax: 0.2,
  /** Shorter words must be equal: Iran is not Iraq, Obama is not Osama. */
  spellingLettersMin: 6,
  /**
   * A text that a machine read from paper has misread words everywhere. Where at least `noiseMin` places, and this part of the
   * aligned words, are mere spelling, shorter words may be misread, too, and more of their letters, and some that are beyond repair
   * count as changed facts. Of clean copies 99 in 100 have at most .012; where 2, 4 and 7 % of the letters are misread the median is
   * .04, .09 and .13.
   */
  noiseMin: 4,
  noiseShareMin: 0.04,
  noisyLettersMin: 2,
  noisyShareMax: 0.34,
  noisyChangesPer100WordsMax: 2,
  /** Longer passages are not compared letter by letter: twelve words have 70 letters, and the work grows with the square. */
  spellingLettersMax: 160,

  /** From this Jaccard on two texts are called the same text. */
  sameTextJaccard: 0.7,
  /** From this containment on one text is said to contain the other. */
  containsMin: 0.8,

  /** What stands in two stories of a source, and in a tenth of them, is its furniture: on a large source phrases meet by chance. */
  furnitureStoriesMin: 2,
  furnitureShareMin: 0.1,
  /** No source prints one text under five headlines. */
  furnitureHeadlinesMin: 5,
  /** Articles of one source that share this part of the shorter one's shingles are one story: an update, a second address. */
  furnitureSameStoryMin: 0.5,
  /** Furniture inside a line is at least this long: 3 take away four times as many words of the articles, 6 a sixth more. */
  furnitureRunWords: 9,

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
