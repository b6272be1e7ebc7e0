/** The site that a sentence says a text appeared on first: `This story originally appeared in the Harbour Tribune`. */
import { monthOf } from './months.ts';

/** Each ends before the name. Patterns are anchored, so that a report about another article keeps its sentences. */
const PHRASES: readonly RegExp[] = [
  new RegExp(
    '^[*([]{0,2}(?:(?:this|the) (?:[\\p{L}-]{1,20} )?(?:article|story|piece|post|report|column|essay|commentary|interview|excerpt)|it)? ?(?:was |is |has been )?' +
      '(?:(?:originally|first|re) ?-?(?:appeared|published|ran|posted|printed)|republished) (?:(?:in [\\p{L}]{4,12} )?by|on|in|at|from|with permission from) (?:the website of )?',
    'iu',
  ),
  /^The post .{1,250} (?:appeared first|first appeared) on /i,
  /^(?:Dieser|Der) (?:Artikel|Beitrag|Text|Kommentar)(?: ist| wurde)? (?:zuerst|ursprünglich|erschien (?:zuerst|ursprünglich)) (?:erschienen |veröffentlicht )?(?:auf|bei|in|im) (?:der |dem )?/i,
  /^(?:Cet|L'|Le|Ce) ?(?:article|texte|billet) (?:a été|est) (?:(?:initialement|originellement|d'abord) )?(?:re)?publié(?: (?:initialement|à l'origine))? (?:sur|dans|par|à partir de) /i,
  /^(?:Este|El) (?:artículo|texto|reportaje) (?:fue|se) (?:publicado|publicó) originalmente (?:en|por) /i,
  /^(?:Este|O) (?:artigo|texto) foi (?:publicado originalmente|originalmente publicado) (?:em|no|na|pelo|pela) (?:site )?/i,
  /^Questo articolo è (?:stato|apparso) (?:pubblicato )?(?:originariamente|originalmente|per la prima volta) (?:su|da|in) /i,
  /^Dit artikel (?:verscheen|is) (?:eerder|oorspronkelijk|eerst) (?:verschenen |gepubliceerd )?(?:op|in|bij) /i,
];

export function originalNamedIn(folded: string): string | null {
  for (const phrase of PHRASES) {
    const found = phrase.exec(folded);
    if (found !== null) return leadingName(folded.slice(found[0].length).slice(0, 80));
  }
  return null;
}

/** The name at the beginning of `The Conversation and is republished under ...`: its capitalised words, or a host. */
function leadingName(rest: string): string | null {
  const words: string[] = [];
  for (const word of rest.split(' ')) {
    if (!/^(?:["(]?[\p{Lu}\p{Lo}\d]|of$|the$|[\p{Ll}\d-]{1,40}\.[\p{Ll}.]{2,20})/u.test(word)) break;
    words.push(word.replace(/["()]/g, ''));
    if (/[.,;:]$/.test(word)) break;
  }
  const name = words
    .join(' ')
    .replace(/^the | (?:of|the)$/g, '')
    .replace(/[.,;:]+$/, '');
  // "was first published on May 30", "in 2019": a time and no place.
  const first = words[0]?.replace(/[.,]/g, '') ?? '';
  return name.length < 2 || name === 'the' || monthOf(first) !== null || /^\d/.test(first) ? null : name;
}
