import type { Agency } from './article.ts';

/** One news agency: how its copy names it, and where its own site is. */
export interface AgencyEntry extends Agency {
  /** Full names besides `name`, in any language, as bylines and credit lines write them. Letter case does not count. */
  aliases: string[];
  /** Short signs, as datelines write them: `(UPI)`. Letter case counts, since many are words or initials otherwise. */
  codes: string[];
  /** Registrable domains of its own sites. */
  domains: string[];
  /** ISO 639-1 code of its main service. */
  language: string;
  /** Sells pictures: named under a photo, never the origin of a text. */
  isPhotoOnly?: true;
}

function agency(
  id: string,
  name: string,
  language: string,
  domains: string[],
  codes: string[],
  aliases: string[] = [],
): AgencyEntry {
  return { id, name, aliases, codes, domains, language };
}

/** Agencies whose copy other sites print, by own research in their public pages and style books. Order is the order of search. */
export const AGENCIES: readonly AgencyEntry[] = [
  agency('ap', 'Associated Press', 'en', ['apnews.com', 'ap.org'], ['AP'], ['AP News']),
  agency(
    'reuters',
    'Reuters',
    'en',
    ['reuters.com'],
    ['Reuters', 'REUTERS'],
    ['Thomson Reuters', 'Reuters News Agency'],
  ),
  agency('afp', 'Agence France-Presse', 'fr', ['afp.com'], ['AFP'], ['Agence France Presse']),
  agency('upi', 'United Press International', 'en', ['upi.com'], ['UPI']),
  agency(
    'dpa',
    'Deutsche Presse-Agentur',
    'de',
    ['dpa.com', 'dpa-international.com'],
    ['dpa', 'DPA'],
    ['dpa-infocom', 'dpa-AFX', 'dpa-tmn', 'dpa International', 'German Press Agency', 'Deutsche Presse Agentur'],
  ),
  agency('pa', 'PA Media', 'en', ['pa.media', 'pamediagroup.com'], ['PA'], ['Press Association', 'PA News Agency']),
  agency('cp', 'The Canadian Press', 'en', ['thecanadianpress.com'], ['CP'], ['La Presse canadienne']),
  agency('aap', 'Australian Associated Press', 'en', ['aap.com.au'], ['AAP'], ['AAP Newswire']),
  agency('pti', 'Press Trust of India', 'en', ['ptinews.com'], ['PTI']),
  agency('ani', 'Asian News International', 'en', ['aninews.in'], ['ANI']),
  agency('ians', 'Indo-Asian News Service', 'en', ['ians.in', 'ianslive.in'], ['IANS']),
  agency(
    'xinhua',
    'Xinhua',
    'zh',
    ['xinhuanet.com', 'news.cn'],
    ['Xinhua', 'XINHUA'],
    ['Xinhua News Agency', '新华社', '新華社'],
  ),
  agency(
    'kyodo',
    'Kyodo News',
    'ja',
    ['kyodonews.net', 'kyodo.co.jp'],
    ['Kyodo', 'KYODO'],
    ['Kyodo', '共同通信', '共同'],
  ),
  agency('jiji', 'Jiji Press', 'ja', ['jiji.com'], ['Jiji', 'JIJI', 'Jiji Press'], ['時事通信', '時事']),
  agency(
    'yonhap',
    'Yonhap News Agency',
    'ko',
    ['yna.co.kr', 'yonhapnews.co.kr'],
    ['Yonhap', 'YONHAP'],
    ['Yonhap', 'Yonhap News', '연합뉴스'],
  ),
  agency('kcna', 'Korean Central News Agency', 'ko', ['kcna.kp'], ['KCNA']),
  agency(
    'cna-taiwan',
    'Central News Agency',
    'zh',
    ['cna.com.tw', 'focustaiwan.tw'],
    ['CNA'],
    ['Focus Taiwan', '中央社'],
  ),
  agency('bernama', 'Bernama', 'ms', ['bernama.com'], ['Bernama', 'BERNAMA']),
  agency('antara', 'Antara', 'id', ['antaranews.com'], ['ANTARA', 'Antara'], ['Antara News']),
  agency('vna', 'Vietnam News Agency', 'vi', ['vnanet.vn', 'vietnamplus.vn'], ['VNA', 'TTXVN']),
  agency('anadolu', 'Anadolu Agency', 'tr', ['aa.com.tr'], ['AA'], ['Anadolu', 'Anadolu Ajansı']),
  agency('irna', 'IRNA', 'fa', ['irna.ir'], ['IRNA'], ['Islamic Republic News Agency']),
  agency('spa', 'Saudi Press Agency', 'ar', ['spa.gov.sa'], ['SPA']),
  agency('wam', 'Emirates News Agency', 'ar', ['wam.ae'], ['WAM']),
  agency('tass', 'TASS', 'ru', ['tass.com', 'tass.ru'], ['TASS', 'ТАСС', 'ITAR-TASS'], ['ITAR-TASS']),
  agency(
    'ria',
    'RIA Novosti',
    'ru',
    ['ria.ru', 'sputniknews.com', 'sputnikglobe.com'],
    ['Sputnik', 'РИА Новости'],
    ['Sputnik', 'РИА Новости'],
  ),
  agency('interfax', 'Interfax', 'ru', ['interfax.com', 'interfax.ru'], ['Interfax', 'Интерфакс'], ['Интерфакс']),
  agency('ukrinform', 'Ukrinform', 'uk', ['ukrinform.net', 'ukrinform.ua'], ['Ukrinform', 'Укрінформ'], ['Укрінформ']),
  agency('efe', 'Agencia EFE', 'es', ['efe.com'], ['EFE'], ['EFE News']),
  agency('europapress', 'Europa Press', 'es', ['europapress.es'], ['EUROPA PRESS', 'Europa Press', 'EP']),
  agency('prensa-latina', 'Prensa Latina', 'es', ['prensa-latina.cu', 'plenglish.com'], ['Prensa Latina', 'PL']),
  agency('lusa', 'Lusa', 'pt', ['lusa.pt'], ['Lusa', 'LUSA'], ['Agência Lusa']),
  agency('agencia-brasil', 'Agência Brasil', 'pt', ['ebc.com.br'], ['Agência Brasil']),
  agency('ansa', 'ANSA', 'it', ['ansa.it'], ['ANSA'], ['Agenzia ANSA']),
  agency('apa', 'Austria Presse Agentur', 'de', ['apa.at'], ['APA'], ['Austria Press Agency']),
  agency('sda', 'Keystone-SDA', 'de', ['keystone-sda.ch'], ['SDA', 'sda', 'ATS', 'Keystone-SDA'], ['Keystone-ATS']),
  agency('belga', 'Belga', 'nl', ['belga.be', 'belganewsagency.eu'], ['Belga', 'BELGA'], ['Belga News Agency']),
  agency('anp', 'ANP', 'nl', ['anp.nl'], ['ANP'], ['Algemeen Nederlands Persbureau']),
  agency('ntb', 'NTB', 'no', ['ntb.no'], ['NTB'], ['Norsk Telegrambyrå']),
  agency('tt', 'TT Nyhetsbyrån', 'sv', ['tt.se'], ['TT'], ['Tidningarnas Telegrambyrå']),
  agency('ritzau', 'Ritzau', 'da', ['ritzau.dk', 'ritzau.com'], ['Ritzau', 'ritzau', 'RITZAU']),
  agency('stt', 'STT', 'fi', ['stt.fi'], ['STT'], ['Suomen Tietotoimisto']),
  agency('pap', 'Polish Press Agency', 'pl', ['pap.pl'], ['PAP'], ['Polska Agencja Prasowa']),
  agency(
    'ctk',
    'Czech News Agency',
    'cs',
    ['ctk.cz', 'ctk.eu', 'ceskenoviny.cz'],
    ['ČTK', 'CTK'],
    ['Česká tisková kancelář'],
  ),
  agency('mti', 'MTI', 'hu', ['mti.hu'], ['MTI'], ['Magyar Távirati Iroda']),
  agency('agerpres', 'Agerpres', 'ro', ['agerpres.ro'], ['Agerpres', 'AGERPRES']),
  agency('kna', 'KNA', 'de', ['kna.de'], ['KNA'], ['Katholische Nachrichten-Agentur']),
  agency('epd', 'epd', 'de', ['epd.de'], ['epd'], ['Evangelischer Pressedienst']),
  agency('sid', 'SID', 'de', ['sid.de'], ['SID'], ['Sport-Informations-Dienst']),
  agency('bloomberg', 'Bloomberg', 'en', ['bloomberg.com'], ['Bloomberg'], ['Bloomberg News']),
  agency('cnn', 'CNN', 'en', ['cnn.com'], ['CNN'], ['CNN Newsource', 'CNN Wire', 'The-CNN-Wire']),
  agency('tns', 'Tribune News Service', 'en', ['tribunecontentagency.com'], ['TNS'], ['Tribune Content Agency']),
  agency('voa', 'Voice of America', 'en', ['voanews.com'], ['VOA'], ['VOA News']),
  agency('rferl', 'RFE/RL', 'en', ['rferl.org'], ['RFE/RL'], ['Radio Free Europe/Radio Liberty']),
  agency('conversation', 'The Conversation', 'en', ['theconversation.com'], []),
  agency('propublica', 'ProPublica', 'en', ['propublica.org'], []),
  agency('kff', 'KFF Health News', 'en', ['kffhealthnews.org', 'khn.org'], [], ['Kaiser Health News']),
  agency('states-newsroom', 'States Newsroom', 'en', ['statesnewsroom.com', 'stateline.org'], [], ['Stateline']),
  agency('stacker', 'Stacker', 'en', ['stacker.com'], []),
  agency(
    'prnewswire',
    'PR Newswire',
    'en',
    ['prnewswire.com', 'newswire.ca'],
    ['PRNewswire', 'PR Newswire', 'CNW'],
    ['PRNewswire', 'Cision'],
  ),
  agency(
    'businesswire',
    'Business Wire',
    'en',
    ['businesswire.com'],
    ['Business Wire', 'BUSINESS WIRE'],
    ['BusinessWire'],
  ),
  agency(
    'globenewswire',
    'GlobeNewswire',
    'en',
    ['globenewswire.com'],
    ['GLOBE NEWSWIRE', 'GlobeNewswire'],
    ['Globe Newswire'],
  ),
  {
    ...agency('epa', 'European Pressphoto Agency', 'en', ['epa.eu'], ['EPA', 'EPA-EFE'], ['EPA-EFE', 'EPA Images']),
    isPhotoOnly: true,
  },
  { ...agency('getty', 'Getty Images', 'en', ['gettyimages.com'], [], ['Getty']), isPhotoOnly: true },
];
