import { describe, expect, it } from 'vitest';
import { sortedUnique } from './shingle.ts';
import { sign } from './signature.ts';
import { similarityOf } from './similarity.ts';
import { HAS_DIGIT, tokenise } from './tokens.ts';
import { judge } from './verdict.ts';
import { wordsOf, woven } from './words.ts';

function printed(text: string): string[] {
  const tokens = tokenise(text);
  return Array.from({ length: tokens.count }, (_, i) => tokens.text.slice(tokens.starts[i], tokens.ends[i]));
}

const identity = (text: string) => sign(text).hash;
const shinglesOf = (text: string) => {
  const { memory, shinglesAt, shingles } = woven(wordsOf(sign(text)));
  return sortedUnique(Uint32Array.from(memory.subarray(shinglesAt, shinglesAt + shingles)));
};

describe('texts of any script', () => {
  it.each([
    ['Hebrew with and without points', 'שָׁלוֹם לְכֻלָּם', 'שלום לכלם'],
    ['Arabic with and without vowels', 'كَتَبَ الوَلَدُ', 'كتب الولد'],
    ['Arabic drawn long with tatweel', 'الســـلام عليكم', 'السلام عليكم'],
    ['Arabic in presentation forms', 'ﺳﻼﻡ', 'سلام'],
    ['Arabic with alef carrying hamza or madda', 'أحمد آمن', 'احمد امن'],
    ['Persian with and without a joiner', 'می\u200cخواهم', 'میخواهم'],
    ['Hindi with a joiner in a conjunct', 'क्\u200dष त्र', 'क्ष त्र'],
    ['Hindi with a nukta, composed or not', '\u0958लम', 'क\u093cलम'],
    ['Bengali vowels, composed or not', 'ক\u09cbন', 'ক\u09c7\u09beন'],
    ['Tamil vowels, composed or not', 'க\u0bcaடு', 'க\u0bc6\u0bbeடு'],
    ['Hangul, composed or in letters', '대한민국', '대한민국'.normalize('NFD')],
    ['kana with voiced marks, composed or not', 'ガラス', 'カ\u3099ラス'],
    ['narrow kana', 'ｶﾞﾗｽ', 'ガラス'],
    ['Thai sara am, composed or not', 'น\u0e49\u0e33', 'น\u0e49\u0e4d\u0e32'],
    ['Greek accents and final sigma', 'Οδυσσεύς', 'ΟΔΥΣΣΕΥΣ'],
    ['Turkish capitals', 'İstanbul', 'istanbul'],
    ['Russian ё', 'ещё', 'еще'],
    ['old forms of ideographs', '\uf9ea', '離'],
    ['variants of ideographs', '葛\u{e0100}城', '葛城'],
    ['marks of direction', '\u200fשלום\u200e \u2067abc\u2069', 'שלום abc'],
    ['fullwidth letters and digits', 'Ｎｏ２０２４', 'no2024'],
    ['digits of Arabic', '١٢٣ سنة ۴۵', '123 سنة 45'],
    ['digits of Devanagari and Bengali', '२०२४ ৭', '2024 7'],
    ['digits of Thai, Khmer, Lao and Burmese', '๒๐๒๔ ២៤ ໒໔ ၂၄', '2024 24 24 24'],
  ])('are the same for %s', (_, one, other) => {
    expect(identity(one)).toBe(identity(other));
  });

  it('have numbers in one token, whatever their digits', () => {
    const { count, flags } = tokenise('ปี ๒๐๒๔');
    expect(count).toBe(2);
    expect((flags[1] as number) & HAS_DIGIT).toBe(HAS_DIGIT);
  });

  it('keep words whole that hold marks', () => {
    expect(printed('विश्व क्षेत्र, বাংলা')).toEqual(['विश्व', 'क्षेत्र', 'বাংলা']);
  });

  it('may be mixed, and give each script its own tokens', () => {
    expect(printed('iPhone用カバー15個 в Киеве')).toEqual([...'iPhone|用|カ|バ|ー|15|個|в|Киеве'.split('|')]);
  });

  it('without spaces give a token for each letter with its marks, and what is written below it', () => {
    expect(printed('กินที่นี่')).toEqual(['กิ', 'น', 'ที่', 'นี่']);
    expect(printed('ខ្មែរ')).toEqual(['ខ្មែ', 'រ']);
    expect(printed('မြန်မာ')).toEqual(['မြ', 'န်', 'မာ']);
    expect(printed('ສະບາຍດີ')).toEqual(['ສ', 'ະ', 'ບ', 'າ', 'ຍ', 'ດີ']);
  });
});

const FLOOD_ZH =
  '周二夜间的暴雨淹没了河边的旧城区，消防队用小船把三百多名居民接到学校体育馆过夜。市长说，堤坝没有决口，但排水泵站停电两小时，使水位上升了将近一米。';
const CHESS_ZH =
  '十六岁的中学生在全国象棋锦标赛上连胜七局，成为该项赛事最年轻的冠军。她的教练表示，这位姑娘每天放学后练习四个钟头，下个月将代表本省参加国际公开赛。';
