import { articleIdOfText } from '@wirefold/article';
import type { Submission } from '@wirefold/store';
import { BUDGET, FERRY, LIBRARY, weather } from './news-texts.ts';

/** A submission of a pushed text, with the id that the API would give it. */
export function pushedText(source: string, title: string, paragraphs: string[]): Submission {
  const text = paragraphs.join('\n\n');
  return {
    id: articleIdOfText({ source, title, text }),
    url: null,
    canonicalUrl: null,
    pushed: { kind: 'text', title, text, source, published: null, isCard: false },
    partOf: null,
  };
}

/** Copies of three texts, whole, cut at either end and furnished, with templated reports between them: 18 articles. */
export function copiesOfNews(): Submission[] {
  const families = [FERRY, LIBRARY, BUDGET].flatMap(({ headline, paragraphs }, family) => [
    pushedText(`Wire ${family}`, headline, paragraphs),
    pushedText(`Echo ${family}`, headline, paragraphs),
    pushedText(`Morning ${family}`, `${headline} (morning)`, paragraphs.slice(0, -2)),
    pushedText(`Evening ${family}`, `${headline} (evening)`, paragraphs.slice(1)),
    pushedText(`Letter ${family}`, `${headline} (letter)`, [
      'From our readers in the valley, with thanks to all who wrote.',
      ...paragraphs,
    ]),
  ]);
  const reports = [
    pushedText('Shore', 'Varholm weather', weather('Varholm', 'Monday', 51, 38, 'south', 20)),
    pushedText('Shore', 'Ostervik weather', weather('Ostervik', 'Tuesday', 44, 29, 'west', 70)),
    pushedText('Shore', 'Lindesnar weather', weather('Lindesnar', 'Friday', 47, 33, 'east', 10)),
  ];
  return [...families, ...reports];
}
