import { FERRY } from './news-texts.ts';

/** What has to come out of an aggregator's page: the article at its top, and the copies of one text among its cards. */
export interface AggregatorPage {
  page: string;
  /** The main article as it would be pushed by itself. */
  main: PushedText;
  cards: PushedText[];
  expected: {
    mainSource: string;
    mainOrigin: string;
    /** Source of the card that leads its story, and the origin of that text. */
    canonicalSource: string;
    cardOrigin: string;
    /** The outlet whose card carries the site's own text. */
    furnishedSource: string;
    /** How alike that card and the leading one are as printed, by shingles of five words. */
    printedJaccard: number;
  };
}

export interface PushedText {
  source?: string;
  title: string;
  text: string;
}

const GALLERY_HEADLINE = 'Photos of the storm surge at Cape Lindesnar';
const GALLERY =
  'A storm surge pushed the sea over the wall at Cape Lindesnar on Sunday, and residents of the lower streets carried furniture to the church while fishermen tied their boats to lampposts. Water stood two feet deep in the market hall, where volunteers stacked sandbags around the ice house. The lighthouse keeper recorded gusts of 81 miles per hour before the instrument broke. By evening the wind had turned, children were sailing bathtubs along Fish Street, and the mayor counted 140 flooded cellars and no one hurt. ___ This is a photo gallery curated by AP photo editors.';
const FURNITURE =
  ' Error! Sorry, there was an error processing your request. There was a problem with the recaptcha. Please try again. You may unsubscribe at any time. By signing up, you agree to our terms of use and privacy policy. This site is protected by reCAPTCHA and the Google privacy policy and terms of service apply. Want more of the latest from us? Sign up for more at our newsletter page.';

function card(outlet: string, ago: string, headline: string, text: string): string {
  return `${outlet}\n${ago}\n- ${outlet}\n${headline}\n${text}\n`;
}

/** A page of our own in the manner of the aggregators: main article, their pitch, then related cards. */
export function ownAggregatorPage(): AggregatorPage {
  const [opening, ...rest] = FERRY.paragraphs;
  const mainText = [`VARHOLM, Nov. 17 (UPI) -- ${opening}`, ...rest].join('\n');
  const cards = [
    { source: 'Lindesnar Gazette', title: GALLERY_HEADLINE, text: GALLERY + FURNITURE },
    { source: 'Ostervik Chronicle', title: GALLERY_HEADLINE, text: GALLERY },
    { source: 'Associated Press', title: GALLERY_HEADLINE, text: GALLERY },
  ];
  const page = [
    FERRY.headline,
    'The Solveig Brandt on the sandbank off Varholm. File Pool Photo by Erik Sund/EPA-EFE',
    mainText,
    '',
    'Try Our AI Features',
    'Explore what our AI can do for you:',
    'Comments',
    'No comments yet...',
    'Related Articles',
    '',
    card('Lindesnar Gazette', '2 hours ago', GALLERY_HEADLINE, GALLERY + FURNITURE),
    '',
    card('Ostervik Chronicle', '2 hours ago', GALLERY_HEADLINE, GALLERY),
    card('Associated Press', '3 hours ago', GALLERY_HEADLINE, GALLERY),
  ].join('\n');
  return {
    page,
    main: { title: FERRY.headline, text: mainText },
    cards,
    expected: {
      mainSource: 'United Press International',
      mainOrigin: 'United Press International',
      canonicalSource: 'Associated Press',
      cardOrigin: 'Associated Press',
      furnishedSource: 'Lindesnar Gazette',
      printedJaccard: 0.577,
    },
  };
}

/** The seed page that the project started from, taken apart by the shape that its README describes. */
export function seedPage(page: string): AggregatorPage {
  const lines = page.split('\n').map((line) => line.trim());
  const cards = lines.flatMap((line, at) => {
    const outlet = /^- (.+)$/.exec(line)?.[1];
    const [title, text] = [lines[at + 1], lines[at + 2]];
    return outlet === undefined || title === undefined || text === undefined ? [] : [{ source: outlet, title, text }];
  });
  const start = lines.findIndex((line) => line !== '');
  const end = lines.findIndex((line) => line.startsWith('Try Our AI'));
  const main = {
    title: lines[start] as string,
    text: lines
      .slice(start + 1, end)
      .join('\n')
      .trim(),
  };
  return {
    page,
    main,
    cards,
    expected: {
      mainSource: 'United Press International',
      mainOrigin: 'United Press International',
      canonicalSource: 'Associated Press',
      cardOrigin: 'Associated Press',
      furnishedSource: 'Hamilton Spectator',
      printedJaccard: 0.655,
    },
  };
}
