/** A day's news of a country that does not exist, as its outlets printed it: what a reader's front page is made of. Written for these tests. */
import { BUDGET, FERRY, LIBRARY } from './news-texts.ts';

interface Print {
  url: string;
  source: string;
  title: string;
  text: string;
  published?: string;
}

/** Minutes before the edition's end, or the words of the outlet itself; null where it does not say. */
type Row = [host: string, source: string, title: string, text: string, when: number | string | null];

const ferry = FERRY.paragraphs.join('\n\n');
const pitch =
  'Enjoying this story? Sign up for our morning newsletter and never miss an update. This site is protected by reCAPTCHA and the Google privacy policy and terms of service apply.';
const apLine = 'The Associated Press contributed to this report.';

const BRIDGE = [
  'The longest bridge of the northern coast will open to cars on the first of April, four years late and a third over its price, the road office of Lesmark said on Wednesday, and the last car ferry of the sound will make way for it on the same evening.',
  'Engineers spent the winter replacing 312 bolts that had cracked in the cold. The office said that each had been tested twice, and that a maker in the south would pay for the steel but not for the cranes.',
  'Islanders will cross free of charge until the end of the year. After that a car pays 40 crowns, a lorry 190, and whoever crosses on foot or on a bicycle pays nothing, which the council of the islands had made a condition.',
  'The bridge stands 58 metres above the water in the middle of the sound. In a gale of more than 25 metres a second it will be closed, which by the records of the lighthouse happens on eleven days a year.',
];

const STAR = [
  'A speck of light that was called a planet in 2009, a dust cloud in 2014 and nothing at all in 2020 is a planet after all, according to astronomers who watched it pass behind its star twice from a mountain in the south of Lesmark.',
  'The world circles Barrow’s Star once in 19 years. It is about twice as heavy as Jupiter and, at minus 40 degrees, warmer than anybody had expected so far from its sun, the team wrote in a paper that was published on Tuesday.',
  '“We had a bet in the group,” said Liv Aamodt, who led the observations. “I lost it, and I have never been so happy to buy nine people dinner.”',
  'Others urge patience. Two passages are the least that one can call a pattern, said Deven Marsh of the observatory in Keld, who took no part in the work; the third will come in the spring of next year.',
];

const MARKET_HALL = [
  'Nach sechsstündiger Debatte hat der Stadtrat von Neukeld am Dienstagabend den Umbau der alten Markthalle zur Bibliothek beschlossen. Für den Plan stimmten 31 der 54 Mitglieder, zwei enthielten sich.',
  'Die Bibliothek soll im Herbst 2029 öffnen und 18 Millionen Kronen kosten. Die Händler ziehen in einen Neubau am Flussufer, der schon im kommenden Jahr fertig wird; ihre Mieten bleiben fünf Jahre lang gleich.',
  'Die Halle aus dem Jahr 1887 steht unter Denkmalschutz. Das Dach aus Gusseisen bleibt, die Stände aus den fünfziger Jahren werden abgebaut und dem Stadtmuseum übergeben.',
];

const HARBOUR_ARABIC = [
  'أعلنت هيئة الموانئ في مدينة كيلد يوم الأربعاء أن الرصيف الشمالي سيغلق ثلاثة أسابيع لإصلاح الجدار الذي تضرر في عاصفة الشتاء، وأن السفن ستنتقل في هذه المدة إلى الرصيف الجنوبي.',
  'وقال مدير الميناء إن العمل يبدأ فجر السبت ويستمر ليلا ونهارا، وإن الصيادين سيحصلون على مكان مجاني لقواربهم حتى نهاية الشهر.',
  'ويعد الرصيف الذي بني قبل تسعين عاما أقدم جزء في الميناء، وقد مر عليه في العام الماضي نحو أربعين ألف مسافر.',
];

