import { UNKNOWN_SOURCE_KEY } from '@wirefold/article';
import { type Furniture, furnitureIn, learnFurniture, NO_FURNITURE, type PrintedText } from '@wirefold/dedup';

/** Passages that are shown of what was learned; a reader who wants more looks at the articles. */
const EXAMPLES_MAX = 20;
/** A passage is shown up to here; a whole paragraph is no longer. */
const EXAMPLE_CHARS_MAX = 300;

/** A passage that a source repeats, as one of its articles has it. */
export interface FurnitureExample {
  text: string;
  /** Articles of the sample that hold it. */
  articles: number;
}

/** What is learned of a source from a sample of its articles. */
export interface LearnedSource {
  furniture: Furniture;
  /** At most 20 readable passages, by how many articles hold them and then by text. */
  examples: FurnitureExample[];
}

/**
 * A pure function of the set of articles: neither their order nor who asks matters. What articles of no known source share is no site's, and
 * nothing is learned of them.
 */
export function learnSource(sourceKey: string, sample: PrintedText[]): LearnedSource {
  if (sourceKey === UNKNOWN_SOURCE_KEY) return { furniture: NO_FURNITURE, examples: [] };
  const furniture = learnFurniture(sample);
  return { furniture, examples: examplesOf(sample, furniture) };
}

function examplesOf(sample: PrintedText[], furniture: Furniture): FurnitureExample[] {
  const counts = new Map<string, number>();
  for (const { body } of sample) {
    const passages = furnitureIn(body, furniture).map(({ start, end }) => readable(body.slice(start, end)));
    for (const text of new Set(passages)) if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .map(([text, articles]) => ({ text, articles }))
    .sort((a, b) => b.articles - a.articles || (a.text < b.text ? -1 : 1))
    .slice(0, EXAMPLES_MAX);
}

function readable(passage: string): string {
  return passage.replace(/\s+/gu, ' ').trim().slice(0, EXAMPLE_CHARS_MAX);
}
