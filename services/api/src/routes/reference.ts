import { sendReference } from '@wirefold/web';
import express, { type Router } from 'express';
import { z } from 'zod';
import { type OpenApiDocument, openApiDocument } from '../openapi/document.ts';
import { referenceOf } from '../openapi/reference.ts';
import { type Endpoint, endpoint, type Operation, serve } from './operation.ts';

const describing = {
  id: 'showOpenApi',
  method: 'get',
  path: '/v1/openapi.json',
  topic: 'Service',
  summary: 'Describes this API by OpenAPI 3.1',
  scope: 'free',
  answers: { 200: { description: 'The OpenAPI document.', schema: z.looseObject({ openapi: z.literal('3.1.1') }) } },
  problems: [],
} as const satisfies Operation;

const reading = {
  id: 'readReference',
  method: 'get',
  path: '/docs',
  topic: 'Service',
  summary: 'Shows the same as a page to read',
  scope: 'free',
  answers: { 200: { description: 'The reference.', type: 'text/html' } },
  problems: [],
} as const satisfies Operation;

/** The API: all that is in `endpoints`, and the description of it. */
export function apiRoutes(endpoints: Endpoint[]): Router {
  const described: OpenApiDocument = openApiDocument([...endpoints, describing, reading]);
  const reference = referenceOf(described);
  return serve(express.Router({ caseSensitive: true, strict: true }), [
    ...endpoints,
    endpoint(describing, ({ response }) => response.set('Cache-Control', 'no-cache').json(described)),
    endpoint(reading, ({ response }) => sendReference(response, reference)),
  ]);
}