const SNOW_JAPANESE = [
  '北部の山あいにあるケルド町で火曜日の夜から降り始めた雪は、水曜日の朝までに一メートル二十センチに達し、町へ通じる三本の道路のうち二本が通行止めになった。',
  '町役場によると、けが人はいないが、およそ四百世帯で停電が続いている。電力会社は木曜日の昼までに復旧させる見通しだと説明した。',
  '学校は木曜日まで休みとなり、子どもたちは広場に大きな雪の灯台を作った。町長は「これほどの雪は三十年ぶりだ」と話している。',
];

const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

const join = (paragraphs: string[]) => paragraphs.join('\n\n');

const RECAST = ferry
  .replace('Nobody was badly hurt. Eleven people', 'No one was seriously hurt. Eleven people')
  .replace('about two miles from', 'some two miles from');
const LOCAL = ferry.replace(
  'ran aground on a sandbank outside the port of Varholm early Tuesday',
  'ran aground early Tuesday on a sandbank off our port',
);
const ROWS: Row[] = [
  ['lesmarktimes.example', 'Lesmark Times', BUDGET.headline, join(BUDGET.paragraphs), DAY_MINUTES + 95],
  ['inlandpost.example', 'Inland Post', BUDGET.headline, join(BUDGET.paragraphs), DAY_MINUTES + 20],
  ['ostervikbladet.example', 'Ostervikbladet', LIBRARY.headline, join(LIBRARY.paragraphs), 700],
  ['flussbote.example', 'Flussbote', 'Stadtrat beschließt Umbau der alten Markthalle', join(MARKET_HALL), 620],
  ['keldalyoum.example', 'كيلد اليوم', 'إغلاق الرصيف الشمالي في ميناء كيلد ثلاثة أسابيع', join(HARBOUR_ARABIC), 580],
  ['keldshimbun.example', 'ケルド新聞', 'ケルド町で記録的な大雪、道路二本が通行止め', join(SNOW_JAPANESE), 540],
  ['reuters.com', 'Reuters', 'Faint companion of Barrow’s Star is a planet', `KELD (Reuters) - ${join(STAR)}`, 400],
  ['eveningmail.example', 'Evening Mail', 'A bet on Barrow’s Star', `KELD (Reuters) - ${join(STAR.slice(0, 3))}`, 340],
  ['inlandpost.example', 'Inland Post', 'A planet after all, for Barrow’s Star', `KELD (AP) — ${join(STAR)}`, 290],
  ['keldcourier.example', 'Keld Courier', 'Bridge over the sound opens in April', join(BRIDGE), 180],
  ['apnews.com', 'Associated Press', FERRY.headline, `VARHOLM (AP) — ${ferry}`, 150],
  ['varholmcourier.example', 'Varholm Courier', FERRY.headline, `VARHOLM (AP) — ${ferry}\n\n${pitch}`, '1 hour ago'],
  [
    'inlandpost.example',
    'Inland Post',
    'Night ferry aground off Varholm',
    `VARHOLM (AP) — ${FERRY.paragraphs.slice(0, 7).join('\n\n')}\n\n${apLine}`,
    92,
  ],
  ['lesmarktimes.example', 'Lesmark Times', FERRY.headline, `${RECAST}\n\n${apLine}`, 71],
  ['islesradio.example', 'Isles Radio', 'Ferry runs aground', `VARHOLM (AP) — ${LOCAL}`, null],
  [
    'eveningmail.example',
    'Evening Mail',
    'Children sang as ferry struck sandbank',
    `VARHOLM — ${ferry}\n\nRead more: the week at sea in pictures.\n\n${apLine}`,
    38,
  ],
];

/** The edition of the day that ends at `now`. The ferry is one text of six copies; the star is one of three, credited to two agencies. */
export function editionOf(now: Date): Print[] {
  return ROWS.map(([host, source, title, text, when], index) => {
    const published = typeof when === 'number' ? new Date(now.getTime() - when * MINUTE_MS).toISOString() : when;
    return { url: `https://${host}/news/${index + 1}`, source, title, text, ...(published !== null && { published }) };
  });
}
