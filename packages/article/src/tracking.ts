/** Query parameters that say how a reader arrived and never which article is shown. */

export interface TrackingRow {
  /** Names in lower case; one that ends with `*` stands for all that begin so. */
  names: readonly string[];
  what: string;
  /** Where its owner, or who collects such names, says that it is for counting readers. */
  source: string;
}

/**
 * A name is listed only where it is documented as tracking wherever it stands. Doubtful ones (`ref`, `source`, `cmp`, `ncid`, `partner`)
 * stay, since two spellings of one article cost one fetch until the page declares its canonical, and two articles under one URL lose one.
 */
export const TRACKING: readonly TrackingRow[] = [
  {
    names: ['utm_*'],
    what: 'campaign tags of Google Analytics, read by all others, too',
    source: 'Google Analytics Help, "URL builders: collect campaign data with custom URLs"',
  },
  {
    names: ['_ga', '_gl'],
    what: 'visitor that Google Analytics carries from domain to domain',
    source: 'https://support.google.com/analytics/answer/10071811',
  },
  {
    names: ['gclid', 'gclsrc', 'gbraid', 'wbraid', 'dclid'],
    what: 'clicks on ads of Google',
    source:
      'Google Ads Help, "Google Click ID (GCLID): Definition"; AdGuard URL Tracking filter, general_url.txt; ClearURLs rules',
  },
  {
    names: ['fbclid', 'fb_action_*', 'fb_comment_id', 'fb_ref', 'fb_source'],
    what: 'clicks and shares on Facebook',
    source:
      'https://developers.facebook.com/docs/marketing-api/conversions-api/parameters/fbp-and-fbc/; AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['igshid', 'mibextid'],
    what: 'shares from the apps of Instagram and Facebook',
    source: 'No document of Meta; in links that its apps share',
  },
  {
    names: ['msclkid'],
    what: 'clicks on ads of Microsoft',
    source: 'https://help.ads.microsoft.com/apex/index/3/en/60000',
  },
  {
    names: ['yclid', 'ysclid', '_openstat'],
    what: 'clicks counted by Yandex Metrica, and its Openstat tags',
    source: 'AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['twclid', '__twitter_impression'],
    what: 'clicks on ads of X, formerly Twitter, and its preview of AMP pages',
    source: 'AdGuard URL Tracking filter, general_url.txt; ClearURLs rules',
  },
  { names: ['ttclid'], what: 'clicks on ads of TikTok', source: 'TikTok Events API, `ttclid`' },
  {
    names: ['li_fat_id'],
    what: 'clicks on ads of LinkedIn',
    source: 'https://learn.microsoft.com/linkedin/marketing/conversions/enabling-first-party-cookies',
  },
  { names: ['epik'], what: 'clicks on Pinterest', source: 'Pinterest API for Conversions, `click_id`' },
  {
    names: ['mtm_*', 'pk_campaign', 'pk_kwd', 'pk_medium', 'pk_source', 'pk_vid'],
    what: 'campaign tags of Matomo, formerly Piwik',
    source: 'Matomo, "Tracking campaigns"; AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['at_campaign*', 'at_custom*', 'at_medium*', 'xtor'],
    what: 'campaign tags of Piano, formerly AT Internet',
    source:
      'https://developers.atinternet-solutions.com/as2-tagging-en/javascript-en/campaigns-javascript-en/marketing-campaigns-javascript-en/',
  },
  {
    names: ['itm_source', 'itm_medium', 'itm_campaign', 'itm_content', 'itm_term'],
    what: 'campaigns inside of a site',
    source: 'https://www.parse.ly/help/kb/campaign-tracking-guide',
  },
  {
    names: ['mc_cid', 'mc_eid'],
    what: 'campaign and reader of a mail by Mailchimp',
    source: 'AdGuard URL Tracking filter, general_url.txt, for the reader; the campaign stands beside it',
  },
  {
    names: ['_hsenc', '_hsmi', '__hsfp', '__hssc', '__hstc', 'hsctatracking', 'hsa_*'],
    what: 'mails and ads by HubSpot',
    source: 'https://knowledge.hubspot.com/ads/ad-tracking-in-hubspot',
  },
  { names: ['mkt_tok'], what: 'reader of a mail by Marketo', source: 'AdGuard URL Tracking filter, general_url.txt' },
  {
    names: ['vero_id', 'vero_conv'],
    what: 'reader of a mail by Vero',
    source: 'AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['oly_anon_id', 'oly_enc_id', 'rb_clickid'],
    what: 'reader of a mail by Omeda Olytics',
    source: 'AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['s_cid', 's_kwcid', 'sc_cid'],
    what: 'campaigns and ad clicks of Adobe Analytics',
    source:
      'Adobe Advertising, "The AMO ID (s_kwcid) tracking parameter"; AdGuard URL Tracking filter, general_url.txt; Neat URL',
  },
  {
    names: ['ns_campaign', 'ns_mchannel', 'ns_source', 'ns_linkname', 'ns_fee'],
    what: 'campaigns of Comscore Digital Analytix',
    source: 'ClearURLs rules; links in feeds of the BBC',
  },
  {
    names: ['cmpid'],
    what: 'campaigns of newsrooms',
    source: 'AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['cx_click', 'cx_recsorder', 'cx_recswidget'],
    what: 'clicks on recommendations by Cxense',
    source: 'AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['wt_mc'],
    what: 'campaigns of Mapp, formerly Webtrekk',
    source: 'https://documentation.mapp.com/latest/en/url-campaign-mapper-19109338.html',
  },
  {
    names: ['guccounter', 'guce_referrer*'],
    what: 'consent redirects of Yahoo',
    source: 'AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['usqp'],
    what: 'where the AMP cache of Google shows a page',
    source: 'AdGuard URL Tracking filter, general_url.txt',
  },
  {
    names: ['jsessionid', 'phpsessid'],
    what: 'session of a reader without cookies',
    source: 'Jakarta Servlet 6.0, 7.1.3 "URL rewriting"; PHP Manual, "Passing the session ID"',
  },
];

const ALL = TRACKING.flatMap(({ names }) => names);
const WHOLE: ReadonlySet<string> = new Set(ALL.filter((name) => !name.endsWith('*')));
const BEGINNINGS = ALL.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1));

/** Whether one `name=value` of a query is there for counting readers. */
export function isTracking(parameter: string): boolean {
  const name = (parameter.split('=', 1)[0] ?? '').toLowerCase();
  return WHOLE.has(name) || BEGINNINGS.some((beginning) => name.startsWith(beginning));
}
