import { type Article, NO_METADATA } from '@wirefold/article';
import type { StoryDetail, StorySummary } from '@wirefold/store';
import { describe, expect, test } from 'vitest';
import { renderArticle } from './article.ts';
import { renderExplanation } from './explain.ts';
import { renderFeed } from './feed.ts';
import { WHOLE_FEED as ALL, type FeedQuery } from './feed-query.ts';
import { render } from './html.ts';
import { renderMonitor } from './monitor.ts';
import { renderStory } from './story.ts';
import { HEALTHY, MONITOR, STAGES } from './testing/monitor-samples.ts';
import { CANONICAL, PAIR } from './testing/pairs.ts';
import { FAILED_RECORD, HARBOUR_DETAIL, RECORD, SUMMARIES } from './testing/samples.ts';
import { wordsOf as text } from './testing/words-of.ts';

const OUTLETS = [
  { key: 'apnews.com', name: 'Associated Press', articles: 1_204 },
  { key: 'lennecourier.example', name: 'Lenne Courier', articles: 31 },
];
const ADDRESS = 'http://127.0.0.1:8080';
const NOW = new Date('2026-03-11T09:41:00Z');

function feed(stories: StorySummary[], query: FeedQuery, nextCursor: string | null = null) {
  return renderFeed({ page: { stories, nextCursor }, query, outlets: OUTLETS, address: ADDRESS });
}

describe('the feed', () => {
  test('shows headline, outlet, agency, time and figures of each story', () => {
    const page = text(render(feed(SUMMARIES, ALL)));
    expect(page).toContain('Associated PressAP text11 Mar 2026, 06:02');
    expect(page).toContain('7 copies · 5 outlets · 1 origin');
    expect(page).toContain('1 copy · 1 outlet · 1 origin');
    expect(page).toContain('Lenne Courier~about 11 Mar 2026, 05:00');
    expect(page).not.toContain('Older stories');
  });

  test('keeps the filters on the way to older stories, and to the same as JSON', () => {
    const query = { ...ALL, q: 'ferry & "bridge"', language: 'en', minMirrors: 2, minOrigins: 3, cursor: 'c1' };
    const page = render(feed(SUMMARIES, query, 'c2'));
    expect(page).toContain(
      'href="/?q=ferry+%26+%22bridge%22&amp;lang=en&amp;min_mirrors=2&amp;min_origins=3&amp;cursor=c2" rel="next"',
    );
    expect(page).toContain('href="/?q=ferry+%26+%22bridge%22&amp;lang=en&amp;min_mirrors=2&amp;min_origins=3"');
    expect(page).toContain(
      'href="/v1/stories?q=ferry+%26+%22bridge%22&amp;lang=en&amp;min_mirrors=2&amp;min_origins=3&amp;cursor=c1"',
    );
    expect(page).toContain('<details open>');
  });

  test('offers outlets and languages by name, and keeps what was chosen', () => {
    const query = { ...ALL, source: 'unlisted.example', language: 'de', since: '2026-03-01T10:00:00Z', minOrigins: 2 };
    const page = render(feed(SUMMARIES, query));
    expect(page).toContain('<option value="apnews.com">Associated Press (1,204)</option>');
    expect(page).toContain('<option value="unlisted.example" selected>unlisted.example</option>');
    expect(page).toContain('<option value="de" selected>German</option>');
    expect(page).toContain('name="since" type="date" value="2026-03-01"');
    expect(page).toContain('data-list="/v1/stories?source=unlisted.example&amp;lang=de&amp;since=2026-03-01T10');
  });

  test('says how to begin when it is empty, and what to do when nothing fits', () => {
    expect(text(render(feed([], ALL)))).toContain(`curl ${ADDRESS}/v1/articles`);
    expect(text(render(feed([], { ...ALL, q: 'x' })))).toContain('No story fits.');
  });
});

