/** What sites say for themselves in many languages, as signs and not as rules: the model weighs each against where the block stands. */

/** Furniture says it early, and a long paragraph may mention anything. */
const LOOKED_AT_CHARS = 400;
const LONGEST_CHARS = 1500;

/** Named for the feature that each sign becomes. */
const KEYWORDS = {
  subscribe:
    /subscri|newsletter|sign(?:ing)? up|sign in|log in|inbox|register|free trial|daily email|preferred source|abonn|anmelden|suscr[ií]b|inscri|iscriv|registr|assin|prenumer|tilmeld|zapisz|подпи[сш]|abone|langganan/i,
  rights:
    /©|\(c\) ?\d{4}|copyright|all rights reserved|alle rechte|tous droits|todos los derechos|tutti i diritti|may not be (?:published|reproduced|republished|broadcast)|terms of (?:use|service)|privacy policy|recaptcha|cookies?\b|reprint/i,
  social:
    /follow (?:us|me|@|him|her|them)|share (?:this|on|via)|facebook|twitter|instagram|whatsapp|telegram|linkedin|youtube|tiktok|bluesky|threads\b|pic\.twitter/i,
  elsewhere:
    /read more|also read|read also|see also|related|more from|more on|more:|\bread:|\bwatch:|recommended|you may|don['’]t miss|up next|next article|previous|trending|most read|must[- ]read|click here|learn more|see more|view all|continue reading|lesen sie|mehr zum|lire aussi|à lire|lea tambi|leer m[aá]s|leggi anche|читайте|relacionad|saiba mais|leia|läs (?:också|mer|även)|les (?:også|mer)|læs også|lees (?:ook|meer)|czytaj|zobacz|ayrıca|baca juga|関連|相关|相關/i,
  comments:
    /comments?\b|reply|replies|leave a |join the (?:conversation|discussion)|kommentar|commentaire|comentário|comentario|commenti|reacties|report (?:an|a) (?:error|typo)/i,
  pictures:
    /photos?\b|image|picture|credit|getty|shutterstock|courtesy|\bAFP\b|\bAP\b|EPA\b|file photo|screenshot|illustration|foto|\bbild|crédit|imago\b|picture alliance|via ap\b|\bpool\b/i,
  selling:
    /advert|sponsor|promoted|anzeige|publicit|affiliate|commission\b|werbung|publicidad|pubblicità|reklam|annons|app store|google play|download|\bshop\b|\bbuy\b|\bprice|donate|support (?:us|our)|contact us|about us|\bfaq\b|careers/i,
  author:
    /^by\b|^von\b|^par\b|^por\b|\bis an? .{0,60}(?:reporter|editor|writer|journalist|correspondent|author|professor|columnist|contributor|freelance)|written by|can be reached|e-?mail(?:ed)? (?:at|him|her)|contact .{0,40} at\b|@\w+\.\w|staff writer|about the author/i,
  signOff:
    /contributed to this|reporting by|editing by|(?:additional|with) reporting|compiled by|with (?:files|information|inputs) from|(?:source|quelle|fuente|fonte)\s?:|\((?:reuters|ap|afp|dpa|ani|pti|ians|upi|efe|ansa|xinhua)\)|first published|originally (?:published|appeared)|corrections?:|editor['’]s note/i,
  date: /\b(?:published|updated|posted|last (?:updated|modified)|\d{1,2}:\d\d\s?(?:a\.?m|p\.?m|uhr|et|gmt|est)|\d{1,2}[./]\d{1,2}[./]\d{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2},? \d{4}|\d{1,3} (?:hours?|minutes?|days?|mins?) ago|min(?:ute)?s? read)\b/i,
} as const;

const PATTERNS: readonly RegExp[] = Object.values(KEYWORDS);

export const KEYWORD_NAMES: readonly string[] = Object.keys(KEYWORDS);

/** 1 for each group of keywords that the beginning of a block has, in the order of the names. */
export function keywordsOf(text: string): number[] {
  if (text.length >= LONGEST_CHARS) return PATTERNS.map(() => 0);
  const start = text.slice(0, LOOKED_AT_CHARS);
  return PATTERNS.map((pattern) => (pattern.test(start) ? 1 : 0));
}
