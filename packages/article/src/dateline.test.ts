import { describe, expect, it } from 'vitest';
import { datelineOf, readDateline } from './dateline.ts';

const DATELINES: [
  text: string,
  place: string | null,
  date: string | null,
  agency: string | undefined,
  written: string | null,
][] = [
  ['OSLO, May 30 (UPI) -- Ferries', 'OSLO', 'May 30', 'upi', 'OSLO, May 30 (UPI) --'],
  ['OSLO, Norway (AP) — Ferries', 'OSLO, Norway', null, 'ap', 'OSLO, Norway (AP) —'],
  ['OSLO (AP) _ Ferries', 'OSLO', null, 'ap', 'OSLO (AP) _'],
  ['OSLO, March 3, 2031 (Reuters) - Ferries', 'OSLO', 'March 3, 2031', 'reuters', 'OSLO, March 3, 2031 (Reuters) -'],
  ['SAO PAULO/RIO DE JANEIRO, Sept 3 (Reuters) - Ferries', 'SAO PAULO/RIO DE JANEIRO', 'Sept 3', 'reuters', null],
  ['Kiel/Lübeck (dpa/lno) – Die Fähre', 'Kiel/Lübeck', null, 'dpa', 'Kiel/Lübeck (dpa/lno) –'],
  ['Frankfurt am Main (dpa) - Die Fähre', 'Frankfurt am Main', null, 'dpa', null],
  ['Paris (AFP) – Le bac', 'Paris', null, 'afp', null],
  ['Madrid, 30 may (EFE).- El barco', 'Madrid', '30 may', 'efe', 'Madrid, 30 may (EFE).-'],
  ['(ANSA) - ROMA, 30 MAG - Il traghetto', 'ROMA', '30 MAG', 'ansa', '(ANSA) - ROMA, 30 MAG -'],
  ['New Delhi, May 30 (PTI) Ferries were', 'New Delhi', 'May 30', 'pti', 'New Delhi, May 30 (PTI)'],
  ['(CNN) -- Ferries', null, null, 'cnn', '(CNN) --'],
  ['OSLO -- Ferries', 'OSLO', null, undefined, 'OSLO --'],
  ['OSLO, May 30 — Ferries', 'OSLO', 'May 30', undefined, 'OSLO, May 30 —'],
  ['新华社奥斯陆5月30日电 渡轮', '奥斯陆', '5月30日', 'xinhua', '新华社奥斯陆5月30日电'],
  ['(오슬로=연합뉴스) 여객선', '오슬로', null, 'yonhap', '(오슬로=연합뉴스)'],
  ['[오슬로=뉴시스] 홍길동 기자 = 여객선', '오슬로', null, 'newsis', '[오슬로=뉴시스] 홍길동 기자 ='],
  ['中新社奥斯陆5月30日电 渡轮', '奥斯陆', '5月30日', 'cns-china', null],
  ['（中央社記者陳大文奧斯陸30日電）渡輪', '奧斯陸', '30日', 'cna-taiwan', null],
  ['【オスロ共同】フェリーは', 'オスロ', null, 'kyodo', '【オスロ共同】'],
  ['【5月30日 AFP】フェリーは', null, '5月30日', 'afp', '【5月30日 AFP】'],
  ['［オスロ ３０日 ロイター］ - フェリーは', 'オスロ', '３０日', 'reuters', null],
  ['ANKARA (AA) - Feribot', 'ANKARA', null, 'anadolu', 'ANKARA (AA) -'],
  ['Praha 30. května (ČTK) - Trajekt', 'Praha', '30. května', 'ctk', null],
  ['Budapest, 2031. május 30., péntek (MTI) - A komp', 'Budapest', '2031. május 30., péntek', 'mti', null],
  ['ОСЛО, 30 мая. /ТАСС/. Паром', 'ОСЛО', '30 мая', 'tass', 'ОСЛО, 30 мая. /ТАСС/.'],
  ['ОСЛО, 30 мая — РИА Новости. Паром', 'ОСЛО', '30 мая', 'ria', 'ОСЛО, 30 мая — РИА Новости.'],
  ['أوسلو (رويترز) - العبارة', 'أوسلو', null, 'reuters', null],
  ['الرياض 30 مايو 2031 (واس) - العبارة', 'الرياض', '30 مايو 2031', 'spa', null],
  ['ACCRA, May 30, GNA - Ferries', 'ACCRA', 'May 30', 'gna', 'ACCRA, May 30, GNA -'],
  ['ABU DHABI, 30th May, 2031 (WAM) -- Ferries', 'ABU DHABI', '30th May, 2031', 'wam', null],
  ['København /ritzau/ - Færgen', 'København', null, 'ritzau', null],
  ['Oslo (NTB): Fergen', 'Oslo', null, 'ntb', null],
  ['Roma, 30 mag. (askanews) – Il traghetto', 'Roma', '30 mag', 'askanews', null],
  ['Lisboa, 30 mai 2031 (Lusa) -- O barco', 'Lisboa', '30 mai 2031', 'lusa', null],
  ['Warszawa (PAP) - Prom', 'Warszawa', null, 'pap', null],
  ['EFE.- El barco', null, null, 'efe', 'EFE.-'],
  ['LONDON (PA) — Ferries', 'LONDON', null, 'pa', null],
];

