import { HEADLINE_FONT_PATH, ICON_PATH, STYLE_PATH } from './assets.ts';
import { type Html, html } from './html.ts';

export interface Page {
  /** Stands in the window's title, before the name of the site. */
  title: string;
  main: Html;
  /** Where the API gives the same as JSON. */
  json?: string;
  /** The entry of the navigation that this page is, if it is one. */
  here?: 'stories' | 'feeds' | 'monitor' | 'match' | 'webhooks';
}

// A tag without any value in it: nothing from outside can stand in it.
const SCRIPT = html`<script type="module" src="/assets/reader.js"></script>`;

/** The frame of every page: one `main`, a link that skips to it, and the one script, without which it is as complete. */
export function layout({ title, main, here, json }: Page): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Wirefold</title>
<link rel="preload" href="${HEADLINE_FONT_PATH}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${STYLE_PATH}">
<link rel="icon" href="${ICON_PATH}" type="image/svg+xml">
${SCRIPT}
<link rel="alternate" type="application/atom+xml" title="Latest stories" href="/v1/stories.atom"><link rel="alternate" type="application/rss+xml" title="Latest stories" href="/v1/stories.rss"><link rel="alternate" type="application/feed+json" title="Latest stories" href="/v1/stories.json">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="${here === 'stories' ? 'masthead' : 'masthead inner'}">
<p class="name"><a href="/">Wirefold</a></p>
${here === 'stories' && html`<p class="motto">Each text once, with every copy of it.</p>`}
<nav aria-label="Pages"><ul>
<li>${navigationLink('/', 'Stories', here === 'stories')}</li>
<li>${navigationLink('/feeds', 'Feeds', here === 'feeds')}</li>
<li>${navigationLink('/monitor', 'Monitor', here === 'monitor')}</li>
<li>${navigationLink('/match', 'Match', here === 'match')}</li>
<li><a href="/#add">Add a URL</a></li>
</ul></nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="foot">
<p>All times are UTC. A <span aria-hidden="true">~</span><span class="hidden">tilde</span> stands before a time that is not certain. Headlines and texts belong to their publishers.</p>
${json !== undefined && html`<p><a href="${json}">This page as JSON</a></p>`}
<p><a href="/docs">The API</a>, <a href="/webhooks">webhooks</a></p>
</footer>
</body>
</html>
`;
}

function navigationLink(path: string, label: string, isHere: boolean): Html {
  return isHere ? html`<a href="${path}" aria-current="page">${label}</a>` : html`<a href="${path}">${label}</a>`;
}

/** A page that only says something: not found, refused, failed. */
export function renderMessage(message: { title: string; text: string }): Html {
  return layout({
    title: message.title,
    main: html`<div class="message"><h1>${message.title}</h1><p>${message.text}</p><p><a href="/">To the stories</a></p></div>`,
  });
}