describe('a story', () => {
  const page = text(render(renderStory(HARBOUR_DETAIL, CANONICAL)));

  test('says why its canonical leads, and who wrote the text', () => {
    expect(page).toContain('Earliest by 58 minutes');
    expect(page).toContain('Associated Press agency');
  });

  test('shows the proof for each mirror, without boilerplate and as printed', () => {
    expect(page).toMatch(/Without boilerplate\s*1\.000100 %100 %\s*As printed\s*0\.\d{3}100 %\d\d\.\d %/);
    expect(page).toContain('Prints the same text.');
    expect(page).toContain('Prints a part of the text.');
    expect(page).toContain('1 name or number differs in 188 aligned words, for example “4,100” became “4,200”.');
    expect(page).toContain('What it adds is boilerplate: 1 passage');
    expect(page).toContain('3 more mirrors are not listed here.');
  });

  test('logs what happened, by the names of outlets', () => {
    expect(page).toContain('11 Mar 2026, 07:02:40 A mirror joined: Keldmouth Gazette');
  });

  test('shows below each origin the copies that name it, and how far each copy changed the text', () => {
    expect(page).toContain('1 origin, 6 mirrors');
    expect(page).toContain('Changed no word of the article; boilerplate in 1 place.');
    expect(page).toContain('Changed 1 word in 1 editorial place; credit in 1 place.');
    const reuters = { key: 'reuters', name: 'Reuters', isAgency: true, evidence: 'Dateline of one copy.' };
    const two = { ...HARBOUR_DETAIL, origins: [...HARBOUR_DETAIL.origins, reuters] };
    const columns = text(render(renderStory(two, CANONICAL))).split('2 origins, 6 mirrors')[1] ?? '';
    expect(columns).toMatch(
      /Associated Press agency[\s\S]*Leads the story[\s\S]*Northern Ledger[\s\S]*Reuters agency[\s\S]*No origin named[\s\S]*Isles Radio/,
    );
  });

  test('tells how it spread, and dashes what is uncertain', () => {
    const markup = render(renderStory(HARBOUR_DETAIL, CANONICAL));
    expect(page).toMatch(/How it spread\s*Associated Press 11 Mar 2026, 06:02/);
    expect(page).toMatch(/The Northern Ledger 11 Mar 2026, 07:31 1 h 29 min later/);
    expect(page).toContain('One more copy does not say when.');
    expect(markup.match(/class="doubt"/g)).toHaveLength(1);
    expect(markup.match(/<svg class="track"[^>]*aria-hidden="true"/g)).toHaveLength(3);
  });

  test('in a language of its own stands in its direction', () => {
    const arabic = { ...HARBOUR_DETAIL, canonical: { ...HARBOUR_DETAIL.canonical, language: 'ar' } };
    expect(render(renderStory(arabic, CANONICAL))).toContain('<div class="text" lang="ar" dir="rtl">');
  });

  test('that nobody else printed says so', () => {
    const alone: StoryDetail = { ...HARBOUR_DETAIL, mirrors: 0, mirrorList: [] };
    expect(text(render(renderStory(alone, CANONICAL)))).toContain('No other outlet has printed this text');
  });
});

describe('an explanation', () => {
  const page = render(renderExplanation(PAIR));
  const words = text(page);

  test('says in a sentence what decided, and names the rule', () => {
    expect(words).toContain('Both print the same text');
    expect(words).toMatch(
      /Of all their shingles, both have a share of 0\.\d{3}; from 0\.700 on the two are the same text\. jaccard/,
    );
  });

  test('shows every figure beside its limit, and which of them decides', () => {
    expect(words).toMatch(/words of the shorter text1\d\dat least 8thin/);
    expect(words).toMatch(/numbers and names that stand against others1at most 1\.\dfacts-differ/);
    expect(words).toMatch(/Jaccard0\.\d{3}at least 0\.700jaccard decides/);
    expect(words).toContain('containment of one in the othernot comparedcontainment');
  });

  test('shows the words: what differs, what one side has alone, what both have', () => {
    expect(words).toContain(
      '2 places where words stand against words: 1 of a number or name, 0 of wording, 1 of spelling',
    );
    expect(words).toMatch(/facts4,1004,200\s*spellingcarriedcarryed/);
    expect(words).toMatch(/Only in B: 8 words\s*8 words Enjoying this story\? Sign up for our letter/);
    expect(words).not.toContain('Only in A');
    expect(words).toMatch(/In both, in the same order: 1\d\d words/);
  });

  test('is the way from each mirror of a story', () => {
    const story = render(renderStory(HARBOUR_DETAIL, CANONICAL));
    expect(story).toContain(`href="/explain?a=${HARBOUR_DETAIL.canonical.articleId}&amp;b=m2"`);
    expect(page).toContain('href="/v1/explain?a=m1&amp;b=m3"');
  });
});

