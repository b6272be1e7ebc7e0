/** Phrases by which sites speak for themselves between the paragraphs of an article. */

/** A longer block is a paragraph, whatever it begins with. */
const PHRASE_CHARS_MAX = 320;

interface Phrase {
  name: string;
  /** What weight is left to a block that matches, 0 to 1. */
  factor: number;
  pattern: RegExp;
}

const PHRASES: readonly Phrase[] = [
  {
    name: 'link to another article',
    factor: 0.06,
    pattern:
      /^(?:[>»►▶•*\-–—→]+\s*)?(?:(?:also )?(?:read|see|watch|listen|view)(?: (?:more|also|next|this|the full))?\s?[:|»>]|(?:read|see|find out|learn|know|discover) more(?:\b|$)|read (?:next|also|on)\b|see also\b|also read\b|more (?:on|from|about|stories|news|coverage|like this|to explore)\b|related\b(?:\s?[:|]|\s(?:articles?|stories|news|posts|topics|content|links|coverage|reading)\b|$)|recommended\b|you (?:may|might) (?:also )?(?:like|be interested)|don'?t miss\b|explore (?:further|more)|what to read next|up next|must[- ]read|trending\b|most (?:read|popular|viewed)|popular\b|top stories|latest (?:news|stories)|continue reading|lesen sie (?:auch|mehr)|lesen sie hier|mehr zum thema|mehr (?:dazu|infos)|das könnte (?:sie|dich) (?:auch )?interessieren|zum thema|auch interessant|à lire (?:aussi|également)|lire (?:aussi|également|plus)|sur le même (?:sujet|thème)|voir aussi|lea también|le[ea]r? (?:también|más)|te puede interesar|ver también|noticias? relacionad|leggi anche|potrebbe interessarti|lees (?:ook|meer)|ook interessant|leia (?:também|mais)|veja também|saiba mais|läs (?:också|mer|även)|les (?:også|mer|mere)|læs også|lue (?:myös|lisää)|czytaj (?:też|także|więcej)|zobacz (?:też|także)|читайте также|читать (?:далее|также)|ayrıca okuyun|ilgili haber|baca juga|関連記事|相关阅读|延伸閱讀)/i,
  },
  {
    name: 'invitation',
    factor: 0.08,
    pattern:
      /\b(?:sign up|subscribe|register|log in|sign in)\b.{0,80}\b(?:newsletters?|free|today|now|here|alerts?|updates?|inbox|podcast|access|email|account|channel|read|our|for)\b|\bnewsletters?\b.{0,40}\b(?:sign|subscri|inbox|deliver)|\bdelivered (?:straight |right |directly )?to your (?:inbox|email)|\bfollow (?:us|me|him|her|them|@?\w+) on (?:twitter|facebook|instagram|x\b|threads|linkedin|google|whatsapp|tiktok|youtube|telegram)|\b(?:like|find|join) us on (?:facebook|twitter|whatsapp|telegram)|\bdownload (?:our|the) (?:\w+ ){0,3}app\b|\b(?:jetzt|hier) (?:kostenlos )?(?:abonnieren|anmelden|bestellen|testen)\b|\binscrivez-vous\b|\babonnez-vous\b|\bsuscr[ií]bete\b|\biscriviti\b|\bsupport (?:our|independent|local|quality) journalism\b|\bdonate (?:now|today|to)\b|\bjoin (?:our|the) (?:\w+ ){0,3}(?:whatsapp|telegram|community|channel|group|conversation)\b|\bget (?:our|the) (?:\w+ ){0,4}(?:newsletter|app|briefing|stories)\b|\bmake .{2,30} (?:your|a) preferred source\b/i,
  },
  {
    name: 'rights',
    factor: 0.06,
    pattern:
      /^(?:©|\(c\)|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|tutti i diritti)|\ball rights reserved\b|\bthis material may not be published, broadcast\b|\balle rechte vorbehalten\b/i,
  },
  {
    name: 'picture credit',
    factor: 0.08,
    pattern:
      /^(?:photos?|photograph|pictures?|images?|video|credits?|photo credit|image (?:credit|source)|file photo|foto|fotos|bild|bilder|imagen?|quelle|crédits?|photo by|image by|getty images|ap photo|afp photo|reuters\/|screenshot|source|featured image|cover image|illustration)\s?(?:credit|courtesy|by|source|via)?\s?[:|/©]|\((?:photo|image|picture|ap photo|getty|foto|file|courtesy|credit)[^)]{0,120}\)$|^(?:photo|image)s? (?:by|courtesy|via|credit)\b|(?:\/|via |© ?)(?:getty images|afp|reuters|ap|epa|shutterstock|istock|dpa|imago|alamy)\)?$/i,
  },
  {
    name: 'button',
    factor: 0.04,
    pattern:
      /^(?:share(?: (?:this|on|via|article|story|post))?\b.{0,40}|print(?: (?:this|article))?|e?-?mail(?: (?:this|article|address))?|comments?(?: \(?\d+\)?)?|\d+ comments?|\d+ shares?|leave a (?:comment|reply).{0,60}|post (?:a )?comment|view comments.{0,20}|show comments.{0,20}|join the (?:conversation|discussion).{0,60}|advertisements?(?: - continue.{0,40}|[. ].{0,40})?|advert|ad|anzeige|werbung|publicidad|publicité|pubblicità|reklama?|annons|story continues below.{0,30}|article continues (?:below|after).{0,40}|continue reading.{0,40}|scroll (?:down )?(?:to|for).{0,60}|skip (?:ad|advert|to).{0,60}|loading.{0,20}|close|menu|search|play|pause|listen|save|copy link|link copied.{0,20}|report (?:a|an) (?:typo|error|correction).{0,60}|report this ad|tags?|tagged|topics?|filed under|in this article|table of contents|facebook|twitter|whatsapp|linkedin|reddit|pinterest|instagram|telegram|tiktok|youtube|teilen|drucken|partager|compartir|condividi|delen|updated|published|back to top|top|next|previous|read full (?:story|article)|view (?:all|gallery|more).{0,30}|load more.{0,20}|see all.{0,30}|watch (?:now|video|live)|live|video|photos?|gallery)[:.]?$/i,
  },
  {
    name: 'about the author or the page',
    factor: 0.12,
    pattern:
      /^(?:about the (?:author|writer)s?\b|written by\b|(?:posted|published|updated|last (?:updated|modified)|first published|created|veröffentlicht|aktualisiert|publié|mis à jour|publicado|actualizado|pubblicato|опубликовано)(?: (?:on|at|in|by|am|le|el|il))?\s?[:\d|]|(?:filed under|tags?|topics?|categories|category|keywords|sections?|schlagwörter|themen|étiquettes|etiquetas|temas)\s?:|(?:by|von|par|por|di|da) [^.!?]{3,60}$|\d{1,2} min(?:ute)?s? read|(?:tips|corrections?|feedback)\? |(?:contact|email|reach) (?:the (?:author|reporter|writer)|us|him|her)\b|got a (?:tip|story)|have a (?:tip|story|question)|(?:this|the) (?:site|website) uses cookies|we use cookies|by (?:clicking|continuing|submitting|signing|subscribing)|to comment\b.{0,40}(?:log|sign)|please (?:log|sign) in|this (?:site|form) is protected by recaptcha|your email address will not)/i,
  },
];

/** The factor and name of the phrase that a block is, or null for text of any other kind. */
export function phraseOf(text: string): { name: string; factor: number } | null {
  if (text.length > PHRASE_CHARS_MAX) return null;
  let worst: Phrase | null = null;
  for (const phrase of PHRASES) {
    if (worst !== null && phrase.factor >= worst.factor) continue;
    if (phrase.pattern.test(text)) worst = phrase;
  }
  return worst;
}