describe('datelineOf', () => {
  it.each(DATELINES)('reads %s', (text, place, date, agency, written) => {
    const found = datelineOf(text);
    expect(found?.dateline).toMatchObject({ place, date });
    expect(found?.dateline.agency?.id).toBe(agency);
    if (written !== null) expect(found?.dateline.text).toBe(written);
  });

  it.each([
    ['Jane Roe (AP) said that ferries sail again.'],
    ['The Associated Press (AP) - it said - counts ferries.'],
    ['Ferries (and trains) - all of them - stand still.'],
    ['BREAKING NEWS -- Ferries stand still'],
    ['UPDATE — Ferries stand still'],
    ['NASA — the space agency — counts ferries.'],
    ['COVID-19 — Ferries stand still'],
    ['Ferries — all of them — stand still.'],
    ['X-RAY machines'],
    ['By Jane Roe (Reuters) — Ferries'],
    ['(Photo: EPA) - Ferries'],
    ['TIRUPATI (AP) — Ferries'],
    ['PITTSBURGH (PA) — Ferries'],
    ['American Psychological Association (APA) - Ferries'],
    ['Middle East and North Africa (MENA) – Ferries'],
    ['Harbour Town (STA) - Ferries'],
    ['(AA) - Ferries run on batteries'],
    ['【日米共同】フェリーは'],
  ])('takes %s for prose', (text) => {
    expect(datelineOf(text)).toBeNull();
  });

  it('says where it stands, with the separator', () => {
    const body = 'A ferry in the harbour. Photo by Jane Roe\n\nOSLO, May 30 (UPI) -- Ferries sail again.';
    const found = datelineOf(body);
    expect(body.slice(found?.end)).toBe('Ferries sail again.');
    expect(body.slice(found?.start, found?.end)).toBe('OSLO, May 30 (UPI) -- ');
  });

  it('finds one of an agency below a menu, another only at the top', () => {
    const menu = 'Sport\nCulture\nWeather\nTravel\nMoney\nLetters\n';
    expect(datelineOf(`${menu}OSLO (AP) — Ferries sail again.`)?.dateline.agency?.id).toBe('ap');
    expect(datelineOf(`${menu}OSLO — Ferries sail again.`)).toBeNull();
  });
});

describe('readDateline', () => {
  it('reads a dateline that stands alone', () => {
    expect(readDateline('OSLO, May 30 (UPI)')).toMatchObject({ place: 'OSLO', date: 'May 30', agency: { id: 'upi' } });
    expect(readDateline('OSLO, Norway')).toEqual({
      place: 'OSLO, Norway',
      date: null,
      agency: null,
      text: 'OSLO, Norway',
    });
  });

  it.each(['12/21/2031 at 13:30', '2031-05-08T06:00:01-05:00', 'Sun, 19 Oct 2031 04:00', 'Published on May 30, 2031'])(
    'takes %s for no dateline',
    (text) => {
      expect(readDateline(text)).toBeNull();
    },
  );
});
