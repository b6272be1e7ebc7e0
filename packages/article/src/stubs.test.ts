import { describe, expect, test } from 'vitest';
import { stubOf, wordCount } from './stubs.ts';

const report = (words: number): string =>
  Array.from({ length: words }, (_, i) => `word${i}${i % 14 === 13 ? '.' : ''}`).join(' ');

describe('stubOf', () => {
  test('a text of ordinary length is an article', () => {
    expect(stubOf({ text: report(60) })).toBeNull();
    expect(stubOf({ text: report(12) })).toBeNull();
  });

  test('no words are no text, and a handful is thin', () => {
    expect(stubOf({ text: ' \n ' })?.reason).toBe('no-text');
    expect(stubOf({ text: 'A headline and no more.' })?.reason).toBe('thin');
  });

  test('a text that is little but boilerplate is thin', () => {
    const text = `Short note. ${report(30)}`;
    expect(stubOf({ text, boilerplate: [{ start: 12, end: text.length, rule: 'newsletter-pitch' }] })?.reason).toBe(
      'thin',
    );
  });

  test.each([
    'Just a moment... Checking your browser before you go on. Ray ID 7f2a99c0',
    'Please verify you are a human. Press and hold the button.',
    'Access Denied. You don’t have permission to access this page on this server.',
    'Please enable JavaScript and cookies to continue.',
    'Cookies must be turned on in the browser before this paper can be shown.',
    'A high number of requests came from your network today. If somebody is attacking our site, we have to look twice. Cookies must be enabled so that we can tell readers from machines, and a reader may go on after a few seconds, without a further page like this one, and with our thanks.',
  ])('"%s" is a bot wall', (text) => {
    expect(stubOf({ text })?.reason).toBe('bot-wall');
  });

  test.each([
    { title: '404 - Shore Post', text: 'We looked everywhere. Try the search, or begin at the front of the paper.' },
    { title: 'Seite nicht gefunden', text: report(40) },
    { title: 'Shore Post', text: 'Page not found. The address may have been mistyped, or the text was moved.' },
    { title: 'La página no existe', text: report(60) },
  ])('"$title" is an error page', (page) => {
    expect(stubOf(page)?.reason).toBe('error-page');
  });

  test.each([
    { title: '404 sheep were counted on the isle', text: report(40) },
    { title: 'Page not found: how the web forgets', text: report(120) },
    { title: 'Archive opens', text: `${report(50)} The page was not found.` },
  ])('"$title" is a report', (page) => {
    expect(stubOf(page)).toBeNull();
  });

  test('the title of a bot wall counts with its text', () => {
    expect(
      stubOf({ text: 'The site is loading, and will go on soon by itself.', title: 'Just a moment...' })?.reason,
    ).toBe('bot-wall');
  });

  test('a long report about robots and cookies is an article', () => {
    const text = `${report(120)} Readers are asked to verify you are a human. We use cookies. Accept all cookies. Are you a robot?`;
    expect(stubOf({ text, challenge: '/cdn-cgi/challenge-platform/h/b/orchestrate' })).toBeNull();
  });

  test('a brief of middling length with one such phrase is an article', () => {
    expect(stubOf({ text: `${report(55)} The bank was hit by unusual activity on its servers.` })).toBeNull();
  });

  test.each([
    'We and our partners use cookies to store data. You can accept or reject all cookies. Read our privacy policy.',
    'Wir verwenden Cookies mit Ihrer Einwilligung. Bitte akzeptieren Sie alle Cookies, oder lesen Sie den Datenschutz-Hinweis.',
  ])('"%s" is a cookie wall', (text) => {
    expect(stubOf({ text })?.reason).toBe('cookie-wall');
  });

  test('a brief that mentions cookies once is an article', () => {
    const text = `The council agreed to allow bakers to sell cookies on the square. ${report(40)}. More follows. It ends here.`;
    expect(stubOf({ text })).toBeNull();
  });

  test('a teaser is a paywall only when the page says so, or asks for a subscription', () => {
    expect(stubOf({ text: report(50) })).toBeNull();
    expect(stubOf({ text: report(50), isPaywalled: true })?.reason).toBe('paywall');
    expect(stubOf({ text: report(200), isPaywalled: true })).toBeNull();
    expect(stubOf({ text: `${report(20)}. Subscribe to continue reading.` })?.reason).toBe('paywall');
  });
});

describe('walls in other languages than English', () => {
  test.each([
    ['bot-wall', 'Bitte bestätigen Sie, dass Sie ein Mensch sind, bevor es zur Zeitung geht.'],
    ['bot-wall', 'Un instant. Vérifiez que vous êtes humain pour ouvrir le journal de la côte.'],
    ['bot-wall', 'Чтобы открыть газету побережья, отметьте поле «Я не робот» и немного подождите.'],
    ['bot-wall', '海岸新聞を開く前に、あなたがロボットではないことを確認しています。しばらくお待ちください。'],
    ['paywall', 'Die Fähre fährt nicht mehr. Dieser Text ist nur für Abonnenten, und neue sind willkommen.'],
    ['paywall', 'Le bac ne part plus depuis vendredi matin. Article réservé à nos abonnés de la côte.'],
    ['paywall', 'El último barco salió el viernes por la tarde. Para seguir leyendo, elige una oferta.'],
    ['paywall', 'Prom odpłynął w piątek. Tekst tylko dla prenumeratorów gazety, zapraszamy do lektury.'],
    ['paywall', '最後のフェリーが金曜日に出航した。この先は会員限定の記事です。続きを読むには登録してください。'],
    [
      'cookie-wall',
      'Vi använder cookies för annonser och mätning. Godkänn alla cookies eller välj själv vilka cookies du vill ha.',
    ],
  ])('a %s speaks its language: "%s"', (reason, text) => {
    expect(stubOf({ text })?.reason).toBe(reason);
  });

  test.each([
    'Der Verlag teilt mit, dass sein Archiv nur für Abonnenten offen bleibt.',
    'Les chercheurs demandent aux ordinateurs de cocher « je ne suis pas un robot ».',
    'Para seguir leyendo a los clásicos, la biblioteca abre también los domingos.',
  ])('a report that says so is an article: "%s"', (text) => {
    expect(stubOf({ text: `${text} ${report(100)}` })).toBeNull();
  });
});

test('words are counted in any script', () => {
  expect(wordCount('Two words, 3 more!')).toBe(4);
  expect(wordCount('日本の新聞')).toBe(3);
  expect(wordCount('«—»')).toBe(0);
});
