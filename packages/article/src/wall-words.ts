/** What walls say in other languages than English. Each phrase counts only in a text that is too short to be a report. */

const BOT_WALL = [
  'ich bin kein roboter|sind sie ein (?:mensch|roboter)|bestätigen sie,? dass sie (?:ein mensch|kein roboter)',
  "je ne suis pas un robot|(?:vérifi|confirm)(?:er|ez|ons) que vous (?:êtes (?:bien )?(?:un )?humain|n'êtes pas un robot)",
  'no soy un robot|(?:verifi|confirm)(?:ca|que|car|a|e|ar) que (?:eres (?:un )?human[oa]|no eres un robot)',
  'non sono un robot|(?:verifica|conferma)(?:re)? (?:di|che) (?:essere|sei) (?:un )?uman[oa]',
  'não sou um robô|(?:verifi|confirm)(?:que|car|e|ar) (?:que|se) você é humano',
  'ik ben geen robot|bevestig dat u (?:een mens|geen robot) bent',
  'nie jestem robotem|potwierdź,? że (?:jesteś człowiekiem|nie jesteś robotem)',
  'jag är inte en robot|bekräfta att du (?:är en människa|inte är en robot)',
  'я не робот|подтвердите,? что вы (?:человек|не робот)',
  '(?:ben )?robot değilim|robot olmadığınızı (?:doğrulayın|onaylayın)',
  '私はロボットではありません|ロボットではないことを確認',
  '로봇이 아닙니다',
  '(?:我|您)不是机器人|我不是機器人|请完成(?:安全)?验证',
  'javascript (?:ist deaktiviert|est désactivé|está des(?:activ|ativ|habilit)ado|è disabilitato|is uitgeschakeld|är inaktiverat)',
];

const PAYWALL = [
  '(?:nur|exklusiv|ausschließlich) für (?:unsere )?(?:abonnent(?:en|innen)|registrierte)|um weiter ?zu ?lesen|weiterlesen mit (?:\\p{L}+[ +]{1,2})?abo|sie haben (?:schon|bereits) ein abo',
  '(?:article |contenu )?réservé (?:à nos|aux) abonnés|abonnez-vous pour (?:lire|continuer|accéder|poursuivre)|déjà abonnée? ?\\?|il (?:vous )?reste .{1,20} de cet article à lire',
  'exclusivo para (?:su[bs]scriptor|assinante)(?:e?s)|s[oó]lo para su[bs]scriptores|para (?:seguir|continuar) leyendo|¿ya eres su[bs]criptor|¿ya estás su[bs]crito',
  '(?:riservat[oa]|esclusiv[oa]) (?:agli|per gli) abbonati|abbonati per (?:continuare|leggere)|per continuare a leggere|sei già abbonat[oa] ?\\?',
  'para continuar (?:a ler|lendo)|assine para (?:ler|continuar)|já é assinante ?\\?|só para assinantes',
  '(?:alleen|exclusief) voor (?:onze )?abonnees|om verder te lezen|word abonnee om',
  'för att läsa (?:vidare|hela artikeln)|(?:endast|bara) för prenumeranter|redan prenumerant ?\\?',
  'for å lese (?:videre|hele saken)|for at læse (?:videre|hele artiklen)|kun for (?:abonnenter|abonnenterne)|allerede abonnent ?\\?',
  '(?:tylko|wyłącznie) dla (?:prenumeratorów|subskrybentów)|aby (?:czytać dalej|kontynuować czytanie)|masz już (?:prenumeratę|subskrypcję)',
  'только для подписчиков|чтобы (?:продолжить чтение|читать дальше|прочитать полностью)|уже подписаны ?\\?',
  'abonelere özel|okumaya devam etmek için',
  '会員限定(?:の記事|記事|です)|有料会員(?:限定|になると)|続きを読むには|残り ?[\\d,]{1,6} ?文字',
  '(?:유료 ?)?(?:구독자|회원) 전용|계속 (?:읽으려면|보시려면)',
  '订阅后(?:继续|可)?阅读|(?:仅限|僅限)(?:订阅者|會員|会员|訂戶)|訂閱後(?:繼續)?閱讀',
];

/** Chinese, Japanese and Korean part no words. */
const anyOf = (phrases: readonly string[]): RegExp =>
  new RegExp(`(?<![\\p{sc=Latn}\\p{sc=Cyrl}])(?:${phrases.join('|')})`, 'iu');

export const BOT_WALL_ELSEWHERE = anyOf(BOT_WALL);
export const PAYWALL_ELSEWHERE = anyOf(PAYWALL);