const FLOOD_JA =
  '火曜日の夜の大雨で川沿いの旧市街が浸水し、消防隊は小舟で三百人余りの住民を学校の体育館に運んだ。市長によると、堤防は決壊しなかったが、ポンプ場が二時間停電した。';
const CHESS_JA =
  '十六歳の中学生が全国将棋大会で七連勝し、この大会で最も若い優勝者となった。師匠は、彼女は毎日放課後に四時間練習しており、来月は国際大会に出場する予定だと話した。';
const FLOOD_TH =
  'ฝนที่ตกหนักเมื่อคืนวันอังคารทำให้น้ำท่วมย่านเมืองเก่าริมแม่น้ำ เจ้าหน้าที่ดับเพลิงใช้เรือเล็กพาชาวบ้านกว่าสามร้อยคนไปพักที่โรงเรียน นายกเทศมนตรีกล่าวว่าเขื่อนไม่ได้พัง แต่เครื่องสูบน้ำไฟดับไปสองชั่วโมง';
const CHESS_TH =
  'นักเรียนหญิงวัยสิบหกปีชนะการแข่งขันหมากรุกระดับประเทศเจ็ดเกมติดต่อกัน กลายเป็นแชมป์ที่อายุน้อยที่สุดของรายการนี้ ครูฝึกบอกว่าเธอซ้อมวันละสี่ชั่วโมงหลังเลิกเรียน และเดือนหน้าจะไปแข่งในต่างประเทศ';

describe('texts without spaces', () => {
  it.each([
    ['Chinese', FLOOD_ZH, CHESS_ZH],
    ['Japanese', FLOOD_JA, CHESS_JA],
    ['Thai', FLOOD_TH, CHESS_TH],
  ])('share hardly a shingle when they tell of other things: %s', (_, one, other) => {
    expect(similarityOf(shinglesOf(one), shinglesOf(other)).shared).toBe(0);
    expect(judge(sign(one), sign(other)).linked).toBe(false);
  });

  it.each([
    ['Chinese', FLOOD_ZH, '三百多名', '三百余位'],
    ['Japanese', FLOOD_JA, '運んだ', '移した'],
    ['Thai', FLOOD_TH, 'กล่าวว่า', 'บอกว่า'],
  ])('are found again with a word replaced and a piece of site text after them: %s', (_, text, word, other) => {
    const copy = `${text.replace(word, other)} ${'Subscribe to our newsletter for more'}`;
    expect(copy).toContain(other);
    expect(judge(sign(text), sign(copy)).linked).toBe(true);
  });

  it('have one shingle for each run of five ideographs, and of eight letters', () => {
    const common = (one: string, other: string) => similarityOf(shinglesOf(one), shinglesOf(other)).shared;
    expect(common('甲乙丙丁戊天地人', '子丑寅甲乙丙丁戊水火木')).toBe(1);
    expect(common('甲乙丙丁戊天地人', '子丑寅甲乙丙丁己水火木')).toBe(0);
    expect(common('กขคงจฉชซนม', 'ดตกขคงจฉชซยร')).toBe(1);
    expect(common('กขคงจฉชซนม', 'ดตกขคงจฉชยรล')).toBe(0);
  });
});

describe('letters that look alike', () => {
  it.each([
    ['Cyrillic small letters', 'А new рaсt on оil', 'A new pact on oil'],
    ['Cyrillic capitals', 'Вoston Нouse Тrain Кing Мap', 'Boston House Train King Map'],
    ['Greek letters', 'Βank οf Αmerica, Ηome', 'Bank of America, Home'],
    ['Armenian letters', 'ոews օf the hօur', 'news of the hour'],
    ['Cherokee letters', 'ᎳᎪR and PᎬAᏟE', 'WAR and PEACE'],
    ['Cyrillic words all in capitals within a word of Latin', 'СТОLEN', 'CTOLEN'],
    ['zero-width characters between them', 'n\u200bе\u200dw\u2060s', 'news'],
  ])('are read as what they look like: %s', (_, swapped, text) => {
    expect(identity(swapped)).toBe(identity(text));
  });

  it('change nothing in a text of their own script, in capitals or small', () => {
    const words = [
      'Война Нева Кремль Москва Товар',
      'Βουνό Νίκη Κύμα Μέρα Ημέρα Ζωή',
      'Київ Нація Твір',
      'Вук Нада Тамо',
    ];
    for (const text of words) {
      expect(identity(text.toUpperCase())).toBe(identity(text.toLowerCase()));
      expect(identity(text)).toBe(identity(text.toLowerCase()));
    }
  });

  it('keep words apart that differ within one script', () => {
    const words = 'вот бот кот тот нот мот рот сот хот уг үг нова нора βάση φάση νέα υέα γάλα κάλα ցաւ գաւ'.split(' ');
    expect(new Set(words.map(identity)).size).toBe(words.length);
  });
});
