/** One kind of sentence or line that belongs to a site. Patterns see lower case, straight quotes, plain dashes and single blanks. */
export interface BoilerplateRule {
  name: string;
  /** A `line` rule wants a whole line for itself, a `sentence` rule a sentence anywhere. */
  unit: 'line' | 'sentence';
  /** Distinctive enough to count alone; the others count only in a run with such a one, or where several kinds stand together. */
  isSure: boolean;
  /** Anchored at both ends or with a bounded tail, so that a report that quotes such words keeps them. */
  pattern: RegExp;
}

function sure(name: string, unit: 'line' | 'sentence', ...patterns: RegExp[]): BoilerplateRule[] {
  return patterns.map((pattern) => ({ name, unit, isSure: true, pattern }));
}

function unsure(name: string, unit: 'line' | 'sentence', ...patterns: RegExp[]): BoilerplateRule[] {
  return patterns.map((pattern) => ({ name, unit, isSure: false, pattern }));
}

const NETWORK =
  '(?:facebook|twitter|x|instagram|whatsapp|linkedin|reddit|pinterest|telegram|messenger|bluesky|threads|tiktok|youtube|flipboard|mastodon|google news|e-?mail|sms)';

/** Written by reading the furniture of many news sites. Universal only: what one host alone repeats is no rule. */
export const BOILERPLATE_RULES: readonly BoilerplateRule[] = [
  ...sure(
    'recaptcha',
    'sentence',
    /^(?:this|our) (?:site|page|form|website) is protected by (?:google )?(?:re|h)captcha\b.{0,120}$/,
    /^there was (?:a problem|an error|an issue) with (?:the|your) (?:re)?captcha[.!]?(?: please try again.?)?$/,
  ),
  ...unsure(
    'recaptcha',
    'sentence',
    /^(?:and )?the google privacy policy and terms of service apply\.?$/,
    /^protected by (?:re|h)captcha\b.{0,40}$/,
    /^please (?:complete|verify) the captcha.{0,60}$/,
  ),
  ...unsure(
    'form-error',
    'sentence',
    /^(?:error|success|oops)[!.:]?$/,
    /^(?:(?:we're )?sorry,? )?there was (?:an error|a problem|an issue) (?:while )?(?:processing|submitting|with|sending) your (?:request|submission|form|subscription).{0,40}$/,
    /^(?:sorry,? )?(?:an error (?:has )?occurred|something went wrong)\b.{0,60}$/,
    /^please (?:try again|refresh the page|check your (?:inbox|e-?mail))(?: (?:and try again|later|soon))?[.!]?$/,
    /^(?:please )?(?:enter|provide) (?:a|your) (?:valid )?e-?mail(?: address)?[.!:]?$/,
    /^(?:e-?mail address|your e-?mail|first name|last name)[:*]?$/,
  ),
  ...sure(
    'newsletter-pitch',
    'sentence',
    /^you (?:may|can) (?:opt[ -]out or )?unsubscribe at any ?time\b.{0,60}$/,
    /^(?:sign ?up|subscribe|register) (?:now |here |today |below )?(?:to|for|at) .{0,80}\b(?:newsletters?|inbox|briefing|e-?mail alerts?)\b.{0,80}$/,
    /^(?:sign ?up|subscribe) for more at our newsletters?\b.{0,40}$/,
    /^(?:get|receive|have|want) .{2,140}\b(?:to|in|into) your (?:e-?mail )?inbox\b.{0,60}$/,
    /^by (?:signing up|subscribing|registering|submitting|entering your e-?mail|providing your e-?mail|clicking (?:sign up|subscribe|submit))\b.{0,60}\byou (?:agree|consent|accept|confirm|acknowledge|will)\b.{0,200}$/,
    /^melden sie sich .{0,60}\bnewsletter\b.{0,60}$/,
    /^(?:inscrivez-vous|abonnez-vous) (?:à|a) .{0,60}\b(?:newsletter|infolettre|lettre d'information)\b.{0,60}$/,
    /^(?:suscríbete|suscríbase|regístrate) .{0,60}\b(?:newsletter|boletín|boletines)\b.{0,60}$/,
  ),
  ...unsure(
    'newsletter-pitch',
    'sentence',
    /^(?:want|looking for|need|love|like) .{0,80}\b(?:more|latest|news|updates|stories|from us|like this)\b.{0,40}\?$/,
    /^(?:thanks|thank you) for (?:signing up|subscribing|registering)\b.{0,60}$/,
    /^(?:never miss|don't miss|stay (?:up to date|informed|connected))\b.{0,80}$/,
    /^sign ?up(?: now| here| today| below)?[.!]?$/,
    /^(?:click|tap) here (?:to|for) .{0,100}$/,
    /^(?:a )?confirmation (?:e-?mail|link) .{0,80}$/,
  ),
  ...sure(
    'cookie-notice',
    'sentence',
    /^(?:we|(?:this|our) (?:site|website)|we and our (?:\d+ )?partners) (?:use|uses|store) (?:cookies|and\/or access).{0,60}\b(?:experience|traffic|ads|advertis\w+|analy\w+|website|site|browser|device|services|personali\w+)\b.{0,200}$/,
    /^by (?:continuing|using|browsing|clicking|closing)\b.{0,80}\b(?:use of cookies|cookie (?:policy|notice|use)|our cookies)\b.{0,120}$/,
    /^(?:wir verwenden|diese (?:website|seite) (?:verwendet|nutzt)) cookies.{0,200}$/,
  ),
  ...sure(
    'cookie-notice',
    'line',
    /^(?:accept|reject|manage|allow) (?:all )?(?:cookies|cookie (?:settings|preferences))$/,
  ),
  ...unsure(
    'cookie-notice',
    'line',
    /^(?:accept|reject|accept all|reject all|cookie (?:policy|settings|preferences|notice))$/,
  ),
  ...sure(
    'subscribe-pitch',
    'sentence',
    /^(?:already|are you) (?:a|an|an existing) (?:paying )?(?:subscriber|member)\?(?: (?:log|sign) in.{0,40})?$/,
    /^(?:subscribe|sign in|log in|register)(?: now| today)? (?:to|and) (?:continue|keep) reading\b.{0,60}$/,
    /^(?:subscribe|sign in|log in|register)(?: now| today)? (?:to (?:read (?:the full|this)|unlock)|for (?:full|unlimited)) .{0,60}$/,
    /^(?:to|please) (?:continue|keep) reading,? .{0,60}\b(?:subscribe|sign in|log in|register|account)\b.{0,60}$/,
    /^this (?:article|story|content) is (?:only )?(?:available )?(?:to|for) (?:our )?(?:paying |registered )?(?:subscribers|members)(?: only)?\.?$/,
  ),
  ...unsure(
    'subscribe-pitch',
    'sentence',
    /^you(?:'ve| have) (?:reached|read|used) (?:your|all|\d+) .{0,40}\bfree articles?\b.{0,60}$/,
    /^start your (?:free )?.{0,30}\btrial\b.{0,40}$/,
    /^(?:please )?(?:support|help us) .{0,80}\b(?:journalism|newsroom|reporting)\b.{0,60}$/,
    /^become an? (?:member|subscriber|supporter)\b.{0,60}$/,
    /^(?:no thanks|maybe later|not now)[.!]?$/,
    /^(?:log|sign) in(?: here| now)?[.!]?$/,
    /^download (?:the|our) .{0,40}\bapp\b.{0,60}$/,
  ),
  ...unsure(
    'subscribe-pitch',
    'line',
    /^(?:log in|login|sign in|sign up|subscribe|subscribe now|register|create (?:an )?account|my account)$/,
  ),
  ...sure(
    'share-bar',
    'sentence',
    /^(?:click to )?(?:share|tweet|pin|e-?mail|print)\b.{0,60}\(opens in (?:a )?new (?:window|tab)\)$/,
    new RegExp(`^(?:follow|like|find) us on ${NETWORK}\\b.{0,60}$`),
    new RegExp(`^follow (?:\\S+ ){1,4}on ${NETWORK}(?::? @\\w{1,30})?\\.?$`),
  ),
  ...sure(
    'share-bar',
    'line',
    /^(?:share|tweet|share this|share (?:this )?(?:article|story|post|page)|copy link|link copied!?|share via e-?mail|print this (?:article|page)|show more sharing options)$/,
    new RegExp(
      `^(?:(?:share|tweet|print|save|copy|link|via|on|to|this|article|or|and|by|${NETWORK})[ |/,·•-]{0,3}){2,20}$`,
    ),
  ),
  ...sure(
    'comments',
    'line',
    /^(?:comments?|comment section|kommentare|commentaires|comentarios)(?: ?\(\d{1,6}\)|: ?\d{1,6})?$/,
    /^\d{1,6} comments?$/,
    /^no comments(?: yet)?(?:\.|…){0,5}$/,
    /^(?:leave|post|add|write) a (?:comment|reply)[.!]?$/,
    /^(?:view|show|see|read|load|hide) (?:all |more )?(?:\d{1,6} )?comments?(?: ?\(\d{1,6}\))?$/,
    /^be the first to (?:comment|reply)[.!]?$/,
    /^join the (?:conversation|discussion)[.!]?$/,
  ),
  ...sure(
    'comments',
    'sentence',
    /^comments (?:are|have been) (?:closed|disabled|turned off|moderated)\b.{0,60}$/,
    /^(?:please )?(?:log in|sign in|you must be logged in) to (?:post a |leave a |add a )?(?:comment|reply)\b.{0,40}$/,
  ),
  ...sure(
    'rights',
    'sentence',
    /^(?:copyright|©|\(c\)) ?(?:©|\(c\))? ?(?:(?:19|20)\d\d\b|by\b).{0,160}$/,
    /^(?:© ?)?.{0,60}\ball rights reserved[.!]?$/,
    /^this material may not be (?:published|reproduced)\b.{0,160}$/,
    /^(?:the )?(?:material|contents?) (?:on|of) this (?:site|page|website) may not be .{0,200}$/,
    /^(?:no part of this (?:publication|article|site|website|material)|reproduction (?:in whole or in part)) .{0,200}$/,
  ),
  ...sure(
    'related',
    'line',
    /^(?:related|more|recommended)(?: (?:articles?|stories|news|coverage|content|posts|topics|links|videos|reading))?:?$/,
    /^(?:read|see)(?: more| also| next):?$/,
    /^(?:read more|read also|also read|see also|read next|related(?: stories| articles?)?|more on this|recommended(?: reading)?) ?[:|] ?.{1,200}$/,
    /^(?:mehr zum thema|lesen sie auch|auch interessant|lire aussi|à lire aussi|lea también|lee también|leggi anche|leia também|lees ook|läs också|czytaj także|читайте также) ?[:|-] ?.{0,200}$/,
    /^(?:most (?:read|popular|viewed)|trending(?: now| stories)?|top stories|you (?:may|might) also (?:like|be interested in)|recommended for you|editors?'?s? picks?|around the web|(?:next|previous) (?:article|story|post)|up next|sponsored (?:content|links|stories)):?$/,
  ),
  ...sure(
    'ai-pitch',
    'line',
    /^try our ai (?:features?|tools?|assistant|chat)[.!:]?$/,
    /^explore what .{1,40}\bai can do for you[.!:]?$/,
    /^(?:summari[sz]e|explain|translate|ask about) (?:this )?(?:article |story |page )?(?:with|using|by) ai[.!]?$/,
    /^(?:ai|ai-generated) (?:summary|key points|takeaways)[:.]?$/,
    /^(?:listen to|hear) this (?:article|story)(?: \d{1,3} min(?:utes)?)?[.:]?$/,
  ),
  ...sure(
    'ad-marker',
    'line',
    /^-{0,3} ?(?:advertisement|advertising|anzeige|werbung|publicité|publicidad|pubblicità|reklama|реклама|annons)(?: ?- (?:story|article|content|continue|scroll)\b.{0,40})? ?-{0,3}[.:]?$/,
    /^(?:skip|close) (?:ad|advertisement)$/,
  ),
  ...sure(
    'ad-marker',
    'sentence',
    /^(?:the )?(?:story|article) continues (?:below|after)(?: (?:the |this )?(?:advertisement|ad|video))?\.?$/,
    /^scroll (?:down )?to continue(?: with content| reading)?\.?$/,
    /^advertisement - (?:story continues|continue reading|scroll)\b.{0,40}$/,
  ),
  ...sure(
    'time-label',
    'line',
    /^(?:(?:first |last )?(?:posted|updated|published):? )(?:an?|\d{1,3}) (?:min(?:ute)?|hour|day|week|month)s? ago$/,
    /^\d{1,3}[ -]min(?:ute)?s? read$/,
  ),
  ...sure('navigation', 'line', /^skip to (?:main )?(?:content|navigation)\.?$/),
  ...unsure('navigation', 'line', /^(?:menu|home|search|close|back|next|previous|back to top|loading(?:\.\.\.|…)?)$/),
];
