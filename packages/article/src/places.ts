/** What sites call the parts of their pages, and how likely the article's own text stands in each. */
import type { PageNode } from './scanned.ts';

/**
 * A kind of place by its label (class, id, role) or tag, and the factor that text inside it is weighed with. The factors were set by
 * judgement and only as a whole measured, by the floors of the extraction evaluation.
 */
interface Place {
  name: string;
  factor: number;
  label: RegExp;
  tags?: readonly string[];
}

const PLACES: readonly Place[] = [
  {
    name: 'navigation',
    factor: 0.05,
    tags: ['nav', 'menu'],
    label:
      /(?:^|[^a-z])(?:nav|navbar|navigation|menu|breadcrumbs?|masthead|site-?header|skip-?links?|pagination|pager|toolbar)(?:[^a-z]|$)/,
  },
  {
    name: 'footer',
    factor: 0.1,
    tags: ['footer'],
    label: /(?:^|[^a-z])(?:site-?footer|footer|colophon|copyright|legal|imprint|impressum)(?:[^a-z]|$)/,
  },
  {
    name: 'comments',
    factor: 0.15,
    label:
      /(?:^|[^a-z])(?:comments?|comment-?(?:list|body|content|text|thread|section|area)|disqus\w*|respond|livefyre|kommentare?|commentaires?|comentarios?|coral\w*|opentalk)(?:[^a-z]|$)/,
  },
  {
    name: 'related',
    factor: 0.08,
    label:
      /related|recommend|more-?(?:stories|news|articles|from|on|like|posts)|read-?(?:more|next|also)|also-?(?:read|like)|trending|most-?(?:read|popular|viewed)|popular|teaser|recirc|outbrain|taboola|zergnet|next-?(?:article|story|post|up)|up-?next|latest|headlines-?list|story-?(?:list|cards?)|(?:^|[^a-z])(?:promo|promos|promotion|carousel|inline-?links?|in-?article-?links?|see-?also|yarpp\w*|jp-relatedposts|ticker|playlist)(?:[^a-z]|$)/,
  },
  {
    name: 'side',
    factor: 0.15,
    tags: ['aside'],
    label:
      /side-?bar|(?:^|[^a-z])(?:aside|rail|right-?(?:col|column|rail)|widgets?|widget-?area|complementary|infobox|fact-?box|factbox|info-?box)(?:[^a-z]|$)/,
  },
  {
    name: 'share',
    factor: 0.1,
    label:
      /(?:^|[^a-z])(?:share|sharing|sharedaddy|social|socials|addthis\w*|follow|follow-?us|share-?(?:bar|buttons?|tools?|links?)|social-?(?:media|links?|share|icons?|bar)|tools)(?:[^a-z]|$)/,
  },
  {
    name: 'sign-up',
    factor: 0.06,
    tags: ['form', 'button', 'label', 'fieldset', 'dialog'],
    label:
      /newsletter|(?:^|[^a-z])subscri(?:be|ption)(?:[^a-z]|$)|sign-?up|signin|log-?in|regwall|register|registration|donat(?:e|ion)|membership|(?:^|[^a-z])(?:cta|call-?to-?action|tp-\w+|abo|app-?(?:download|promo))(?:[^a-z]|$)/,
  },
  {
    name: 'consent',
    factor: 0.03,
    label:
      /cookie|consent|gdpr|onetrust|cmp-|didomi|(?:^|[^a-z])(?:modal|popup|pop-up|overlay|lightbox|toast|noscript|alert-?bar)(?:[^a-z]|$)/,
  },
  {
    name: 'advertisement',
    factor: 0.1,
    label:
      /advert|sponsor|(?:^|[^a-z])(?:ad|ads|adv|advertorial|ad-?(?:slot|container|wrapper|unit|label|text)|dfp\w*|gpt-?ad|banner|promoted|partner-?content|affiliate\w*|commercial)(?:[^a-z]|$)/,
  },
  {
    name: 'author',
    factor: 0.2,
    label:
      /byline|by-line|(?:^|[^a-z])(?:authors?|author-?(?:bio|box|info|card|name|description|details|block|meta)|about-?(?:the-?)?authors?|bio|biography|contributors?|writer|reporter)(?:[^a-z]|$)/,
  },
  {
    name: 'picture',
    factor: 0.06,
    tags: ['figcaption', 'figure', 'caption', 'picture'],
    label:
      /caption|(?:^|[^a-z])(?:credits?|photo-?credit|image-?(?:credit|source|description|info|meta|text)|media-?(?:credit|info|meta|desc\w*)|copyright-?info|lightbox-?image|photo-?(?:desc\w*|info|meta)|video-?(?:title|desc\w*|meta|info|player)|player|bildunterschrift|legende?|pie-?foto)(?:[^a-z]|$)/,
  },
  {
    name: 'data about the article',
    factor: 0.15,
    tags: ['time'],
    label:
      /(?:^|[^a-z])(?:meta|metadata|date|dateline-?date|time|timestamp|time-?stamp|published|pub-?date|publish-?date|post-?(?:meta|date|info)|entry-?(?:meta|date|utility|footer)|article-?(?:meta|info|date|tags?|topics?|details)|tags?|tag-?(?:list|cloud|links)|topics?|keywords|categor(?:y|ies)|kicker|overline|eyebrow|section-?(?:name|label|title)|read-?time|reading-?time|updated|correction-?policy)(?:[^a-z]|$)/,
  },
  {
    name: 'embedded post',
    factor: 0.1,
    label:
      /twitter-tweet|twitter-video|instagram-media|tiktok-embed|wp-embedded-content|fb-post|bluesky-embed|reddit-embed|embed-?card/,
  },
  {
    name: 'pulled quote',
    factor: 0.3,
    label: /pull-?quote|quote-?pull/,
  },
  {
    name: 'for machines',
    factor: 0.1,
    label:
      /(?:^|[^a-z])(?:sr-only|screen-?reader\w*|visually-?hidden|visuallyhidden|a11y\w*|print-?only|hidden|hide|tooltip)(?:[^a-z]|$)/,
  },
];

