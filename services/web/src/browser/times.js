/** Times of the last day say how long ago they are, and go on saying it. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const REFRESH_MS = MINUTE_MS / 2;

const words = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

export function startTimes() {
  const times = [...document.querySelectorAll('.row time')].filter((element) => element instanceof HTMLTimeElement);
  const printed = new Map(times.map((time) => [time, spoken(time)?.textContent ?? '']));
  const refresh = () => {
    for (const time of times) tell(time, printed.get(time) ?? '');
  };
  refresh();
  setInterval(refresh, REFRESH_MS);
}

/**
 * The text node that says the time: the last one, after the mark of an uncertain time.
 * @param {HTMLTimeElement} time
 */
function spoken(time) {
  return time.lastChild;
}

/**
 * @param {HTMLTimeElement} time
 * @param {string} printed what the server printed
 */
function tell(time, printed) {
  const text = spoken(time);
  if (text === null) return;
  const ageMs = Date.now() - Date.parse(time.dateTime);
  // A time without a clock is not known to the hour.
  const isRecent = ageMs >= 0 && ageMs < DAY_MS && /\d:\d\d$/.test(printed);
  const said = isRecent ? ago(ageMs) : printed;
  if (text.textContent !== said) text.textContent = said;
  // A title that is there already says why the time is uncertain.
  if (isRecent && !time.classList.contains('uncertain')) time.title = `${printed} UTC`;
}

/** @param {number} ageMs */
function ago(ageMs) {
  if (ageMs < MINUTE_MS) return 'just now';
  if (ageMs < HOUR_MS) return words.format(-Math.floor(ageMs / MINUTE_MS), 'minute');
  return words.format(-Math.floor(ageMs / HOUR_MS), 'hour');
}
