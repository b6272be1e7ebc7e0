/** Tells a page that was fetched well and is not an article: a wall, or no text to speak of. */
import type { BoilerplateSpan, StubReason } from './article.ts';
import { BOT_WALL_ELSEWHERE, PAYWALL_ELSEWHERE } from './wall-words.ts';

/** A wall is a short page: a longer text is an article, whatever it says about cookies or robots. */
const WALL_WORDS_MAX = 100;
/** Up to here one sign of a bot wall is enough, above it two are asked for. */
const SINGLE_SIGN_WORDS_MAX = 45;
/** No wall of that many words is longer; it also bounds what the patterns see. */
const WALL_CHARS_MAX = 4000;
/** A teaser before a declared paywall is one or two paragraphs; a brief that is free to read may be as short. */
const PAYWALL_TEASER_WORDS_MAX = 80;
/** Fewer words than this are a heading or a caption, never a report. */
const THIN_WORDS_MAX = 9;
/** An error page says so at once; further on, a report may tell of one. */
const ERROR_CHARS = 80;
/** A cookie wall speaks of little else: this share of its sentences is about consent. */
const COOKIE_SENTENCES_SHARE = 0.5;

export interface StubInput {
  /** The body, or what stands in its place. */
  text: string;
  title?: string;
  /** The page's structured data says that the article is not free to read. */
  isPaywalled?: boolean;
  /** What in the markup belongs to a bot wall, for example the address of a challenge script. */
  challenge?: string | null;
  /** Pieces of the text that are the site's own: they do not count as words of an article. */
  boilerplate?: readonly BoilerplateSpan[];
}

export interface Stub {
  reason: StubReason;
  /** The words or the mark that decided, for a person to read. */
  detail: string;
}

