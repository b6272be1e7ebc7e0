import {
  type Decided,
  type DecisionAbout,
  type DecisionOutcome,
  type DecisionProblem,
  type NewDecision,
  NOTE_CHARS_MAX,
} from '@wirefold/store';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { formField, refuseOtherSites, route, sendMessage } from './page.ts';

/** An id and a note, each character up to nine bytes when it is encoded. */
const FORM_BYTES_MAX = 32 * 1024;

/** What people decide by the forms of the pages, in the name of whoever sent the request. */
export interface DecisionPages {
  mayDecide(request: Request): Promise<boolean>;
  nameOf(request: Request): Promise<string | null>;
  decide(asked: NewDecision): Promise<DecisionOutcome>;
  withdraw(id: number, by: string | null): Promise<Decided | null>;
}

/** The forms that set a copy apart, pin one, make stories one, and take that back. */
export function addDecisionForms(router: Router, pages: DecisionPages): void {
  const form = express.urlencoded({ extended: false, limit: FORM_BYTES_MAX, parameterLimit: 10 });
  const decide = (wanted: (request: Request) => DecisionAbout | null) => [
    refuseOtherSites,
    form,
    sendDecision(pages, wanted),
  ];
  const aboutArticle =
    (kind: 'split' | 'pin') =>
    ({ body }: Request): DecisionAbout | null => {
      const article = formField(body, 'article');
      return article === '' ? null : { kind, articleIds: [article] };
    };
  const aboutStory = ({ body }: Request): DecisionAbout | null => {
    const id = storyIdIn(formField(body, 'story'));
    return id === '' ? null : { kind: 'merge', mergedIds: [id] };
  };
  route(router, 'post', '/stories/:id/split', ...decide(aboutArticle('split')));
  route(router, 'post', '/stories/:id/pin', ...decide(aboutArticle('pin')));
  route(router, 'post', '/stories/:id/merge', ...decide(aboutStory));
  route(router, 'post', '/decisions/:id/withdraw', refuseOtherSites, form, withdraw(pages));
}

/** The id of a story, from the address of its page or as it is. */
function storyIdIn(text: string): string {
  const [, id] = /\/stories\/([^/?#\s]{1,200})/.exec(text.slice(0, 2_000)) ?? [];
  return id ?? text.trim().slice(0, 200);
}

function sendDecision(pages: DecisionPages, wanted: (request: Request) => DecisionAbout | null): RequestHandler {
  return async (request, response) => {
    const asked = wanted(request);
    if (asked === null)
      return sendMessage(response, 400, 'Nothing to decide', 'The form does not say what it is about.');
    const note = formField(request.body, 'note').trim().slice(0, NOTE_CHARS_MAX) || null;
    const storyId = String(request.params.id);
    const outcome = await pages.decide({ ...asked, storyId, note, by: await pages.nameOf(request) });
    if (!outcome.ok) return sendRefusal(response, outcome);
    const { decision } = outcome;
    const shown = decision.storyIds.includes(storyId) ? storyId : (decision.storyIds[0] ?? storyId);
    response.redirect(303, `/stories/${encodeURIComponent(shown)}#decision-${decision.id}`);
  };
}

function withdraw(pages: DecisionPages): RequestHandler {
  return async (request, response) => {
    const id = Number(request.params.id);
    const undone = Number.isSafeInteger(id) ? await pages.withdraw(id, await pages.nameOf(request)) : null;
    if (undone === null)
      return sendMessage(response, 404, 'No such decision', 'There is no decision with this number.');
    const story = formField(request.body, 'story');
    const { storyIds } = undone.decision;
    const shown = storyIds.includes(story) ? story : storyIds[0];
    response.redirect(303, shown === undefined ? '/' : `/stories/${encodeURIComponent(shown)}#decision-${id}`);
  };
}

const REFUSALS: Record<Exclude<DecisionProblem['problem'], 'contradicts'>, [number, string, string]> = {
  'no-story': [404, 'No such story', 'There is no story with this address.'],
  ended: [410, 'This story is gone', 'The last article of this story was removed.'],
  'not-in-story': [409, 'Not in this story', 'The copy does not stand in this story any more. Load its page again.'],
  'whole-story': [409, 'The only copy', 'There is nothing that it could be set apart from.'],
  'one-story': [409, 'One story already', 'That is the address of this story itself.'],
};

function sendRefusal(response: Response, refusal: DecisionProblem): void {
  if (refusal.problem !== 'contradicts') {
    sendMessage(response, ...REFUSALS[refusal.problem]);
    return;
  }
  const { id, kind, note } = refusal.decision;
  const said = kind === 'split' ? 'they are not the same story' : 'they are one story';
  const reason = note === null ? '' : ` (“${note}”)`;
  const text = `Decision ${id}${reason} says that ${said}. Undo it first, on the page of the story.`;
  sendMessage(response, 409, 'Decided otherwise before', text);
}
