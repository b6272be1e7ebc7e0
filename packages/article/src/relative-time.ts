/** Times as a site counts them back from now: `2 hours ago`, `vor 2 Stunden`, `hier`. */
import { agoPhraseOf, foldPhrase } from './locale-words.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const UNIT_WORDS: readonly [unitMs: number, words: string][] = [
  [1000, 'second seconds sec secs sekunde sekunden seconde secondes segundo segundos secondo secondi'],
  [
    MINUTE_MS,
    'minute minutes min mins minuten minuto minutos minuti minuut minuter minut minutter minuty минуту минуты минут мин dakika dk',
  ],
  [
    HOUR_MS,
    'hour hours hr hrs h stunde stunden std heure heures hora horas ora ore uur uren timme timmar time timer godzinę godziny godzin час часа часов saat',
  ],
  [
    DAY_MS,
    'day days d tag tage tagen jour jours día días dia dias giorno giorni dag dagen dagar dage dzień dni день дня дней gün',
  ],
  [
    7 * DAY_MS,
    'week weeks wk wks w woche wochen semaine semaines semana semanas settimana settimane weken vecka veckor uge uger tydzień tygodnie неделю недели недель hafta',
  ],
  // A month and a year of mean length: what counts them so coarsely is as uncertain as they are.
  [
    30 * DAY_MS,
    'month months monat monate monaten mois mes meses mês mese mesi maand maanden månad månader måned måneder miesiąc miesiące месяц месяца месяцев ay',
  ],
  [
    365 * DAY_MS,
    'year years yr yrs jahr jahre jahren an ans année années año años ano anos anno anni jaar jaren år rok lata год года лет yıl',
  ],
];
const EAST_ASIAN_UNITS: readonly [unitMs: number, words: string][] = [
  [MINUTE_MS, '分 分钟 分鐘 분'],
  [HOUR_MS, '小时 小時 時間 시간'],
  [DAY_MS, '天 日 일'],
  [7 * DAY_MS, '周 週 週間 주'],
  [30 * DAY_MS, '个月 個月 か月 ヶ月 개월'],
];
const DAYS: readonly [daysAgo: number, words: string][] = [
  [0, 'today heute aujourd’hui hoy oggi hoje vandaag idag dzisiaj сегодня bugün 今天 今日 오늘'],
  [1, 'yesterday gestern hier ayer ieri ontem gisteren igår wczoraj вчера dün 昨天 昨日 어제'],
];
const ONE = new Set('a an one ein eine einem einer un une una uno um uma een en ett et один одну bir'.split(' '));
const NOW = new Set([
  'just now',
  'now',
  'moments ago',
  'a moment ago',
  'seconds ago',
  'gerade eben',
  "à l'instant",
  'ahora',
  'adesso',
  'agora',
]);
/** One of these must stand there: `2 hours` alone is a duration. */
const BEFORE = ['vor ', 'il y a ', 'hace ', 'há ', 'för ', 'for '];
const AFTER = [' ago', ' fa', ' atrás', ' geleden', ' sedan', ' siden', ' temu', ' назад', ' önce'];
const ABOUT = /^(?:about|around|over|almost|nearly|more than|etwa|rund|circa|environ|unos|cerca de) /;
/** The short forms that sites write without `ago`. */
const COMPACT = /^(\d{1,3}) ?(min|mins|m|h|hr|hrs|d|std)\.?$/;

const unitMsOf = new Map<string, number>([['m', MINUTE_MS]]);
for (const [unitMs, words] of [...UNIT_WORDS, ...EAST_ASIAN_UNITS])
  for (const word of words.split(' ')) unitMsOf.set(word, unitMs);
const daysAgoOf = new Map<string, number>();
for (const [daysAgo, words] of DAYS)
  for (const word of words.split(' ')) daysAgoOf.set(word.replace('’', "'"), daysAgo);

const TEXT_CHARS_MAX = 48;

/** How long before now, and how far off that may be: one of the units that it counts in. Both in milliseconds. */
export interface Age {
  ageMs: number;
  uncertaintyMs: number;
}

/** Reads a text that is a relative time and nothing else; null for any other text. */
export function ageOf(text: string): Age | null {
  if (text.length > TEXT_CHARS_MAX) return null;
  const folded = foldPhrase(text)
    .replace(/[.,:]$/, '')
    .replace(/^منذ /, 'قبل ');
  if (NOW.has(folded)) return { ageMs: 0, uncertaintyMs: MINUTE_MS };
  const daysAgo = daysAgoOf.get(folded);
  // "Today" is between no and 24 hours ago, "yesterday" about a day; the reader's midnight is unknown.
  if (daysAgo !== undefined) return { ageMs: daysAgo === 0 ? DAY_MS / 2 : DAY_MS, uncertaintyMs: DAY_MS };
  return compact(folded) ?? counted(folded) ?? eastAsian(folded) ?? ofLocale(folded);
}

function age(count: number, unit: string): Age | null {
  const unitMs = unitMsOf.get(unit);
  return unitMs === undefined ? null : { ageMs: count * unitMs, uncertaintyMs: unitMs };
}

function compact(text: string): Age | null {
  const [, count, unit] = COMPACT.exec(text.replace(/ ago$/, '')) ?? [];
  return count === undefined || unit === undefined ? null : age(Number(count), unit);
}

function counted(text: string): Age | null {
  const before = BEFORE.find((word) => text.startsWith(word));
  const after = AFTER.find((word) => text.endsWith(word));
  if (before === undefined && after === undefined) return null;
  const inner = text.slice(before?.length ?? 0, text.length - (after?.length ?? 0)).replace(ABOUT, '');
  const [, word, unit] = /^(\d{1,4}|\p{L}+)[ '] ?(\p{L}+)\.?$/u.exec(inner) ?? [];
  if (word === undefined || unit === undefined) return null;
  if (/^\d/.test(word)) return age(Number(word), unit);
  return ONE.has(word) ? age(1, unit) : null;
}

function eastAsian(text: string): Age | null {
  const [, count, unit] = /^(\d{1,3}) ?(\p{Lo}{1,3}?) ?(?:之?前|전)$/u.exec(text) ?? [];
  return count === undefined || unit === undefined ? null : age(Number(count), unit);
}

/** Digits of other scripts, by the code of their zero: Arabic, Persian, Devanagari, Bengali, Thai. */
const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xe50];

function latinDigit(digit: string): string {
  const code = digit.charCodeAt(0);
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? digit : String(code - zero);
}

function ofLocale(text: string): Age | null {
  const latin = text.replace(/\p{Nd}/gu, latinDigit);
  const number = /\d{1,3}/.exec(latin)?.[0];
  const phrase = agoPhraseOf(number === undefined ? latin : latin.replace(number, '#'));
  const count = phrase?.count ?? (number === undefined ? null : Number(number));
  if (phrase === undefined || count === null || (phrase.count !== null && number !== undefined)) return null;
  return { ageMs: count * phrase.unitMs, uncertaintyMs: phrase.unitMs };
}