const BOT_WALL_SIGNS: readonly RegExp[] = [
  /\bjust a moment\b/,
  /\bchecking (?:if the site connection is secure|your browser)\b/,
  /\bverify(?:ing)? (?:that )?you(?:'re| are) (?:not a (?:ro)?bot|(?:a )?human)\b/,
  /\b(?:confirm|prove|make sure|ensure) (?:that )?you(?:'re| are) (?:not a (?:ro)?bot|(?:a )?human)\b/,
  /\bare you (?:a robot|human)\?/,
  /\bi(?:'m| am) not a robot\b/,
  /\b(?:enable|turn on) (?:javascript|cookies)(?: and (?:javascript|cookies|reload|disable any ad blocker))?\b/,
  /\bjavascript (?:is (?:disabled|required)|and cookies)\b/,
  /\b(?:cookies|javascript) must be (?:enabled|turned on|switched on)\b/,
  /\b(?:pardon our interruption|attention required!|access (?:to this page )?(?:has been )?denied)\b/,
  /\byou (?:have been|were) blocked\b/,
  /\bdon't have permission to access\b/,
  /\bunusual (?:activity|traffic) (?:from|on|coming)\b/,
  /\b(?:amount|number|volume) of (?:connections|requests|traffic)\b.{0,40}\b(?:ip address|your (?:network|computer|device|ip))\b/,
  /\b(?:abus(?:e|ing)|attack(?:ing)?) (?:our|this) (?:web)?site\b/,
  /\bddos protection by\b/,
  /\b(?:ray id|incident id|reference #?[0-9a-f.]{6,})\b/,
  /\b(?:complete|solve) the (?:captcha|security check|challenge)\b/,
  /\b(?:request unsuccessful|automated (?:access|requests|traffic))\b/,
  BOT_WALL_ELSEWHERE,
];

const CONSENT_SENTENCE =
  /\b(?:cookies?|consent|privacy (?:policy|settings|notice)|personal(?:ised|ized)? (?:data|ads?|content|advertising)|our partners|vendors|gdpr|legitimate interest|datenschutz|einwilligung|zustimm\w+|consentement|traceurs|consentimiento|consenso|toestemming)\b/i;
const CONSENT_ACT =
  /\b(?:accept|agree|allow|consent|reject|manage (?:options|settings|preferences|cookies)|we (?:and our partners )?use cookies|akzeptieren|zustimmen|accepter|acepta\w*|accett\w+|accepteren|aceit\w+|godkänn\w*|acceptera|godta|aksepter\w*|akceptuj\w*|zgadzam|hyväksy\w*|souhlas\w*|kabul et\w*)\b|(?<![а-я])(?:принять|принимаю|согласен)|同意|동의/i;
const PAYWALL_WORDS =
  /\b(?:subscribe (?:now )?(?:to (?:continue|read|unlock|keep reading)|for (?:full|unlimited) access)|(?:(?:article|content|story) is )?(?:available |reserved |exclusively )?(?:for|to) (?:our )?(?:paying )?(?:subscribers|members) only|subscriber[- ]only|to (?:continue|keep) reading|already a (?:subscriber|member)\?|(?:log|sign) in to (?:continue|read)|you(?:'ve| have) reached your (?:article )?limit|register to (?:continue|read))/i;

/**
 * Words of a text in any script: runs of letters and digits, and one word for two characters of Chinese or Japanese.
 * @param enough where to stop counting: more words than this are as good as any
 */
export function wordCount(text: string, enough = Number.POSITIVE_INFINITY): number {
  let words = 0;
  for (const match of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    const run = match[0];
    words += /^[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/.test(run) ? Math.ceil(run.length / 2) : 1;
    if (words >= enough) break;
  }
  return words;
}

/**
 * Decides whether a text is a stub, and why. Careful by design: words about cookies, robots or subscriptions only count in a text
 * that is too short to be a report about them.
 * @returns null for an article
 */
export function stubOf(input: StubInput): Stub | null {
  const notOwn = boilerplateWords(input);
  // Counting a long report to its end takes longer than all the rest.
  const words = wordCount(input.text, Math.max(WALL_WORDS_MAX, notOwn + THIN_WORDS_MAX) + 1);
  if (words <= WALL_WORDS_MAX) {
    const text = fold(input.text.slice(0, WALL_CHARS_MAX));
    const wall =
      errorPage(text, words, input) ?? botWall(text, words, input) ?? cookieWall(text) ?? paywall(text, words, input);
    if (wall !== null) return wall;
  }
  if (words === 0) return { reason: 'no-text', detail: 'the page holds no text' };
  const own = words - notOwn;
  if (own <= THIN_WORDS_MAX) return { reason: 'thin', detail: `${Math.max(0, own)} words of its own` };
  return null;
}

function fold(text: string): string {
  return text.replace(/[‘’ʼ]/g, "'").replace(/\s+/g, ' ').trim();
}

function boilerplateWords({ text, boilerplate = [] }: StubInput): number {
  return boilerplate.reduce((sum, span) => sum + wordCount(text.slice(span.start, span.end)), 0);
}

/** What sites title the page that stands in for a missing one, in the languages that most of them are written in. */
const ERROR_TITLE =
  /^404(?:$|\s?[-–|:·]|\s(?:not found|error|page)\b)|\b404 error\b|\berror 404\b|\b(?:page|article|story|content)(?: was| is| could| can)?(?: not|not)(?: be)? found\b|\b(?:page|article|story) (?:is )?(?:no longer (?:available|exists)|does(?:n't| not) exist|unavailable)|^not found$|\bseite (?:wurde )?nicht gefunden\b|\bpage (?:introuvable|non trouvée)|\bp[áa]gina no (?:encontrada|existe|disponible)|\bpagina non trovata|\bpágina não encontrada|\bpagina niet gevonden|\bsidan (?:kunde inte hittas|hittades inte)|\bsiden (?:ble|blev) ikke fu?nnet|\bnie znaleziono strony|\bстраница не найдена|\bsayfa bulunamadı/iu;

/** A short page whose title, or whose first words, say that there is no such page, though the answer's status was 200. */
function errorPage(text: string, words: number, { title = '' }: StubInput): Stub | null {
  const opening = words <= SINGLE_SIGN_WORDS_MAX ? text : '';
  for (const shown of [fold(title), opening]) {
    const sign = ERROR_TITLE.exec(shown.slice(0, ERROR_CHARS));
    if (sign !== null) return { reason: 'error-page', detail: sign[0] };
  }
  return null;
}

function botWall(text: string, words: number, { title = '', challenge = null }: StubInput): Stub | null {
  const shown = `${fold(title)} ${text}`.toLowerCase();
  const signs = BOT_WALL_SIGNS.flatMap((sign) => sign.exec(shown)?.[0] ?? []);
  if (challenge !== null) signs.unshift(challenge);
  const needed = words <= SINGLE_SIGN_WORDS_MAX && signs.length > 0 ? 1 : 2;
  return signs.length >= needed ? { reason: 'bot-wall', detail: signs.slice(0, 3).join('; ') } : null;
}

function cookieWall(text: string): Stub | null {
  const act = CONSENT_ACT.exec(text);
  if (act === null) return null;
  const sentences = text.split(/[.!?]\s/).filter((sentence) => wordCount(sentence) >= 2);
  const about = sentences.filter((sentence) => CONSENT_SENTENCE.test(sentence));
  if (about.length === 0 || about.length < sentences.length * COOKIE_SENTENCES_SHARE) return null;
  return { reason: 'cookie-wall', detail: (about[0] ?? '').slice(0, 120) };
}

function paywall(text: string, words: number, { isPaywalled = false }: StubInput): Stub | null {
  const offer = PAYWALL_WORDS.exec(text) ?? PAYWALL_ELSEWHERE.exec(text);
  if (isPaywalled && words <= PAYWALL_TEASER_WORDS_MAX) {
    return { reason: 'paywall', detail: offer?.[0] ?? 'isAccessibleForFree is false' };
  }
  return offer !== null && words <= SINGLE_SIGN_WORDS_MAX ? { reason: 'paywall', detail: offer[0] } : null;
}
