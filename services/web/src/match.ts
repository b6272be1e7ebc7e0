import type { Explanation, Verdict } from '@wirefold/dedup';
import type { Printed } from '@wirefold/store';
import type { CopyChanges } from '@wirefold/story';
import { changesShown, legend } from './diff.ts';
import { checksTable } from './explain.ts';
import { count, formatNumber, formatRatio, formatShare, outsideLink, publishedElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { changeWords } from './mirror.ts';

/** A text that is known, how what was sent compares with it, and who prints it. */
export interface MatchedText {
  /** `a` is what was sent, `b` the text of these articles. */
  verdict: Verdict;
  copies: number;
  articles: Printed[];
}

/** What was sent beside the text that is the most alike: `a` is that text, `b` what was sent. */
export interface ComparedText {
  explanation: Explanation;
  before: string;
  changes: CopyChanges;
  language: string | null;
}

export type MatchPageAnswer =
  | { ok: false; detail: string }
  | {
      ok: true;
      words: number;
      candidates: number;
      linked: number;
      matches: MatchedText[];
      nearest: MatchedText | null;
      compared: ComparedText | null;
    };

/** What the form holds when the page comes back. */
export interface MatchForm {
  text: string;
  title: string;
}

/** A form for a text, and whose copy it is. Without an answer, the form alone. */
export function renderMatch(form: MatchForm, limitBytes: number, answer: MatchPageAnswer | null): Html {
  return layout({
    title: answer === null ? 'Match a text' : headline(answer),
    here: 'match',
    main: html`<div class="explanation">
${answer === null ? html`<header><h1>Whose copy is it?</h1><p class="reason">Paste the text of an article: you see the story that it is a copy of, and what it changed. Nothing of it is kept.</p></header>` : result(answer)}
${matchForm(form, limitBytes)}
</div>`,
  });
}

function headline(answer: MatchPageAnswer): string {
  if (!answer.ok) return 'This cannot be matched';
  return answer.linked > 0 ? 'It is a copy' : 'No copy known';
}

function result(answer: MatchPageAnswer): Html {
  if (!answer.ok)
    return html`<header><h1>${headline(answer)}</h1><p class="reason" role="alert">${answer.detail}</p></header>`;
  const { words, candidates, linked, matches, nearest, compared } = answer;
  const left = linked - matches.length;
  return html`<header>
<h1>${headline(answer)}</h1>
<p class="reason">${count(words, 'word was', 'words were')} compared with ${count(candidates, 'text', 'texts')} that share something with it. ${linked === 0 ? noCopyWords(nearest) : `${count(linked, 'text is', 'texts are')} one with it.`}</p>
</header>
${matches.map((match) => matchedSection(match, 'Copies of it'))}
${left > 0 && html`<p class="quiet">and ${count(left, 'more text', 'more texts')}</p>`}
${nearest !== null && matchedSection(nearest, 'The nearest')}
${compared !== null && comparedSection(compared, linked > 0)}`;
}

function noCopyWords(nearest: MatchedText | null): string {
  return nearest === null ? 'None of them is near it.' : 'The nearest is another text.';
}

function matchedSection({ verdict, copies, articles }: MatchedText, heading: string): Html {
  const [first] = articles;
  const left = copies - articles.length;
  return html`<section class="matched">
<h2 class="section-heading">${heading}: ${first?.title === '' ? 'Untitled' : html`<span dir="auto">${first?.title ?? ''}</span>`}</h2>
<p>Jaccard <strong>${formatRatio(verdict.jaccard)}</strong>; the known text holds <strong>${formatShare(verdict.aInB)}</strong> of what was sent, and that holds <strong>${formatShare(verdict.bInA)}</strong> of it. <span class="rule">${verdict.rule}</span></p>
<ul class="cards">${articles.map(printedItem)}</ul>
${left > 0 && html`<p class="quiet">and ${count(left, 'more article', 'more articles')} that print it</p>`}
</section>`;
}

function printedItem({ articleId, url, title, source, published, story, isCanonical }: Printed): Html {
  return html`<li><span class="outlet" dir="auto">${source.name}</span> ${publishedElement(published)}${isCanonical && html` <strong>leads the story</strong>`}
<p class="links">${story !== null && html`<a href="/stories/${story}">The story<span class="hidden"> of the copy of ${source.name}</span></a>`}<a href="/articles/${articleId}">This copy<span class="hidden"> of ${source.name}: ${title}</span></a>${url !== null && outsideLink(url, `Read it at ${source.name}`)}</p></li>
`;
}

function comparedSection({ explanation, before, changes, language }: ComparedText, isCopy: boolean): Html {
  const why = html`<p class="reason">${explanation.sentence} <span class="rule">${explanation.verdict.rule}</span></p>
${checksTable(explanation.checks)}`;
  if (!isCopy)
    return html`<section aria-labelledby="why"><h2 id="why" class="section-heading">Why it is no copy</h2>${why}</section>`;
  return html`<section class="diff" aria-labelledby="words">
<h2 id="words" class="section-heading">Word for word: known before, sent after</h2>
<p class="reason">${changeWords(changes)}</p>
${changes.operations.some(({ kind }) => kind !== 'kept') && legend(changes)}
${changesShown(changes, before, language)}
</section>
<section aria-labelledby="why"><h2 id="why" class="section-heading">Why it is a copy</h2><p class="quiet">A is the known text, B what was sent.</p>${why}</section>`;
}

function matchForm({ text, title }: MatchForm, limitBytes: number): Html {
  return html`<form class="add" id="match" action="/match" method="post">
<label class="section-heading" for="text">A text, or the HTML of a page</label>
<p class="quiet" id="text-help">At most ${formatNumber(limitBytes / 1024)} KiB. Programs send it to <a href="/docs#matchText">POST /v1/match</a>.</p>
<textarea id="text" name="text" rows="10" required aria-describedby="text-help">${text}</textarea>
<label for="title">Its headline, if it has one</label>
<input id="title" name="title" maxlength="1000" value="${title}">
<div class="buttons"><button type="submit">Whose copy is it?</button></div>
</form>`;
}
