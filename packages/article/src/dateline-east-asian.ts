/** Datelines of Chinese, Japanese and Korean agencies, which write the sign before or behind the place without a blank. */
import { agencyOfName } from './agency.ts';
import type { Dateline } from './article.ts';

/** `新华社北京5月30日电`, `（中央社記者陳大文台北30日電）`. */
const CHINESE =
  /^[（(]?(新华社|新華社|中新社|中新网|中央社)(?:記者[\p{Script=Han}]{2,3})?([\p{Script=Han}]{2,12}?)((?:\d{1,2}月)?\d{1,2}日)[电電][)）]?[\s(（]?/u;
/** `(서울=연합뉴스) 홍길동 기자 = `, `[서울=뉴시스]`. */
const KOREAN =
  /^[([]([\p{Script=Hangul}]{2,12})=([\p{Script=Hangul}\d]{2,8})[)\]]\s{0,3}(?:(?:[\p{Script=Hangul}·]{2,9}\s){1,3}(?:기자|특파원)\s?=\s{0,3})?/u;
/** `【ソウル共同】`, `【5月30日 AFP】`, `［ロンドン ３０日 ロイター］`. */
const JAPANESE = /^([【［[])([^】］\]]{2,40})[】］\]]\s{0,3}(?:[-－―]\s{0,3})?/u;
const JAPANESE_SIGNS = ['聯合ニュース', '共同通信', '時事通信', 'ロイター', '新華社', '共同', '時事', 'AFP'];
/** Countries in one character each: `日米共同` is joint, and no place. */
const JOINT = /^[日米中韓朝英独仏露欧]{2,4}$/u;

interface Found {
  end: number;
  dateline: Dateline;
}

export function eastAsianDateline(text: string): Found | null {
  return chinese(text) ?? korean(text) ?? japanese(text);
}

function chinese(text: string): Found | null {
  const found = CHINESE.exec(text);
  return found === null ? null : headOf(found[0], found[1] ?? '', found[2] ?? null, found[3] ?? null);
}

function korean(text: string): Found | null {
  const found = KOREAN.exec(text);
  return found === null ? null : headOf(found[0], found[2] ?? '', found[1] ?? null, null);
}

function japanese(text: string): Found | null {
  const found = JAPANESE.exec(text);
  const inside = found?.[2]?.trim() ?? '';
  const sign = JAPANESE_SIGNS.find((each) => inside.endsWith(each));
  if (found === null || sign === undefined) return null;
  const before = inside.slice(0, -sign.length).replace(/[\s=＝　]+$/u, '');
  const date = /(?:[\d０-９]{1,2}月)?[\d０-９]{1,2}日/u.exec(before)?.[0] ?? null;
  const place = before.replace(date ?? '', '').trim();
  // A headline in brackets may end in such a word: only a place, a date or another sign may stand before it.
  if (JOINT.test(place) || !/^(?:[\p{Script=Katakana}ー・]{2,12}|\p{Script=Han}{2,4}|[A-Z]{2,5}|)$/u.test(place))
    return null;
  return headOf(found[0], sign, place === '' ? null : place, date);
}

function headOf(written: string, sign: string, place: string | null, date: string | null): Found | null {
  const agency = agencyOfName(sign);
  if (agency === null) return null;
  const dateline = { place, date, agency: { id: agency.id, name: agency.name }, text: written.trim() };
  return { end: written.length, dateline };
}
