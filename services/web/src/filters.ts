import { LANGUAGES } from '@wirefold/article';
import type { Outlet } from '@wirefold/store';
import { type FeedQuery, isNarrowed } from './feed-query.ts';
import { formatNumber, languageName } from './format.ts';
import { type Html, html } from './html.ts';

const BY_NAME = LANGUAGES.map((code) => ({ value: code, label: languageName(code) })).sort((a, b) =>
  a.label.localeCompare(b.label, 'en'),
);

interface Choice {
  value: string;
  label: string;
}

/** Search and filters: a form whose fields are parameters of the feed, and of the API under the same names. */
export function findForm(query: FeedQuery, outlets: readonly Outlet[]): Html {
  const fields = html`<summary>Filters<span class="hidden">: outlet, language, copies, time</span></summary>
<div class="fields">
${choiceField('source', 'Outlet', 'All outlets', withChosen(outletChoices(outlets), query.source), query.source)}
${choiceField('lang', 'Language', 'All languages', withChosen(BY_NAME, query.language), query.language)}
${numberField('min_mirrors', 'Mirrors, at least', query.minMirrors)}
${numberField('min_origins', 'Origins, at least', query.minOrigins)}
<div><label for="since">Changed since</label><input id="since" name="since" type="date" value="${query.since?.slice(0, 'YYYY-MM-DD'.length)}"></div>
<div class="apply"><button type="submit" class="plain">Apply</button>${isNarrowed(query) && html`<a href="/">Clear</a>`}</div>
</div>`;
  return html`<form class="find" action="/" method="get" role="search">
<label class="section-heading" for="q">Search</label>
<div class="line"><input id="q" name="q" type="search" value="${query.q}" maxlength="500" placeholder="ferry -weather"><button type="submit">Search</button></div>
${isNarrowed(query) ? html`<details open>${fields}</details>` : html`<details>${fields}</details>`}
</form>`;
}

function outletChoices(outlets: readonly Outlet[]): Choice[] {
  return outlets
    .map(({ key, name, articles }) => ({ value: key, label: `${name} (${formatNumber(articles)})` }))
    .sort((a, b) => a.label.localeCompare(b.label));
}

/** What is asked for stays chosen, also where the list does not offer it. */
function withChosen(choices: readonly Choice[], chosen: string | null): readonly Choice[] {
  if (chosen === null || choices.some(({ value }) => value === chosen)) return choices;
  return [{ value: chosen, label: chosen }, ...choices];
}

function choiceField(
  name: 'source' | 'lang',
  label: string,
  all: string,
  choices: readonly Choice[],
  chosen: string | null,
) {
  const option = ({ value, label: shown }: Choice) =>
    value === chosen
      ? html`<option value="${value}" selected>${shown}</option>`
      : html`<option value="${value}">${shown}</option>`;
  return html`<div><label for="${name}">${label}</label><select id="${name}" name="${name}"><option value="">${all}</option>${choices.map(option)}</select></div>`;
}

function numberField(name: 'min_mirrors' | 'min_origins', label: string, value: number): Html {
  return html`<div><label for="${name}">${label}</label><input id="${name}" name="${name}" type="number" min="0" value="${value > 0 && value}" placeholder="0"></div>`;
}
