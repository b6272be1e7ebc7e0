import type { Published, Source } from '@wirefold/article';
import type { ChangeNature, CopyChanges, CopyOperation, WordOperation } from '@wirefold/story';
import { type DiffRow, rowsOf } from './diff-rows.ts';
import { count, directionOf, languageTag, outsideLink, publishedElement } from './format.ts';
import { type Fill, type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { changeWords } from './mirror.ts';

/** One of two copies that are compared. */
export interface DiffedCopy {
  articleId: string;
  isCanonical: boolean;
  url: string | null;
  title: string;
  source: Source;
  published: Published | null;
  language: string | null;
}

/** What copy `b` of a story changed of copy `a`, whose body is `before`; or what stands in the way of saying so. */
export type DiffAnswer =
  | {
      ok: true;
      story: string;
      a: DiffedCopy;
      b: DiffedCopy;
      title: WordOperation[];
      before: string;
      changes: CopyChanges;
    }
  | { ok: false; problem: 'not-a-copy'; side: 'a' | 'b' }
  | { ok: false; problem: 'merged'; into: string }
  | { ok: false; problem: 'gone'; endedAt: string }
  | { ok: false; problem: 'unknown' };

/** Paragraphs alike around a change that are shown; longer runs are folded. */
const SAME_SHOWN_MAX = 3;

/** Two copies of a story beside each other: every word that differs, and whether an editor, the site or the credit differs. */
export function renderDiff({ story, a, b, title, before, changes }: Extract<DiffAnswer, { ok: true }>): Html {
  const names = a.source.name === b.source.name ? [`${a.source.name}, before`, `${b.source.name}, after`] : undefined;
  const query = `a=${encodeURIComponent(a.articleId)}&b=${encodeURIComponent(b.articleId)}`;
  const hasChanges = changes.operations.some(({ kind }) => kind !== 'kept');
  return layout({
    title: `What ${b.source.name} changed`,
    json: `/v1/stories/${encodeURIComponent(story)}/diff?${query}`,
    main: html`<div class="diff">
<header>
<p class="kicker"><a href="/stories/${story}">To the story</a></p>
<h1>What <span dir="auto">${b.source.name}</span> changed</h1>
<p class="reason">${changeWords(changes)}${title.some(({ kind }) => kind !== 'kept') && ' The headline differs.'}</p>
<p class="links"><a href="/stories/${story}/diff?a=${b.articleId}&amp;b=${a.articleId}">The other way round</a><a href="/explain?a=${a.articleId}&amp;b=${b.articleId}">How they were compared</a></p>
</header>
${hasChanges && legend(changes)}
<div class="pair heads">
${sideHead(a, names?.[0] ?? a.source.name, title, 'removed')}
${sideHead(b, names?.[1] ?? b.source.name, title, 'added')}
</div>
${changesShown(changes, before, b.language)}
</div>`,
  });
}

/** Both texts beside each other, paragraph by paragraph. */
export function changesShown({ operations }: CopyChanges, before: string, language: string | null): Html {
  return html`<div class="versions" lang="${languageTag(language)}" dir="${directionOf(language)}">
${rowsShown(rowsOf(operations, before))}
</div>`;
}

const NATURE_WORDS: Record<ChangeNature, string> = {
  editorial: 'the words of the article',
  boilerplate: 'the site’s own text',
  credit: 'dateline, byline, who wrote it',
};

export function legend(changes: CopyChanges): Html {
  const entry = (nature: ChangeNature) => {
    const { places, words } = changes[nature];
    if (places === 0) return false;
    return html`<li><span class="nature ${nature}">${nature}</span> ${NATURE_WORDS[nature]}: ${count(places, 'place', 'places')}, ${count(words, 'word', 'words')}</li>`;
  };
  return html`<ul class="legend" aria-label="Kinds of changes">${entry('editorial')}${entry('boilerplate')}${entry('credit')}
<li><del>struck through</del> is gone, <ins>underlined</ins> is new</li></ul>`;
}

function sideHead(
  { articleId, isCanonical, url, published, language, source }: DiffedCopy,
  name: string,
  title: readonly WordOperation[],
  own: 'removed' | 'added',
): Html {
  const words = title.filter(({ kind }) => kind === 'kept' || kind === own).map((operation) => marked(operation));
  return html`<section class="head" aria-labelledby="side-${own}">
<h2 id="side-${own}" dir="auto">${name}</h2>
<p class="when">${isCanonical && html`<strong>Leads the story.</strong> `}${publishedElement(published)}</p>
<p class="mirror-title" lang="${languageTag(language)}" dir="${directionOf(language)}">${words.length === 0 ? 'Untitled' : words}</p>
<p class="links"><a href="/articles/${articleId}">This copy<span class="hidden"> of ${source.name}</span></a>${url !== null && outsideLink(url, `Read it at ${source.name}`)}</p>
</section>`;
}

/** Rows with a change, and a little of what stands around them; what is alike for longer is folded, not left out. */
function rowsShown(rows: readonly DiffRow[]): Html[] {
  const shown: Html[] = [];
  let same: string[] = [];
  const close = (isEnd: boolean) => {
    const before = shown.length === 0 ? 0 : 1;
    const after = isEnd ? 0 : 1;
    if (same.length <= SAME_SHOWN_MAX) shown.push(html`${same.map(sameRow)}`);
    else {
      const folded = same.slice(before, same.length - after);
      shown.push(html`${same.slice(0, before).map(sameRow)}
<details class="alike"><summary>${count(folded.length, 'paragraph', 'paragraphs')} alike</summary>${folded.map(sameRow)}</details>
${same.slice(same.length - after).map(sameRow)}`);
    }
    same = [];
  };
  for (const row of rows) {
    if (row.kind === 'same') same.push(row.text);
    else {
      if (same.length > 0) close(false);
      shown.push(changedRow(row));
    }
  }
  if (same.length > 0) close(true);
  return shown;
}

function sameRow(text: string): Html {
  return html`<p class="same">${text}</p>
`;
}

function changedRow({ a, b }: Extract<DiffRow, { kind: 'changed' }>): Html {
  const cell = (operations: readonly CopyOperation[], side: 'Before' | 'After') =>
    operations.length === 0
      ? html`<p class="cell empty"><span class="hidden">${side}: nothing here</span></p>`
      : html`<p class="cell"><span class="hidden">${side}: </span>${operations.map(marked)}</p>`;
  return html`<div class="pair">${cell(a, 'Before')}${cell(b, 'After')}</div>
`;
}

/** A change is struck through or underlined, and says what it is to whoever does not see that; colour only adds to it. */
function marked(operation: WordOperation & Partial<Pick<CopyOperation, 'nature'>>): Fill {
  const { kind, text, nature } = operation;
  if (kind === 'kept') return text;
  const words = text.trimEnd();
  const space = text.slice(words.length);
  const label = nature != null && nature !== 'editorial' && html` <span class="nature ${nature}">${nature}</span>`;
  const spoken = html`<span class="hidden">${kind === 'removed' ? '(removed: ' : '(added: '}</span>`;
  const end = html`<span class="hidden">)</span>`;
  return kind === 'removed'
    ? html`<del class="${nature ?? 'editorial'}">${spoken}${words}${end}</del>${label}${space}`
    : html`<ins class="${nature ?? 'editorial'}">${spoken}${words}${end}</ins>${label}${space}`;
}
