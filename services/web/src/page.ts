import type { Request, RequestHandler, Response, Router } from 'express';
import { type Html, render } from './html.ts';
import { renderMessage } from './layout.ts';
import { type LoginForm, renderLogin } from './login.ts';
import { type Reference, renderReference } from './reference.ts';
import { isSameSite } from './same-site.ts';

/** As long as the API's limits for the same fields. */
const FILTER_CHARS_MAX = 500;

/** One method a path; every other one is answered 405 with what is allowed. */
export function route(router: Router, method: 'get' | 'post', path: string, ...handlers: RequestHandler[]): void {
  router[method](path, ...handlers);
  router.all(path, (_request, response) => {
    response.set('Allow', method === 'get' ? 'GET, HEAD' : 'POST');
    sendMessage(response, 405, 'Not allowed', 'This address does not take that kind of request.');
  });
}

export function sendPage(response: Response, page: Html, status = 200): void {
  response.status(status).set('Cache-Control', 'no-cache').type('html').send(render(page));
}

/** Sends a page that only says something. */
export function sendMessage(response: Response, status: number, title: string, text: string): void {
  sendPage(response, renderMessage({ title, text }), status);
}

/** Sends the page where a browser shows its key. */
export function sendLogin(response: Response, asked: LoginForm): void {
  sendPage(response.set('Cache-Control', 'no-store'), renderLogin(asked), asked.isWrong ? 401 : 200);
}

/** Sends the reference of the API. */
export function sendReference(response: Response, reference: Reference): void {
  sendPage(response, renderReference(reference));
}

export function parameter(request: Request, name: string): string | null {
  const value = request.query[name];
  const first = Array.isArray(value) ? value[0] : value;
  if (typeof first !== 'string') return null;
  const text = first.replaceAll('\u0000', '').trim().slice(0, FILTER_CHARS_MAX);
  return text === '' ? null : text;
}

export function parameterNumber(request: Request, name: string, max: number): number {
  const value = Number(parameter(request, name) ?? 0);
  return Number.isFinite(value) ? Math.min(Math.max(Math.floor(value), 0), max) : 0;
}

export function parameterTime(request: Request, name: string): string | null {
  const text = parameter(request, name);
  if (text === null || !/^\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d))?$/.test(text)) return null;
  return Number.isNaN(Date.parse(text)) ? null : text;
}

/** Turns away a form that a page of another site sent. */
export const refuseOtherSites: RequestHandler = (request, response, next) => {
  if (isSameSite(request.headers)) return next();
  sendMessage(
    response,
    403,
    'Refused',
    'This form was sent from another site. Open Wirefold itself and send it from there.',
  );
};

/** A field of a form that express has read; empty where there is none. */
export function formField(body: unknown, name: string): string {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : '';
  return typeof value === 'string' ? value : '';
}
