import { localeMonthOf } from './locale-words.ts';

/** Month names and their short forms, by number. Other languages than these have theirs in `locale-words.ts`: en, de, fr, es, it, pt, nl, sv, da, no, fi, pl, cs, ru, uk, tr. */
const MONTH_NAMES: readonly string[] = [
  'january jan januar jänner janvier janv enero ene gennaio gen janeiro januari tammikuuta stycznia styczeń sty ledna января янв січня ocak oca',
  'february feb februar février févr fév febrero febbraio fevereiro fev februari helmikuuta lutego luty února февраля фев лютого şubat şub',
  'march mar märz mrz mars marzo março maart mrt marts maaliskuuta marca marzec března марта мар березня mart',
  'april apr avril avr abril abr aprile huhtikuuta kwietnia kwiecień kwi dubna апреля апр квітня nisan nis',
  'may mai mayo maggio mag maio mei maj toukokuuta maja května мая травня mayıs',
  'june jun juni juin junio giugno giu junho kesäkuuta czerwca czerwiec cze června июня июн червня haziran haz',
  'july jul juli juillet juil julio luglio lug julho heinäkuuta lipca lipiec lip července июля июл липня temmuz tem',
  'august aug août aout agosto ago augustus augusti elokuuta sierpnia sierpień sie srpna августа авг серпня ağustos ağu',
  'september sep sept septembre septiembre settembre set setembro syyskuuta września wrzesień wrz září сентября сен вересня eylül eyl',
  'october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta października październik paź října октября окт жовтня ekim eki',
  'november nov novembre noviembre novembro marraskuuta listopada listopad lis ноября ноя листопада kasım kas',
  'december dec dezember dez décembre déc diciembre dic dicembre dezembro desember des joulukuuta grudnia grudzień gru prosince декабря дек грудня aralık ara',
];

const MONTHS = new Map<string, number>();
MONTH_NAMES.forEach((names, index) => {
  // Two languages may share a spelling: `listopad` is October in Czech and November in Polish; the first one listed wins.
  for (const name of names.split(' ')) if (!MONTHS.has(name)) MONTHS.set(name, index + 1);
});

/** The number of a month (1 to 12) by its name or short form, with or without a dot; null for any other word. */
export function monthOf(word: string): number | null {
  const name = word.normalize('NFC').toLowerCase().replace(/\.$/, '');
  return MONTHS.get(name) ?? localeMonthOf(name) ?? null;
}

/** Whether a day exists in a month: 1 to 12, and 29 February in leap years only. */
export function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1 || day > 31) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
