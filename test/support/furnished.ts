import type { Submission } from '@wirefold/store';
import { pushedText } from './copies.ts';
import { BUDGET, FERRY, LIBRARY } from './news-texts.ts';

/** What the Valley Gazette prints under each of its articles: no rule knows it, and it is longer than what stands above it. */
const ABOUT_THE_GAZETTE = [
  'The Valley Gazette is written by nineteen people between the two bridges and the old lime kiln, and it belongs to the four hundred households that carry a share of it in their kitchen drawers.',
  'Our newsroom stands above the bakery in Stone Street, where the stairs are steep and the coffee is free for everybody who brings a story, a correction, a photograph of a flood or a complaint about the bus.',
  'What you have read was checked by two of us who did not write it. Where we were wrong all the same, we print the mistake beside the correction in the next number, in letters of the same height.',
  'Every spring the shareholders meet in the hall of the fire brigade, eat soup, elect a board of five and decide by a show of hands whether the paper shall grow, shrink or stay as it is for another year.',
  'The archive from 1931 on lies in the cellar of the town hall and may be read on Wednesdays. Bring a lamp, because the wiring is as old as the first volume, and gloves, because the ink still comes off.',
];

const at = ({ paragraphs }: { paragraphs: string[] }, ...places: number[]) =>
  places.map((place) => paragraphs[place] ?? '');

/** Short reports of one source under one long piece of furniture, and copies of two of them that another source prints without it. */
export function furnishedNews(): Submission[] {
  const gazette = (title: string, paragraphs: string[]) =>
    pushedText('Valley Gazette', title, [...paragraphs, ...ABOUT_THE_GAZETTE]);
  return [
    gazette('Ferry runs aground', at(FERRY, 0)),
    gazette('A buoy was dark', at(FERRY, 4)),
    gazette('Divers look at the hull', at(FERRY, 8)),
    gazette('Drawers go out on loan', at(LIBRARY, 0)),
    gazette('The letter Q is free', at(LIBRARY, 6)),
    gazette('Budget passes at sunrise', at(BUDGET, 0)),
    gazette('An eraser of a budget', at(BUDGET, 3)),
    pushedText('Plain Courier', 'Night ferry aground', at(FERRY, 0)),
    pushedText('Plain Courier', 'Parliament passes budget', at(BUDGET, 0)),
  ];
}
