import { type Html, html } from './html.ts';
import { layout } from './layout.ts';

export interface LoginForm {
  /** Name of the key whose session this is; null where there is none. */
  name: string | null;
  /** A path of this site, where the reader goes then. */
  next: string;
  /** Whether a key was shown that is none. */
  isWrong: boolean;
}

/** Where a browser shows its key, once for a session. */
export function renderLogin({ name, next, isWrong }: LoginForm): Html {
  return layout({
    title: 'Log in',
    main: html`<div class="message"><h1>Log in</h1>
${name !== null && html`<p>You are logged in with the key “${name}”.</p><form method="post" action="/logout"><button type="submit">Log out</button></form>`}
${isWrong && html`<p role="alert">This key is not known here, or was revoked.</p>`}
<form class="add" method="post" action="/login">
<input type="hidden" name="next" value="${next}">
<input name="username" value="wirefold" autocomplete="username" hidden>
<label for="key">Key</label>
<p><input id="key" name="key" type="password" autocomplete="current-password" required><button type="submit">Log in</button></p>
<p class="quiet">Keys begin with wf_ and come from whoever runs this service. The browser keeps a session of a week, and not the key.</p>
</form></div>`,
  });
}
