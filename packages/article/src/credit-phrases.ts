/** Phrases by which agencies and those who print them sign a text. Patterns see straight quotes, plain dashes and single blanks. */

/**
 * A phrase that signs a text: one agency's own where `agency` says so, else the first group holds its name. What it needs: to be a
 * line of its own (`line`), one in the last paragraphs (`tail-line`), or the last words of a paragraph (`end`).
 */
export interface Signature {
  pattern: RegExp;
  /** A name; null where the phrase says that the text is bought and not from whom. */
  agency?: string | null;
  needs?: 'line' | 'tail-line' | 'end';
  /** Nothing but a name: above the last paragraphs it belongs to a picture. */
  isBare?: true;
  /** In the last paragraphs signs count that mean other things elsewhere. */
  takesWeak?: true;
}

export const SIGNATURES: readonly Signature[] = [
  { pattern: /\bcurated by (?:the )?(?:AP|Associated Press) photo editors?\b/i, agency: 'AP' },
  { pattern: /^This material may not be published, broadcast, rewritten,? or redistributed\b/i, agency: 'AP' },
  {
    pattern:
      /^(?:Our Standards|Nuestros Estándares|Nossos padrões|Nos normes|Unsere Standards): (?:The )?Thomson Reuters\b/i,
    agency: 'Reuters',
  },
  {
    pattern:
      /^[([]?(?:Additional )?Reporting by [^()]{3,200};? {0,2}(?:Additional reporting|Editing|Writing) by [^()]{3,160}[)\]]?\.?$/i,
    agency: 'Reuters',
  },
  {
    pattern:
      /^[([]?(?:Reporte|Reportaje|Información|Reportagem|Reportage|Bericht) (?:adicional )?(?:de|por|von) [^()]{3,200}(?:Editado|Edición|Editando|Traducido|Edição|Édité|Version française|redigiert) [^()]{3,160}[)\]]?\.?$/i,
    agency: 'Reuters',
  },
  { pattern: /^(?:© ?)?dpa(?:-infocom|-AFX|-tmn)?,? dpa:\d{6}-\d{1,4}-\d{1,9}(?:\/\d{1,3})?$/i, agency: 'dpa' },
  { pattern: /^[([]?Reporting by (?:the )?(.{2,40}?)[)\]]?\.?$/i, needs: 'line' },
  { pattern: /^This report by (The Canadian Press|La Presse canadienne) was first published\b/i },
  { pattern: /^Ce(?:tte dépêche| texte) (?:de|du) (La Presse canadienne) a été publié/i },
  { pattern: /\bDistributed by (Tribune Content Agency|Tribune News Service)\b/i },
  {
    pattern:
      /^(?:This (?:story|article) (?:was )?)?(?:Provided|Distributed|Produced) (?:and distributed )?by (.{2,40}?)\.?$/i,
    needs: 'line',
  },
  { pattern: /^(?:™|TM) ?(?:&|and) ?© ?\d{4} Cable News Network\b/i, agency: 'CNN' },
  { pattern: /^(?:The[- ])?(CNN[- ]Wire)\b/i, agency: 'CNN' },
  {
    pattern:
      /\b(?:auto-?generated|published) from a syndicated feed\b|^This is an unedited,? (?:and )?auto-?generated/i,
    agency: null,
  },
  {
    pattern:
      /^[([]?(?:Source|Sources|Quelle|Fuente|Fonte|Agency|Agencia|Agence|Bron|Kilde|Källa|Lähde|Źródło|Zdroj|Forrás|Sursa|Izvor|Извор|Източник|Источник|Джерело|Kaynak|Sumber|Nguồn|المصدر|出典|来源|來源|출처)\s?[:：] ?(.{2,40}?)[)\]]?\.?$/iu,
    needs: 'tail-line',
    takesWeak: true,
  },
  {
    pattern: /^[([]([\p{L}/.& -]{2,30}?)(?:,? \d{1,2}\.\s?\d{1,2}\.\s?\d{2,4})?[)\]]\.?$/u,
    needs: 'end',
    isBare: true,
    takesWeak: true,
  },
  { pattern: /^--? ?([\p{L}/-]{2,30}(?: [\p{L}-]{2,20}){0,3})\.?$/iu, needs: 'line', takesWeak: true },
  { pattern: /^\/([\p{L}-]{2,20})\/\.?$/u, needs: 'end', isBare: true, takesWeak: true },
  // Without a mark a sign may be a heading, or the name under a picture.
  { pattern: /^([\p{L}/-]{3,30}(?: [\p{L}-]{2,20}){0,3}|AP)\.?$/u, needs: 'tail-line' },
];

/** Words of help. "X of AFP contributed to this report", "with inputs from PTI", "mit Material von dpa". */
export const CONTRIBUTION =
  /\bcontributed (?:to (?:this|the)|reporting|additional reporting)\b|^[([]?with (?:additional |further )?(?:reporting|files|information|inputs?|material|agency inputs?)\b.{0,20}\b(?:from|by)\b|^[([]?(?:this (?:story|report|article) )?includes (?:information|reporting) (?:from|by)\b|^[([]?mit (?:agentur)?material\b|^[([]?(?:con|com) (?:informaci[oó]n|informações|datos|material) d[aeo]s?\b|^[([]?avec (?:des informations )?d(?:e|')/i;

/** `(mit dpa)`, `avec AFP`, `Con EFE`: nothing but the word and the names. */
export const WITH_AGENCY =
  /^[([]?(?:with|mit|avec|con|com|met|med|z) (\p{Lu}[\p{L}/, -]{1,30}|dpa|epd|sda|ats)[)\]]?\.?$/iu;
