/** A page of our own writing with every kind of paragraph, and with furniture in a sentence of an item, that stays in its body. */
export const STRUCTURED_URL = 'https://tidewatch.example/2026/03/barge';
export const STRUCTURED_TITLE = 'A bread barge for the outer isles';

const PITCH = 'Sign up for our newsletter.';

export const STRUCTURED_PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${STRUCTURED_TITLE} | Tide Watch</title>
<meta property="og:site_name" content="Tide Watch"><meta property="article:published_time" content="2026-03-09T07:30:00Z">
<meta name="author" content="Runa Holm"><link rel="canonical" href="${STRUCTURED_URL}"></head>
<body><nav><a href="/">Home</a> <a href="/sea">Sea</a></nav>
<main><article><h1>${STRUCTURED_TITLE}</h1><div class="article-body">
<p>The outer isles of Keldmouth will have their bread by barge from Monday on, because the ferry that brought it goes into dock for the whole of the spring.</p>
<p>The barge holds four hundred loaves, twice what the isles eat on a working day, and its skipper has promised to sail in any wind below a gale.</p>
<h2>What changes for the islanders</h2>
<p>Whoever ordered bread at the landing until now orders it from the skipper, by telephone or by the flag at the end of the pier, as their grandparents did.</p>
<ul><li>The barge leaves Keldmouth at five in the morning and is at the last isle before eight.</li>
<li>Orders for the next day are taken until noon:<ol><li>on the telephone of the harbour office, which is staffed from six in the morning;</li><li>with the yellow flag that hangs at the end of each pier.</li></ol></li>
<li>Loaves that nobody fetches go to the school at Varholm, where the older pupils have been told to write down, for each morning of the spring, how many there were, of which kind and from which isle they came back, so that the bakers know by the summer what the isles like to eat and what only their grandparents asked for. ${PITCH}</li></ul>
<h3>The tides of the first week</h3>
<p>The skipper, who has sailed the sound for thirty-one years, does not think that the tide will be the trouble of these mornings.</p>
<blockquote><p>I have carried stones, sheep and a church bell across this water, and none of them went stale when I was late by an hour.</p>
<p>Bread is the first cargo that looks at the clock.</p></blockquote>
<h3>The forecast that she sails by</h3>
<pre>OUTER ISLES   MONDAY TO TUESDAY
WIND          northwest 12 to 18 knots, backing west
SEA           3 feet, rising to 5 by the evening</pre>
<p>On the wall of her wheelhouse hangs the verse that the bakers gave her for the first trip:<br>Slow is the ferry and slow is the tide,<br>warm be the loaf on the other side.</p>
<h2>What the ferry does meanwhile</h2>
<dl><dt>Until the end of March</dt><dd>The hull is scraped and painted, which takes longer than in other years because of the ice.</dd>
<dt>From the first of April</dt><dd>The engine is lifted out, and the islanders are asked to look at it before it goes back.</dd></dl>
<p>The ferry office expects her back for the first of May, and says that nobody will have to order bread by flag in the summer.</p>
<p>This site is protected by reCAPTCHA and the Google privacy policy and terms of service apply.</p>
</div></article></main>
<footer><p>Tide Watch is printed in Keldmouth. All rights reserved.</p></footer></body></html>`;
