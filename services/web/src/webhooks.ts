import type { WebhookDelivery, WebhookDetail, WebhookRecord } from '@wirefold/store';
import { STORY_EVENT_KINDS, type StoryEventKind } from '@wirefold/story';
import { reasonWords } from './article.ts';
import { count, formatNumber, timeElement } from './format.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

/** The addresses that are told what happens, each with how it stands, and a form for another one. Forms only, no script. */
export function renderWebhooks(webhooks: WebhookRecord[]): Html {
  return layout({
    title: 'Webhooks',
    here: 'webhooks',
    json: '/v1/webhooks',
    main: html`<div class="monitor">
<h1>Webhooks</h1>
${webhooks.length === 0 ? html`<p class="empty">No address is told yet. Add one below: it is told what happens to stories from then on.</p>` : webhooksTable(webhooks)}
${addForm()}
</div>`,
  });
}

function webhooksTable(webhooks: WebhookRecord[]): Html {
  return html`<div class="wide" role="region" aria-labelledby="webhooks" tabindex="0"><table class="failures"><caption id="webhooks">Addresses that are told what happens to stories</caption>
<thead><tr><th scope="col">Address</th><th scope="col">Is told of</th><th scope="col">State</th><th scope="col">Do</th></tr></thead>
<tbody>${webhooks.map(
    (
      webhook,
    ) => html`<tr id="${webhook.id}"><th scope="row"><a class="detail" href="/webhooks/${webhook.id}">${webhook.url}</a><br><span class="quiet">since ${timeElement(webhook.createdAt)}</span></th>
<td>${kindsOf(webhook)}</td><td>${stateOf(webhook)}</td><td>${actions(webhook)}</td></tr>
`,
  )}</tbody></table></div>`;
}

function kindsOf({ kinds }: WebhookRecord): string {
  return kinds === null ? 'everything' : kinds.join(', ');
}

function stateOf({ disabledAt, disabledReason, failures, nextAttemptAt }: WebhookRecord): Html {
  if (disabledAt !== null)
    return html`<strong>Told nothing</strong> since ${timeElement(disabledAt, true)}<br><span class="quiet">${disabledReason ?? ''}</span>`;
  if (failures === 0) return html`Takes what it is told`;
  return html`<strong>${count(failures, 'failure', 'failures')} in a row</strong>${nextAttemptAt !== null && html`<br><span class="quiet">tried again at ${timeElement(nextAttemptAt, true)}</span>`}`;
}

function actions({ id, url, disabledAt }: WebhookRecord): Html {
  const does = [disabledAt === null ? 'pause' : 'resume', 'remove'];
  const labels: Record<string, string> = { pause: 'Pause', resume: 'Resume', remove: 'Remove' };
  return html`<form action="/webhooks/${id}" method="post"><div class="buttons">${does.map(
    (action) =>
      html`<button type="submit" class="plain" name="do" value="${action}" aria-label="${labels[action]}: ${url}">${labels[action]}</button>`,
  )}</div></form>`;
}

function addForm(): Html {
  return html`<form class="add" id="add" action="/webhooks" method="post">
<label class="section-heading" for="url">Add an address</label>
<p class="quiet" id="url-help">It is sent what happens to stories by POST, signed by the Standard Webhooks scheme. Its secret is shown once, after this.</p>
<input id="url" name="url" type="url" required maxlength="2048" placeholder="https://example.com/hook" aria-describedby="url-help">
<fieldset><legend>It is told of everything, or only of</legend>
${STORY_EVENT_KINDS.map(
  (kind) => html`<label class="choice"><input type="checkbox" name="${kindField(kind)}" value="yes"> ${kind}</label>
`,
)}</fieldset>
<div class="buttons"><button type="submit">Add</button></div>
</form>`;
}

/** The name of the field of a form that asks for a kind of event. */
export function kindField(kind: StoryEventKind): string {
  return `kind-${kind}`;
}

/** A webhook that was added, with the secret that is not shown again. */
export function renderAddedWebhook({ id, url }: WebhookRecord, secret: string): Html {
  return layout({
    title: 'Added',
    here: 'webhooks',
    main: html`<div class="monitor"><h1>Added</h1>
<p><span class="detail">${url}</span> is told what happens to stories from now on.</p>
<p><strong>Its secret, which is shown now and never again:</strong></p>
<pre tabindex="0"><code>${secret}</code></pre>
<p class="quiet">The receiver checks the signature of each delivery with it.</p>
<p><a href="/webhooks/${id}">To its deliveries</a></p></div>`,
  });
}

/** One webhook, with what it was told last and what came of it. */
export function renderWebhook(webhook: WebhookDetail): Html {
  const { id, url, deliveries } = webhook;
  return layout({
    title: 'A webhook',
    here: 'webhooks',
    json: `/v1/webhooks/${encodeURIComponent(id)}`,
    main: html`<div class="monitor">
<header><p class="kicker"><a href="/webhooks">All webhooks</a></p>
<h1><span class="detail">${url}</span></h1>
<p>Is told of ${kindsOf(webhook)}, since ${timeElement(webhook.createdAt)}. ${stateOf(webhook)}</p>
${actions(webhook)}</header>
${deliveries.length === 0 ? html`<p class="empty">It was told nothing yet.</p>` : deliveriesTable(id, deliveries)}
</div>`,
  });
}

function deliveriesTable(id: string, deliveries: WebhookDelivery[]): Html {
  return html`<div class="wide" role="region" aria-labelledby="deliveries" tabindex="0"><table class="failures"><caption id="deliveries">The last attempts, newest first; at most 100 are kept</caption>
<thead><tr><th scope="col">When</th><th scope="col">Event</th><th scope="col">What came of it</th><th scope="col">Took</th><th scope="col">Do</th></tr></thead>
<tbody>${deliveries.map((delivery) => deliveryRow(id, delivery))}</tbody></table></div>`;
}

function deliveryRow(
  id: string,
  { at, event, kind, storyId, isReplay, status, reason, durationMs }: WebhookDelivery,
): Html {
  const came =
    reason === null
      ? html`Taken, ${status ?? ''}`
      : html`<strong>Failed</strong>${status !== null && `, ${status}`}: ${reasonWords(reason)} <span class="rule">${reason}</span>`;
  return html`<tr><th scope="row">${timeElement(at, true)}</th>
<td>${kind}${isReplay && html` <span class="quiet">sent again</span>`}<br><a href="/stories/${storyId}">its story<span class="hidden"> of ${event}</span></a></td>
<td>${came}</td><td>${formatNumber(Math.round(durationMs))} ms</td>
<td><form action="/webhooks/${id}" method="post"><input type="hidden" name="event" value="${event}"><button type="submit" class="plain" name="do" value="replay" aria-label="Send again: ${kind} of ${at}">Send again</button></form></td></tr>
`;
}