const BODY_LABEL =
  /article-?_{0,2}(?:body|content|text|copy|main|story)|(?:story|post|entry|content|news|page|main|rich|body|single)-?_{0,2}(?:body|content|text|copy|article)|body-?_{0,2}(?:copy|text|content|main)|articlebody|rich-?text|wysiwyg|paywall-?content|(?:^|\s)(?:prose|copy|story|text)(?:\s|$)/;

export interface NodePlace {
  /** Factor for text inside, 1 where the label says nothing. */
  factor: number;
  name: string | null;
  /** The site calls it the body of the article. */
  isBody: boolean;
  /** The site calls it the paragraph under the headline. */
  isStandfirst: boolean;
}

const STANDFIRST_LABEL =
  /(?:^|[^a-z])(?:dek|deck|standfirst|stand-first|subtitle|sub-title|sub-?headline|subhead|summary|lead|lede|lead-?text|excerpt|chapo|chapeau|intro|introduction|teaser-?text|strapline|sinopse|entradilla|sottotitolo|ingress|manchet|abstract)(?:[^a-z]|$)|article-(?:desc|description|subtitle|summary|intro|lead|excerpt)/;

const PLAIN: NodePlace = { factor: 1, name: null, isBody: false, isStandfirst: false };

/** Looks elements up once each. */
export function placeReader(): (node: PageNode) => NodePlace {
  const known = new Map<PageNode, NodePlace>();
  return (node) => {
    const cached = known.get(node);
    if (cached !== undefined) return cached;
    const place = readPlace(node);
    known.set(node, place);
    return place;
  };
}

/** Classes that describe the layout or the page as a whole, and not the place: `has-sidebar`, `tag-politics`, `md:hidden`. */
const MODIFIER =
  /^(?:has|without|with|no|not|is|show|hide|u|tag|category|page|single|status|type|format|theme|skin|template|postid|post-type|post-template|overflow|logged|wp-singular)[-_]|:|sidebar-grid|-not-|[-_](?:hidden|template|default|enabled|disabled)$|sidebar$/;

/** The label without modifiers, with one kind of hyphen. */
function meaningOf(label: string): string {
  if (label === '') return '';
  const kept: string[] = [];
  for (const name of label.split(/\s+/)) {
    const block = name.split('--', 1)[0] ?? '';
    if (block !== '' && (name === 'sidebar' || !MODIFIER.test(name))) kept.push(block);
  }
  return kept.join(' ').replaceAll('_', '-');
}

function readPlace(node: PageNode): NodePlace {
  const label = meaningOf(node.label);
  let worst: Place | null = null;
  for (const place of PLACES) {
    if (worst !== null && place.factor >= worst.factor) continue;
    if (place.tags?.includes(node.tag) || (label !== '' && place.label.test(label))) worst = place;
  }
  const isBody = label !== '' && BODY_LABEL.test(label);
  const isStandfirst = label !== '' && STANDFIRST_LABEL.test(label);
  if (worst === null && !isBody && !isStandfirst) return PLAIN;
  return { factor: worst?.factor ?? 1, name: worst?.name ?? null, isBody, isStandfirst };
}
