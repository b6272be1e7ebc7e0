/** Words of a block, and what their look says: stop words, capitals, digits, sentence marks. */

/** Chinese, Japanese, Thai and their like write no spaces: as many characters as this weigh one word. */
const UNSPACED_CHARS_PER_WORD = 2.2;
const UNSPACED = /[\u0e00-\u0e7f\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
const WORD = /[\p{L}\p{N}_]+/gu;

/** The commonest words of the languages that most news is written in: prose is full of them, furniture is not. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  [
    'the of to and a in is that it for was on are as with his they be at this have from or had by but not what all were we when your can said there an which she do how their if will up about out many then them these so some her would him has more two no could than its who did my after before into over also',
    'der die das und den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde',
    'le la les de des du et un une est pour qui dans par plus pas au sur ne ce il elle sont avec mais ou son sa ses se aux nous été ont leur cette deux que en',
    'el los las del y una por con para es al lo como más pero sus ya o fue este ha sí porque esta son entre cuando muy sin sobre ser también me hasta hay donde han quien',
    'di che è e il non sono si da come anche ma dei alla nel della al gli dal più delle lo',
    'do em um com não uma os no na mais dos foi ao ele das tem à seu sua ou ser quando há nos já está eu também só pelo pela até isso',
    'van het een dat op te zijn voor met niet aan er om ook maar bij nog naar uit dan door over ze',
    'и в не на я что он с как это по но они мы из у за от то же для так все бы его было был ее до вот уже или если',
    'w z że nie się jest i jak od po dla przez ale tym był oraz jego',
    'och att det som för av är den till inte har med på ett om jag var men så från kan när',
    'og er til av for har ikke med men fra kan var vil skal også',
    've bir bu için ile olarak çok daha olan gibi ama ne kadar',
    'dan yang di ini itu dengan untuk tidak dari dalam akan pada juga',
    'في من على أن إلى عن التي الذي هذا هذه مع كان قد لا ما و',
    'ja on ei että se oli hän mutta kun ovat myös',
    'a se na je v že s z do o to i k za jsem by jako ale',
  ].flatMap((line) => line.split(' ')),
);
const STOP_WORD_CHARS_MAX = 7;

export interface Wording {
  /** Words; a text without spaces counts its characters by the dozen. */
  words: number;
  list: readonly string[];
  isUnspaced: boolean;
}

export function wordingOf(text: string): Wording {
  const list = text.match(WORD) ?? [];
  if (list.length < text.length / 12 && UNSPACED.test(text)) {
    return { words: Math.round(text.length / UNSPACED_CHARS_PER_WORD), list, isUnspaced: true };
  }
  return { words: list.length, list, isUnspaced: false };
}

/** The words of a text in lower case, as they are compared. */
export function foldWords(text: string): string[] {
  return wordingOf(text).list.map((word) => word.toLowerCase());
}

/** Share of the words that are stop words, -1 for a text without spaces. */
export function stopWordShare({ list, isUnspaced }: Wording): number {
  if (isUnspaced) return -1;
  let found = 0;
  for (const word of list) if (word.length <= STOP_WORD_CHARS_MAX && STOP_WORDS.has(word.toLowerCase())) found += 1;
  return found / Math.max(1, list.length);
}

/** Share of the words that begin with a capital letter of the Latin, Greek or Cyrillic script. */
export function capitalShare({ list }: Wording): number {
  let found = 0;
  for (const word of list) {
    const unit = word.charCodeAt(0);
    if ((unit >= 65 && unit <= 90) || (unit >= 192 && unit <= 222) || (unit >= 0x391 && unit <= 0x42f)) found += 1;
  }
  return found / Math.max(1, list.length);
}

export interface Marks {
  sentenceEnds: number;
  commas: number;
  digits: number;
}

export function marksOf(text: string): Marks {
  const marks = { sentenceEnds: 0, commas: 0, digits: 0 };
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit >= 48 && unit <= 57) marks.digits += 1;
    else if (unit === 44 || unit === 0xff0c || unit === 0x3001 || unit === 0x60c) marks.commas += 1;
    else if (unit === 46 || unit === 33 || unit === 63 || unit === 0x3002 || unit === 0x964) marks.sentenceEnds += 1;
  }
  return marks;
}

const SENTENCE_END = /[.!?…。！？।؟]["'”’»“)\]]{0,3}$/;

/** 2 as a sentence does, 1 with a colon, 0 in another way. */
export function endsAs(text: string): number {
  const tail = text.slice(-5);
  if (SENTENCE_END.test(tail)) return 2;
  return tail.endsWith(':') ? 1 : 0;
}
