import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

/** A type in words; what is an object names a component of the same page. */
export type Shape = (string | { component: string })[];

export interface ReferenceField {
  name: string;
  /** Where a parameter stands, such as `query`; null for a field of a body. */
  place: string | null;
  isRequired: boolean;
  shape: Shape;
  description: string | null;
}

export interface ReferenceOperation {
  id: string;
  method: string;
  /** With its parameters in braces. */
  path: string;
  summary: string;
  description: string | null;
  /** What a key must allow; null where none is asked for. */
  scope: string | null;
  parameters: ReferenceField[];
  body: { type: string; shape: Shape; description: string | null }[];
  /** Of every status; those from 400 on are problems. */
  answers: ReferenceAnswer[];
}

export interface ReferenceAnswer {
  status: string;
  description: string;
  bodies: { type: string; shape: Shape }[];
}

/** The API as a person reads it. */
export interface Reference {
  title: string;
  description: string;
  topics: { name: string; operations: ReferenceOperation[] }[];
  components: { name: string; description: string | null; shape: Shape; fields: ReferenceField[] }[];
}

/** The reference page of the API. */
export function renderReference({ description, topics, components }: Reference): Html {
  return layout({
    title: 'API',
    json: '/v1/openapi.json',
    main: html`<div class="reference">
<h1>API</h1>
${description.split('\n\n').map((paragraph) => html`<p>${inline(paragraph)}</p>`)}
<nav aria-label="Operations">${topics.map(({ name, operations }) => html`<h2>${name}</h2><ul>${operations.map(entry)}</ul>`)}</nav>
${topics.map(({ operations }) => operations.map(renderOperation))}
<h2>Types</h2>
${components.map(renderComponent)}
</div>`,
  });
}

/** Text in which \`back quotes\` mark code. */
function inline(text: string): Html[] {
  return text.split('`').map((part, index) => (index % 2 === 0 ? html`${part}` : html`<code>${part}</code>`));
}

function entry({ id, method, path, summary }: ReferenceOperation): Html {
  return html`<li><a href="#${id}"><code>${method} ${path}</code></a> ${summary}</li>`;
}

function renderOperation(operation: ReferenceOperation): Html {
  const { id, method, path, summary, description, scope, parameters, body, answers } = operation;
  return html`<section id="${id}" aria-labelledby="${id}-name">
<h3 id="${id}-name"><code>${method} ${path}</code></h3>
<p>${summary}. ${description !== null && inline(description)} ${scope === null ? 'Needs no key.' : html`Needs the scope <code>${scope}</code>.`}</p>
${parameters.length > 0 && fieldTable(`Parameters of ${method} ${path}`, parameters)}
${body.map(({ type, shape, description: says }) => html`<p>Body, <code>${type}</code>: ${renderShape(shape)}. ${says}</p>`)}
<ul>${answers.filter(isGood).map(renderAnswer)}</ul>
<p class="quiet">Problems: ${answers.filter((answer) => !isGood(answer)).map(renderProblems)}</p>
</section>`;
}

function isGood({ status }: ReferenceAnswer): boolean {
  return Number(status) < 400;
}

function renderAnswer({ status, description, bodies }: ReferenceAnswer): Html {
  return html`<li><strong>${status}</strong> ${description} ${bodies.map(({ type, shape }) => html`<span class="quiet"><code>${type}</code>: ${renderShape(shape)}</span>`)}</li>`;
}

function renderProblems({ status, bodies }: ReferenceAnswer, index: number): Html {
  return html`${index > 0 && '; '}<strong>${status}</strong> ${bodies.map(({ shape }) => renderShape(shape))}`;
}

function renderComponent({ name, description, shape, fields }: Reference['components'][number]): Html {
  return html`<section id="type-${name}" aria-labelledby="type-${name}-name">
<h3 id="type-${name}-name">${name}</h3>
<p>${description !== null && inline(description)}</p>
${fields.length > 0 ? fieldTable(`Fields of ${name}`, fields) : html`<p>${renderShape(shape)}</p>`}
</section>`;
}

function fieldTable(caption: string, fields: ReferenceField[]): Html {
  const rows = fields.map(
    ({ name, place, isRequired, shape, description }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${renderShape(shape)}</td><td>${place !== null && `${place}, `}${isRequired ? 'always' : 'optional'}</td><td>${description !== null && inline(description)}</td></tr>`,
  );
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table><caption class="hidden">${caption}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">There</th><th scope="col">Meaning</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

function renderShape(shape: Shape): Html[] {
  return shape.map((part) =>
    typeof part === 'string' ? html`${part}` : html`<a href="#type-${part.component}">${part.component}</a>`,
  );
}
