import { type Copy, type DecisionRecord, NOTE_CHARS_MAX, type StoryDetail } from '@wirefold/store';
import type { ByHand } from '@wirefold/story';
import { count, timeElement } from './format.ts';
import { type Html, html } from './html.ts';

/** What people decided about a story, newest first, and whether the reader may decide, too. */
export interface People {
  decisions: DecisionRecord[];
  mayDecide: boolean;
}

export const NOBODY: People = { decisions: [], mayDecide: false };

/** ` (desk, 3 Mar 2026, 08:00): “another ferry”`, without what is not known. */
export function decisionWords({ by, at, note }: Omit<ByHand, 'decision'>): Html {
  const who = by !== null && html`<span dir="auto">${by}</span>, `;
  return html` (${who}${timeElement(at)})${note !== null && html`: “<span dir="auto">${note}</span>”`}`;
}

/** The forms below a copy, for those who may decide. */
export function copyForms(
  { articleId, source }: Copy,
  story: StoryDetail,
  { decisions, mayDecide }: People,
): Html | false {
  if (!mayDecide) return false;
  const isAlone = story.mirrors === 0;
  const isCanonical = articleId === story.canonical.articleId;
  const pin = decisions.find(
    ({ kind, articleIds, withdrawnAt }) => kind === 'pin' && withdrawnAt === null && articleIds[0] === articleId,
  );
  if (isAlone && pin === undefined) return false;
  const ofWhom = html`<span class="hidden">, the copy of ${source.name}</span>`;
  const split =
    !isAlone &&
    html`<button class="plain" formaction="/stories/${story.id}/split">Not the same story${ofWhom}</button>`;
  const lead =
    !(isCanonical && pin !== undefined) &&
    html`<button class="plain" formaction="/stories/${story.id}/pin">${isCanonical ? 'Keep this copy in the lead' : 'Lead with this copy'}${ofWhom}</button>`;
  return html`<details class="by-hand"><summary>Correct<span class="hidden"> the copy of ${source.name}</span></summary>
<form method="post" action="/stories/${story.id}/pin"><input type="hidden" name="article" value="${articleId}">
<label for="note-${articleId}">Why, if you like</label><input id="note-${articleId}" name="note" maxlength="${NOTE_CHARS_MAX}">
<p class="line">${split}${lead}</p></form>${pin !== undefined && withdrawForm(pin, story.id, 'Unpin')}</details>`;
}

/** What people decided about the story, each with its undoing, and the form that makes it one with another. */
export function decisionsSection(story: StoryDetail, { decisions, mayDecide }: People): Html | false {
  if (decisions.length === 0 && !mayDecide) return false;
  return html`<section class="decisions" aria-labelledby="decisions">
<h2 id="decisions" class="section-heading">Decided by people</h2>
${decisions.length === 0 && html`<p class="quiet">Nothing so far: all of this follows from the texts.</p>`}
${decisions.length > 0 && html`<ol>${decisions.map((decision) => html`<li id="decision-${decision.id}">${decisionEntry(decision, story, mayDecide)}</li>\n`)}</ol>`}
${mayDecide && mergeForm(story)}
</section>`;
}

function decisionEntry(decision: DecisionRecord, story: StoryDetail, mayDecide: boolean): Html {
  const { withdrawnAt, withdrawnBy } = decision;
  const said = html`<span>${sentenceOf(decision, story)}${decisionWords(decision)}.</span>`;
  if (withdrawnAt === null) return html`${said}${mayDecide && withdrawForm(decision, story.id, 'Undo')}`;
  const who = withdrawnBy !== null && html` by <span dir="auto">${withdrawnBy}</span>`;
  return html`${said} <span class="quiet">Withdrawn${who}, ${timeElement(withdrawnAt)}.</span>`;
}

function sentenceOf({ kind, articleIds, mergedIds, storyIds }: DecisionRecord, story: StoryDetail): Html {
  const names = new Map([story.canonical, ...story.mirrorList].map((copy) => [copy.articleId, copy.source.name]));
  const articles = articleIds.map((id, at) => {
    const name = names.get(id);
    return html`${at > 0 && ', '}<a href="/articles/${id}">${name ?? `article ${id}`}</a>`;
  });
  if (kind === 'pin') return html`Pinned to the lead: ${articles}`;
  if (kind === 'merge') return html`Made one with ${count(mergedIds.length, 'other story', 'other stories')}`;
  const others = storyIds.filter((id) => id !== story.id);
  const links = others.map(
    (id, at) =>
      html`${at > 0 && ', '}<a href="/stories/${id}">${others.length > 1 ? `story ${at + 1}` : 'the other story'}</a>`,
  );
  return html`Set apart: ${articles}${links.length > 0 && html`; see ${links}`}`;
}

function withdrawForm({ id }: DecisionRecord, storyId: string, label: string): Html {
  return html`<form class="undo" method="post" action="/decisions/${id}/withdraw"><input type="hidden" name="story" value="${storyId}"><button class="plain">${label}<span class="hidden"> decision ${id}</span></button></form>`;
}

function mergeForm({ id }: StoryDetail): Html {
  return html`<form class="merge" method="post" action="/stories/${id}/merge">
<label for="other">Same story as</label><input id="other" name="story" required placeholder="address of a story">
<label for="merge-note">Why, if you like</label><input id="merge-note" name="note" maxlength="${NOTE_CHARS_MAX}">
<button class="plain">Make them one</button></form>`;
}