describe('what a page says of its article', () => {
  test('stands on the page of the article, with how sure it is and what said so', () => {
    const page = text(render(renderArticle(RECORD, [])));
    expect(page).toContain('Islands declared, meta: article:section');
    expect(page).toContain('Tobias Renn confirmed, structured data: author');
    expect(page).toMatch(/Changed\s*~about 11 Mar 2026, 08:30 from “Updated 1 hour ago” shown, text: modified/);
  });

  test('heads the story with its section and the time of its last change', () => {
    const page = text(render(renderStory(HARBOUR_DETAIL, CANONICAL)));
    expect(page).toMatch(/Islands.*changed 11 Mar 2026, 06:30/s);
  });

  test('is left out where the text came without a page', () => {
    const article = { ...(RECORD.article as Article), metadata: NO_METADATA };
    const page = text(render(renderArticle({ ...RECORD, article }, [])));
    expect(page).not.toMatch(/Section|Authors|Changed|Keywords/);
  });
});

describe('an article', () => {
  test('that failed says why in words, with the word for programs beside them', () => {
    const page = text(render(renderArticle(FAILED_RECORD, [])));
    expect(page).toContain('It failed');
    expect(page).toContain('The site says that the page does not exist (404). http-not-found');
    expect(page).toContain('answered 404 after 1 redirect');
    expect(page).toContain('after 1 try');
    expect(page).toContain('Look whether the address is right, or whether the page has moved.');
  });

  test('that waits says for what, and when it is tried next', () => {
    const waiting = { ...FAILED_RECORD, state: 'submitted', nextAttemptAt: '2026-03-11T07:10:00.000Z' } as const;
    expect(text(render(renderArticle(waiting, [])))).toMatch(/Nothing to do[\s\S]*Next try: 11 Mar 2026, 07:10:00/);
    const fresh = { ...waiting, reason: null, detail: null, nextAttemptAt: null };
    expect(text(render(renderArticle(fresh, [])))).toContain('Waits to be read');
    expect(text(render(renderArticle({ ...fresh, state: 'signed' }, [])))).toContain('Read, and waits for its story');
  });

  test('that is read shows what was read, with the evidence', () => {
    const page = text(render(renderArticle(RECORD, [FAILED_RECORD])));
    expect(page).toContain('In a story, as a mirror');
    expect(page).toContain('dateline “KELDMOUTH (AP) —” Associated Press');
    expect(page).toContain('from “2 hours ago”');
    expect(page).toContain('Structure6 paragraphs; 1 passage of boilerplate');
    expect(page).toContain('LanguageEnglish');
    expect(page).toContain('On its page: 2 cards, each an article of its own');
    expect(page).toContain('and 1 more');
  });

  test('shows its addresses: its own, and each other spelling with what says that it is one', () => {
    const page = text(render(renderArticle(RECORD, [])));
    expect(page).toContain('https://keldmouth-gazette.example/news/ferry its own, after the rules for addresses');
    expect(page).toMatch(
      /https:\/\/m\.keldmouth-gazette\.example\/news\/ferry the page names the other one as its canonical address canonical, submitted as https:\/\/m\.keldmouth-gazette\.example\/news\/ferry\?utm_source=post, since 11 Mar 2026, 07:05:00/,
    );
    expect(page).toContain('ferry/ a redirect leads from the one to the other redirect');
    const alone = { ...RECORD, url: RECORD.canonicalUrl, spellings: [] };
    expect(text(render(renderArticle(alone, [])))).not.toContain('Its addresses');
  });

  test('of a reason that this release does not know shows the word', () => {
    expect(text(render(renderArticle({ ...FAILED_RECORD, reason: 'of-another-release' }, [])))).toContain(
      'of-another-release',
    );
  });
});

