import type { Article, Author, CreditEvidence, Dateline, Finding } from '@wirefold/article';
import { REASONS } from '@wirefold/queue';
import type { ArticleRecord } from '@wirefold/store';
import { addressesSection } from './addresses.ts';
import { adviceFor } from './advice.ts';
import { bodyText } from './body.ts';
import { addForm } from './feed.ts';
import {
  count,
  directionOf,
  formatRatio,
  formatShare,
  languageName,
  languageTag,
  outsideLink,
  publishedElement,
  timeElement,
} from './format.ts';
import { type Fill, type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { isWithdrawn, rereadingSection } from './rereading.ts';
import { structureWords } from './structure.ts';

/** "Where is my URL?": how far an article has come, why it stopped, and what was read. `cards` are those of its page, as many as are named. */
export function renderArticle(record: ArticleRecord, cards: ArticleRecord[]): Html {
  const title = record.article?.title || (record.url === null ? 'Where is my text?' : 'Where is my URL?');
  return layout({
    title,
    json: `/v1/articles/${encodeURIComponent(record.id)}`,
    main: html`<div class="article">
<header>
<p class="kicker">${record.article !== null && html`<span class="outlet" dir="auto">${record.article.source.name}</span>${publishedElement(record.article.published)}`}</p>
<h1 dir="auto">${title}</h1>
${record.url !== null && html`<p class="address">${outsideLink(record.url, record.url)}</p>`}
</header>
${stateSection(record)}
${stepsList(record)}
${rereadingSection(record)}
${cardsSection(record, cards)}
${addressesSection(record)}
${entriesSection(record.entries)}
${record.article !== null && readSection(record, record.article)}
${addForm()}
</div>`,
  });
}

/** The words of a reason; a reason of another release is shown as it is. */
export function reasonWords(reason: string): string {
  return isReason(reason) ? REASONS[reason].text : reason;
}

function isReason(reason: string): reason is keyof typeof REASONS {
  return Object.hasOwn(REASONS, reason);
}

function stateSection(record: ArticleRecord): Html {
  const story =
    record.story !== null && html`<p><a class="to-story" href="/stories/${record.story}">To its story</a></p>`;
  const advice = adviceFor(record);
  return html`<section class="state ${record.state}" aria-labelledby="state">
<h2 id="state">${stateHeadline(record)}</h2>
${reasonSection(record)}
${advice !== null && html`<p class="advice">${advice}</p>`}
${record.nextAttemptAt !== null && html`<p>Next try: ${timeElement(record.nextAttemptAt, true)}</p>`}
${story}
</section>`;
}

/** Why it is not further; of a done article, why the last try to read it again came to nothing. */
function reasonSection({ state, reason, detail }: ArticleRecord): Html {
  return html`${reason !== null && html`<p>${state === 'done' && 'The last try to read it again failed: '}${reasonWords(reason)} <span class="rule">${reason}</span></p>`}
${detail !== null && html`<p class="quiet detail">${detail}</p>`}`;
}

function stateHeadline(record: ArticleRecord): string {
  if (record.state === 'failed') return 'It failed';
  if (record.state === 'done') return record.isCanonical ? 'In a story, as its canonical' : 'In a story, as a mirror';
  if (record.reason !== null) return 'Waits for another try';
  if (record.state === 'submitted' && record.story !== null) return 'In a story, and waits to be read again';
  return record.state === 'signed' ? 'Read, and waits for its story' : 'Waits to be read';
}

function stepsList(record: ArticleRecord): Html {
  const isRead = record.state === 'signed' || record.state === 'done' || record.article !== null;
  const step = (label: string, isReached: boolean, what: Fill) =>
    html`<li class="${isReached ? 'reached' : 'ahead'}"><strong>${label}</strong> ${what}</li>`;
  const tries = record.attempts > 0 && count(record.attempts, 'try', 'tries');
  const ended = record.endedAt !== null && timeElement(record.endedAt, true);
  const read = record.words === null ? '' : `${count(record.words, 'word', 'words')} compared`;
  return html`<ol class="steps">
${step('Submitted', true, timeElement(record.receivedAt, true))}
${step('Read', isRead, isRead ? read : record.state !== 'failed' && tries)}
${record.state === 'failed' ? step('Failed', true, html`${ended}${tries && ` after ${tries}`}`) : step('In a story', record.state === 'done', record.state === 'done' && ended)}
</ol>`;
}

function cardsSection(record: ArticleRecord, cards: ArticleRecord[]): Html {
  const parent =
    record.partOf !== null &&
    html`<p>It stood as a card on <a href="/articles/${record.partOf}">another article’s page</a>.</p>`;
  if (record.cards.length === 0) return html`${parent}`;
  const more = record.cards.length - cards.length;
  return html`${parent}<section aria-labelledby="cards">
<h2 id="cards" class="section-heading">On its page: ${count(record.cards.length, 'card', 'cards')}, each an article of its own</h2>
<ul class="cards">${cards.map(cardItem)}${more > 0 && html`<li class="quiet">and ${count(more, 'more', 'more')}</li>`}</ul></section>`;
}

/** What the feeds say in which it stood. */
function entriesSection(entries: ArticleRecord['entries']): Html | false {
  if (entries.length === 0) return false;
  return html`<section aria-labelledby="entries">
<h2 id="entries" class="section-heading">In ${count(entries.length, 'feed', 'feeds')}</h2>
<ul class="cards">${entries.map(entryItem)}</ul></section>`;
}

function entryItem({ feed, title, published, source, firstSeenAt }: ArticleRecord['entries'][number]): Html {
  const from = source !== null && html`, from ${outsideLink(source.url, source.name ?? source.url ?? '')}`;
  return html`<li><a href="/feeds">${feed.title ?? feed.url}</a>: <span dir="auto">${title ?? 'untitled'}</span>${from}
<span class="quiet">${publishedElement(published)}, first seen ${timeElement(firstSeenAt, true)}</span></li>\n`;
}

function cardItem(card: ArticleRecord): Html {
  const name = card.article?.title || card.url || card.id;
  return html`<li><a href="/articles/${card.id}">${name}</a> <span class="quiet">${card.article?.source.name ?? card.state}</span></li>\n`;
}

function readSection(record: ArticleRecord, article: Article): Html {
  const { credit, metadata } = article;
  const rows: [string, Fill][] = [
    ['Outlet', article.source.name],
    ['Section', metadata.section && html`${metadata.section.value} ${saidBy(metadata.section)}`],
    ['Byline', article.byline],
    ['Authors', metadata.authors.length > 0 && html`<ul>${metadata.authors.map(authorItem)}</ul>`],
    [
      'Published',
      article.published &&
        html`${publishedElement(article.published)} <span class="quiet">from “${article.published.evidence}”</span> ${metadata.published && saidBy(metadata.published)}`,
    ],
    [
      'Changed',
      metadata.modified &&
        html`${publishedElement(metadata.modified.value)} <span class="quiet">from “${metadata.modified.value.evidence}”</span> ${saidBy(metadata.modified)}`,
    ],
    ['Language', article.language && languageName(article.language)],
    ['Keywords', metadata.keywords?.value.join(', ')],
    ['For AMP', metadata.ampUrl && outsideLink(metadata.ampUrl.value, metadata.ampUrl.value)],
    ['Dateline', credit.dateline && datelineWords(credit.dateline)],
    ['Agency', credit.agency?.name],
    ['Signs of origin', credit.evidence.length > 0 && html`<ul>${credit.evidence.map(evidenceItem)}</ul>`],
    [
      'Declared original',
      credit.declaredOriginal &&
        outsideLink(credit.declaredOriginal.url, credit.declaredOriginal.name ?? credit.declaredOriginal.url ?? ''),
    ],
    ['Structure', structureWords(article)],
    ['Compared with the canonical', record.match && matchWords(record.match.verdict)],
  ];
  const text = isWithdrawn(record.reading.gone)
    ? html`<p class="quiet">The text is not shown: its source may not show it any more.</p>`
    : html`<div class="text printed" lang="${languageTag(article.language)}" dir="${directionOf(article.language)}">${bodyText(article, 3)}</div>`;
  return html`<section class="read" aria-labelledby="read">
<h2 id="read" class="section-heading">What was read</h2>
<dl>${rows.map(([term, value]) => value !== null && value !== undefined && value !== false && html`<dt>${term}</dt><dd>${value}</dd>\n`)}</dl>
${text}
</section>`;
}

/** How sure a fact is, and the field that said so. */
function saidBy({ certainty, from }: Finding): Html {
  return html`<span class="quiet">${certainty}, ${from.place.replace('-', ' ')}: ${from.field}</span>`;
}

function authorItem(author: Author): Html {
  return html`<li><span dir="auto">${author.name}</span> ${saidBy(author)}</li>`;
}

function datelineWords(dateline: Dateline): Html {
  return html`<span dir="auto">${dateline.text}</span>`;
}

function evidenceItem(evidence: CreditEvidence): Html {
  return html`<li><span class="rule">${evidence.kind}</span> <span dir="auto">“${evidence.text}”</span>${evidence.agency !== null && html` <span class="quiet">${evidence.agency.name}</span>`}${evidence.where !== undefined && html` <span class="quiet">in the ${evidence.where.replace('-', ' ')}</span>`}</li>`;
}

function matchWords(verdict: { kind: string; jaccard: number; aInB: number; bInA: number }): string {
  return `${verdict.kind}: Jaccard ${formatRatio(verdict.jaccard)}, the canonical in this copy ${formatShare(verdict.aInB)}, this copy in the canonical ${formatShare(verdict.bInA)}`;
}
