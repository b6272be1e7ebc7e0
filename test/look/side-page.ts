import type { ExplainedBlock, PageExplanation } from '@wirefold/article';
import type { Compared } from './compare.ts';

const STYLE = `
body { margin: 0; font: 14px/1.5 system-ui, sans-serif; color: #1b1a18; background: #fff; }
header { padding: .75rem 1rem; border-bottom: 1px solid #ccc; overflow-wrap: anywhere; }
main { display: grid; grid-template-columns: 1fr 1fr; }
section { height: 85vh; overflow-y: auto; padding: 0 1rem 2rem; overflow-wrap: anywhere; }
section + section { border-left: 1px solid #ccc; }
p { margin: .4rem 0; }
.kept { border-left: 4px solid #26603a; padding-left: .5rem; }
.dropped { color: #777; padding-left: calc(.5rem + 4px); }
small { color: #555; font-family: ui-monospace, monospace; }
del { background: #ffd9d5; text-decoration: none; } ins { background: #d3ecd9; text-decoration: none; }
table { border-collapse: collapse; margin: 1rem; } td, th { padding: .2rem .75rem; text-align: left; }`;

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

function documentOf(title: string, content: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title><style>${STYLE}</style></head><body>${content}</body></html>\n`;
}

function blockOf({ text, isKept, reason, detail, likelihood, kind }: ExplainedBlock): string {
  const why = [likelihood.toFixed(3), reason, detail, kind === 'paragraph' ? null : kind].filter(
    (part) => part !== null,
  );
  return `<p dir="auto" class="${isKept ? 'kept' : 'dropped'}"><small>${escaped(why.join(' '))}</small><br>${escaped(text)}</p>`;
}

const MARKS = { common: ['', ''], extra: ['<ins>', '</ins>'], missing: ['<del>', '</del>'] } as const;

/** One page beside what was read in it. */
export function sidePage({ reading, blocks, origin }: PageExplanation, url: string, compared: Compared | null): string {
  const title = reading.ok ? reading.article.title : `Not an article: ${reading.reason}, ${reading.detail}`;
  const body = reading.ok ? reading.article.body.split('\n\n') : [];
  const result =
    compared === null
      ? body.map((paragraph) => `<p dir="auto">${escaped(paragraph)}</p>`).join('\n')
      : `<p dir="auto">${compared.runs.map(({ kind, text }) => MARKS[kind][0] + escaped(text) + MARKS[kind][1]).join(' ')}</p>`;
  const figures =
    compared === null
      ? 'no gold text'
      : `<del>${compared.missing} words missing</del>, <ins>${compared.extra} words too many</ins>`;
  return documentOf(
    title,
    `<header><strong dir="auto">${escaped(title)}</strong><br>${escaped(url)}<br>body from: ${origin}; ${figures}</header>
<main><section><h2>Blocks of the page</h2>${blocks.map(blockOf).join('\n')}</section>
<section><h2>Result</h2>${result}</section></main>`,
  );
}

/** All pages of a look, in the order given. */
export function indexPage(rows: { name: string; title: string; compared: Compared | null; state: string }[]): string {
  const cells = rows.map(({ name, title, compared, state }) => {
    const figures = compared === null ? '<td>–<td>–' : `<td>${compared.missing}<td>${compared.extra}`;
    return `<tr>${figures}<td>${escaped(state)}<td><a href="${name}">${escaped(title)}</a>`;
  });
  return documentOf('Pages', `<table><tr><th>missing<th>extra<th>from<th>page${cells.join('\n')}</table>`);
}