const IDLE = { refreshSeconds: null, retried: null };
describe('an article that was read again', () => {
  const REASON = 'http-unavailable-legally';
  const reading = { ...RECORD.reading, revision: 3 };

  test('says why the last try failed, and how often it was read', () => {
    const page = text(render(renderArticle({ ...RECORD, reading, reason: 'thin', detail: '12 words' }, [])));
    expect(page).toContain('The last try to read it again failed: Too little text to be an article. thin');
    expect(page).toContain('3 texts were read here; see what changed');
    expect(page).toContain('Last seen at its address: 11 Mar 2026, 07:02.');
    expect(page).toContain('Read it again');
  });

  test('and is gone says how and since when; withdrawn by law, it has no text', () => {
    const gone = { since: '2026-03-12T08:00:00.000Z', reason: 'http-gone' };
    const page = text(render(renderArticle({ ...RECORD, reading: { ...reading, gone } }, [])));
    expect(page).toContain(
      'Its page was taken down for good, since 12 Mar 2026, 08:00. Its text stays here as evidence.',
    );
    expect(page).toContain('Maren Holt');
    const withdrawn = { ...RECORD, reading: { ...reading, gone: { ...gone, reason: REASON } } };
    expect(text(render(renderArticle(withdrawn, [])))).toContain('The text is not shown');
  });

  test('is marked in its story, with the way to its revisions and no figures for a text that is not shown', () => {
    const gone = { since: '2026-03-12T08:00:00.000Z', reason: REASON };
    const mirrorList = HARBOUR_DETAIL.mirrorList.map((mirror) => ({ ...mirror, gone, body: '', revision: 2 }));
    const page = text(render(renderStory({ ...HARBOUR_DETAIL, mirrorList }, CANONICAL)));
    expect(page).toContain('Its page was withdrawn, for legal reasons, since 12 Mar 2026, 08:00.');
    expect(page).toContain('Revised 1 time');
    expect(page).not.toContain('As printed');
  });
});

describe('the monitor', () => {
  const stages = STAGES.map((stage, index) => ({ ...stage, queue: index === 0 ? null : { waiting: 4, active: 2 } }));

  test('shows the figures of each stage, and failures by reason', () => {
    const page = text(render(renderMonitor({ ...MONITOR, stages, health: HEALTHY }, NOW, IDLE)));
    expect(page).toContain('Healthy.');
    expect(page).toMatch(/ingest\s*12,84012,705\s*0.900.90\s*13512\s*3 min2 min\s*\?\?/);
    expect(page).toContain('The site says that the page does not exist (404). http-not-found');
    expect(page).toContain('Refresh every 5 seconds');
    expect(page).toMatch(/submitted to story640 ms2.4 s12.0 s120/);
    expect(page).toContain('A story has 201 articles.');
    expect(page).toMatch(/Verified as links\s*40.0 %/);
    expect(page).toMatch(/gazette.example12/);
    expect(page).toMatch(/805.0 %\s*825.0 %10.0 %5.0 %/);
    expect(page).toContain('TypeError: odd');
  });

  test('tries failures of one host again by a form that names it, and draws its charts without scripts', () => {
    const page = render(renderMonitor({ ...MONITOR, stages, health: HEALTHY }, NOW, IDLE));
    expect(page).toContain(
      '<input type="hidden" name="reason" value="http-not-found"><input type="hidden" name="host" value="gazette.example">',
    );
    expect(page).toContain('<form action="/articles/q1/retry" method="post">');
    expect(page).toContain('<polyline points="0.0,1.0 0.0,1.0"></polyline>');
    expect(page).not.toMatch(/style=|<style/);
  });

  test('says what is wrong first', () => {
    const health = { ...HEALTHY, isHealthy: false, problems: ['I1: one is late (a7)'] };
    const page = text(
      render(renderMonitor({ ...MONITOR, failures: [], stages: [], health }, NOW, { refreshSeconds: 5, retried: 3 })),
    );
    expect(page).toContain('Not healthy.I1: one is late (a7)');
    expect(page).toContain('No article has failed.');
    expect(page).toContain('Refreshes every 5 seconds; stop.');
    expect(page).toContain('3 articles are tried again.');
  });
});
