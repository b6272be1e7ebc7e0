/** What sites call the parts of their pages, as groups of words in class, id, role and test names: signs for the model, one bit each. */
import type { PageNode } from '../scanned.ts';

const GROUPS = {
  comment: /comment|disqus|repl(?:y|ies)|respond|discuss|livefyre|viafoura|coral|spot-?im|kommentar|opentalk/,
  commentList:
    /(?:^|[\s_-])(?:comments?|commentlist|comment-?(?:body|list|area|section|content|thread|text|wrap(?:per)?|container)|disqus(?:_thread)?|respond)(?:[\s_-]|$)/,
  related:
    /relat|recommend|more-?(?:from|on|stories|news|articles)|read-?(?:more|next|also)|also-?|trending|popular|most-?(?:read|viewed|pop)|latest|teaser|promo|up-?next|you-?may|suggest|further|outbrain|taboola|zergnet|recirc|mightlike|onward|carousel|river|card/,
  share: /shar(?:e|ing)|social|follow|sns|facebook|twitter|whatsapp|addthis|addtoany|reaction|like-?button/,
  navigation:
    /(?:^|[-_ ])nav|navbar|navig|menu|breadcrumb|crumb|pagina|pager|tabs?(?:[-_ ]|$)|skip|(?:^|[-_ ])toc(?:[-_ ]|$)|toolbar|masthead|topbar|dropdown|hamburger/,
  footer: /foot(?:er)?|copyright|legal|colophon|bottom|imprint|disclaimer/,
  side: /side-?bar|rail|aside|widget|complementary|(?:right|left)-?col|column-?right|secondary|sticky|info-?box|fact-?box/,
  advertisement:
    /(?:^|[-_ ])ad(?:s|v|vert|vertis\w*|slot|box|unit|container|wrapper)?(?:[-_ ]|$)|sponsor|banner|dfp|gpt|adsense|promoted|commercial|affiliate|advert/,
  signUp:
    /newsletter|subscri|sign-?up|sign-?in|log-?in|paywall|register|registration|regwall|membership|donat|(?:^|[-_ ])cta|optin|opt-in|piano|email-?(?:form|capture)|inline-?form|mc_embed/,
  picture:
    /caption|credit|image|photo|figure|gallery|slide|media|video|picture|img|thumb|player|lightbox|wp-cap|attachment/,
  author: /author|by-?line|(?:^|[-_ ])bio|contributor|writer|profile|columnist|reporter|avatar|vcard/,
  data: /meta|(?:^|[-_ ])date|time(?:stamp)?(?:[-_ ]|$)|publish|updated|tags?(?:[-_ ]|$)|categor|topic|keyword|label|kicker|eyebrow|info|dateline|entry-?(?:footer|meta)/,
  headline: /head(?:line|ing)|title|hero/,
  standfirst:
    /(?:^|[-_ ])de[kc]k?(?:[-_ ]|$)|standfirst|subhead|subtitle|sub-title|summary|(?:^|[-_ ])lead|lede|intro|strap|excerpt|abstract|chapo|ingress|teaser-?text/,
  consent: /cookie|consent|gdpr|onetrust|didomi|usercentrics|sourcepoint|(?:^|[-_ ])cmp(?:[-_ ]|$)/,
  overlay:
    /modal|pop-?up|overlay|tooltip|toast|alert|notification|dialog|hidden|sr-only|visually|screen-?reader|invisible|d-none/,
  body: /article-?_{0,2}(?:body|content|text|copy|main|inner)|story-?_{0,2}(?:body|content|text)|post-?_{0,2}(?:body|content|entry|text)|entry-?content|body-?_{0,2}(?:text|copy|content)|content-?_{0,2}(?:body|text|article|main)|articlebody|storytext|main-?content|node-?body|field-?(?:name-)?body|rich-?text|wysiwyg|prose|page-?content|single-?content|article__|story__/,
  article: /article|story|post|entry|content|main|body|text|copy|paragraph|blog|page|news|detail|single/,
  embed: /tweet|instagram-media|fb-post|embed|reddit-|bluesky|tiktok/,
  list: /list|grid|feed|items?(?:[-_ ]|$)|archive|collection|stream|block|module|section|row|col/,
  quote: /quote|zitat|cita(?:tion|zione)/,
} as const;

const PATTERNS: readonly RegExp[] = Object.values(GROUPS);

export const GROUP_NAMES: readonly string[] = Object.keys(GROUPS);

/** Bits of the groups, in the order of their names. */
export type Groups = number;

export function hasGroup(groups: Groups, group: keyof typeof GROUPS): boolean {
  return (groups & (1 << GROUP_NAMES.indexOf(group))) !== 0;
}

/** Reads labels, each spelling once: a page repeats few labels many times. */
export function groupReader(): (node: PageNode) => Groups {
  const known = new Map<string, Groups>();
  return ({ label }) => {
    if (label === '') return 0;
    const cached = known.get(label);
    if (cached !== undefined) return cached;
    let groups = 0;
    PATTERNS.forEach((pattern, bit) => {
      if (pattern.test(label)) groups |= 1 << bit;
    });
    known.set(label, groups);
    return groups;
  };
}
