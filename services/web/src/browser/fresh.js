/** Tells of stories that came since the page was made, when the service says that something happened. */

const EVENTS_PATH = '/v1/events';
/** A burst of events is one question; the next one waits this long. */
const ASK_EVERY_MS = 3_000;
/** As many as one page of the API holds. */
const LISTED_MAX = 100;

export function startFresh() {
  const region = document.querySelector('.fresh');
  if (!(region instanceof HTMLElement) || typeof EventSource === 'undefined') return;
  const ask = spaced(() => tellFresh(region));
  /** @type {EventSource | null} */
  let source = null;
  const listen = () => {
    source = new EventSource(EVENTS_PATH);
    source.addEventListener('message', ask);
  };
  // Browsers open few connections to one host: a page that nobody sees holds none.
  document.addEventListener('visibilitychange', () => {
    source?.close();
    source = null;
    if (document.hidden) return;
    listen();
    ask();
  });
  if (!document.hidden) listen();
}

/**
 * Runs `work` at once, or as soon as the pause after the last run is over.
 * @param {() => Promise<void>} work
 */
function spaced(work) {
  let isWaiting = false;
  let lastMs = Number.NEGATIVE_INFINITY;
  return () => {
    if (isWaiting) return;
    isWaiting = true;
    setTimeout(
      () => {
        isWaiting = false;
        lastMs = performance.now();
        void work();
      },
      Math.max(0, lastMs + ASK_EVERY_MS - performance.now()),
    );
  };
}

/** @param {HTMLElement} region */
async function tellFresh(region) {
  const { list = '', newest = '' } = region.dataset;
  const path = `${list}${list.includes('?') ? '&' : '?'}limit=${LISTED_MAX}`;
  try {
    const answer = await fetch(path, { headers: { accept: 'application/json' } });
    if (!answer.ok) return;
    /** @type {{ stories: { createdAt: string }[] }} */
    const { stories } = await answer.json();
    show(region, stories.filter(({ createdAt }) => createdAt > newest).length);
  } catch {
    // The service is away for a moment: the next event asks again.
  }
}

/**
 * @param {HTMLElement} region
 * @param {number} count
 */
function show(region, count) {
  if (count === 0) return;
  const link = document.createElement('a');
  link.href = window.location.href;
  link.textContent = `${count >= LISTED_MAX ? `${count} or more` : count} new ${count === 1 ? 'story' : 'stories'}`;
  if (region.textContent !== link.textContent) region.replaceChildren(link);
}
