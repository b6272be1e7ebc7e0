import { describe, expect, test } from 'vitest';
import { readPage } from './read-page.ts';

const CAPTION =
  '<p>The old lighthouse is moved ten metres inland on rails, and a crowd on the dunes watches it roll past in the rain.</p>';
const REPORT = Array.from(
  { length: 15 },
  (_, at) =>
    `<p>On day ${at} of the move the engineers let the tower roll two metres, measured the cracks in its walls, and waited for the wind to drop.</p>`,
).join('');
const TEASERS = Array.from(
  { length: 10 },
  (_, at) =>
    `<div><h2><a href="/news/${at}">Harbour report number ${at} is out</a></h2><p>The harbour counted ${at} ships more than in the week before, and the pilots ask for a second boat.</p></div>`,
).join('');

const ld = (...kinds: string[]): string =>
  kinds.map((kind) => `<script type="application/ld+json">{"@type":"${kind}","name":"Lighthouse"}</script>`).join('');
const ogType = (type: string): string => `<meta property="og:type" content="${type}">`;

function reasonOf(head: string, body: string, url = 'https://cape.example/watch/7'): string {
  const html = `<html><head>${head}</head><body><h1>Lighthouse on the move</h1>${body}</body></html>`;
  const reading = readPage({ html, url, seenAt: '2031-05-30T12:00:00Z' });
  return reading.ok ? 'article' : reading.reason;
}

describe('a page that shows a video or pictures with a caption', () => {
  test('is named by what it declares', () => {
    expect(reasonOf(ogType('video.other') + ld('VideoObject'), CAPTION)).toBe('video-page');
    expect(reasonOf(ld('ImageGallery'), CAPTION)).toBe('gallery-page');
  });

  test('is named so, too, where it has no caption at all', () => {
    expect(reasonOf(ogType('video.other') + ld('VideoObject'), '')).toBe('video-page');
  });

  test.each([
    ['with a report under it', ogType('video.other') + ld('VideoObject'), REPORT],
    ['that structured data calls an article', ogType('video.other') + ld('VideoObject', 'NewsArticle'), CAPTION],
    ['that only the one field calls a video', ld('VideoObject'), CAPTION],
    ['that only the other field calls a video', ogType('video.other'), CAPTION],
    ['of pictures with a report', ld('ImageGallery'), REPORT],
  ])('is an article %s', (_, head, body) => {
    expect(reasonOf(head, body)).toBe('article');
  });
});

describe('a page that lists articles', () => {
  test('is an index where it declares so, or is the front of a site', () => {
    expect(reasonOf(ld('CollectionPage', 'WebSite'), TEASERS)).toBe('index-page');
    expect(reasonOf(ogType('article') + ld('CollectionPage'), TEASERS)).toBe('index-page');
    expect(reasonOf(ogType('website'), TEASERS, 'https://cape.example/')).toBe('index-page');
  });

  test.each([
    ['a report with headings that lead elsewhere under it', ld('CollectionPage'), REPORT + TEASERS, undefined],
    ['a list that declares nothing', ogType('website'), TEASERS, undefined],
    ['a list that structured data calls an article', ld('CollectionPage', 'BlogPosting'), TEASERS, undefined],
    ['an article whose address is a query', '', REPORT + TEASERS, 'https://cape.example/?p=7'],
    ['a report on the front of a site', '', REPORT, 'https://cape.example/'],
  ])('%s is none', (_, head, body, url) => {
    expect(reasonOf(head, body, url)).toBe('article');
  });
});
