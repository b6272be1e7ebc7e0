/** Single keys for readers who keep their hands on the keyboard; they can be switched off, because some speak to their browser. */

const SWITCH = 'wirefold-keys';
const LIST = 'wirefold-list';

/** @type {[keys: string, what: string][]} */
const HELP = [
  ['j / k', 'next or previous story'],
  ['o or Enter', 'open the story'],
  ['u', 'back to the list'],
  ['/', 'search'],
  ['?', 'this help'],
];

export function startKeys() {
  const headlines = [...document.querySelectorAll('.row h2 a')].filter((link) => link instanceof HTMLAnchorElement);
  if (headlines.length > 0) remember(headlines);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === '?') {
      event.preventDefault();
      return toggleHelp();
    }
    if (isOff() || document.querySelector('dialog[open]') !== null) return;
    const act = actionOf(event.key, headlines);
    if (act === null) return;
    event.preventDefault();
    act();
  });
}

function isOff() {
  return kept(() => localStorage.getItem(SWITCH)) === 'off';
}

/**
 * What was stored; null also where the browser lets no page store anything.
 * @param {() => string | null} read
 */
function kept(read) {
  try {
    return read();
  } catch {
    return null;
  }
}

/** @param {() => void} write */
function keep(write) {
  kept(() => {
    write();
    return null;
  });
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}

/**
 * @param {string} key
 * @param {HTMLAnchorElement[]} headlines
 * @returns {(() => void) | null}
 */
function actionOf(key, headlines) {
  if (key === 'j') return () => step(headlines, 1);
  if (key === 'k') return () => step(headlines, -1);
  const chosen = headlines.find((link) => link === document.activeElement);
  if (key === 'o' && chosen !== undefined) return () => chosen.click();
  const back = remembered();
  if (key === 'u' && headlines.length === 0 && back !== null) return () => window.location.assign(back.from);
  const field = document.querySelector('#q');
  if (key === '/') return () => (field instanceof HTMLElement ? field.focus() : window.location.assign('/#q'));
  return null;
}

/**
 * In a list to the next headline; on a story's page to the next story of the list that it was opened from.
 * @param {HTMLAnchorElement[]} headlines
 * @param {1 | -1} by
 */
function step(headlines, by) {
  if (headlines.length > 0) {
    const at = headlines.findIndex((link) => link.matches(':focus'));
    const next = headlines[at < 0 ? (by > 0 ? 0 : headlines.length - 1) : at + by];
    next?.focus({ preventScroll: true });
    next?.closest('.row')?.scrollIntoView({ block: 'nearest' });
    return;
  }
  const list = remembered();
  const at = list?.paths.indexOf(window.location.pathname) ?? -1;
  const next = at < 0 ? undefined : list?.paths[at + by];
  if (next !== undefined) window.location.assign(next);
}

/** @param {HTMLAnchorElement[]} headlines */
function remember(headlines) {
  const from = window.location.pathname + window.location.search;
  keep(() => sessionStorage.setItem(LIST, JSON.stringify({ from, paths: headlines.map((link) => link.pathname) })));
}

/** @returns {{ from: string, paths: string[] } | null} */
function remembered() {
  return JSON.parse(kept(() => sessionStorage.getItem(LIST)) ?? 'null');
}

function toggleHelp() {
  const open = document.querySelector('dialog.keys');
  if (open instanceof HTMLDialogElement) return open.close();
  const dialog = document.createElement('dialog');
  dialog.className = 'keys';
  dialog.setAttribute('aria-labelledby', 'keys-title');
  const list = element('dl');
  for (const [keys, what] of HELP) list.append(element('dt', keys), element('dd', what));
  const title = element('h2', 'Keys');
  title.id = 'keys-title';
  const close = element('button', 'Close');
  close.addEventListener('click', () => dialog.close());
  dialog.append(title, list, keysSwitch(), close);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function keysSwitch() {
  const label = element('label');
  const box = document.createElement('input');
  box.type = 'checkbox';
  box.checked = !isOff();
  box.addEventListener('change', () => keep(() => localStorage.setItem(SWITCH, box.checked ? 'on' : 'off')));
  label.append(box, ' Single keys do this');
  return label;
}

/**
 * @param {string} name
 * @param {string} text
 */
function element(name, text = '') {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
