import { z } from 'zod';
import type { Scope } from '../access/access.ts';
import { PROBLEMS, type ProblemWord } from '../problem.ts';
import { type Answer, type Operation, problemsOf } from '../routes/operation.ts';
import { problemSchema } from '../schemas/problem.ts';

/** A JSON Schema (2020-12), or any other object of the document. */
export type Json = { [key: string]: unknown };

export interface OpenApiDocument extends Json {
  openapi: '3.1.1';
  info: { title: string; version: string; description: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, PathOperation>>;
  components: { schemas: Record<string, Json>; securitySchemes: Json };
}

export interface PathOperation extends Json {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Json }[];
  requestBody?: { required: true; content: Record<string, { schema: Json }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>;
  security: Record<string, Scope[]>[];
}

const DESCRIPTION = `News texts, each once: a story is one canonical article with the copies of it that other outlets printed.

Errors are problem documents (RFC 9457); their \`type\` is an address of this service that says what to do. A method that an address does
not take is answered 405 with \`Allow\`, and every GET may be a HEAD. Answers may get new fields at any time.`;

const SECURITY = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'A key, as `wirefold keys create` makes it. While there is none, a service on loopback asks for none.',
  },
};

/** The OpenAPI document (3.1) of these operations. Its schemas are those that read the requests, and that the tests hold answers to. */
export function openApiDocument(operations: Operation[]): OpenApiDocument {
  const schemas: Record<string, Json> = {};
  const collect: Collect = (schema) => {
    const { $defs = {}, properties } = toJson(z.object({ value: schema }));
    Object.assign(schemas, asComponents($defs));
    return asComponents((properties as Json).value);
  };
  for (const word of Object.keys(PROBLEMS)) collect(problemSchema(word as ProblemWord));
  const paths: OpenApiDocument['paths'] = {};
  for (const operation of operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][operation.method] = pathOperation(operation, collect);
  }
  return {
    openapi: '3.1.1',
    info: { title: 'Wirefold', version: '1', description: DESCRIPTION, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    tags: [...new Set(operations.map(({ topic }) => topic))].map((name) => ({ name })),
    paths,
    components: { schemas: sorted(schemas), securitySchemes: SECURITY },
  } as OpenApiDocument;
}

type Collect = (schema: z.ZodType) => Json;

function pathOperation(operation: Operation, collect: Collect): PathOperation {
  const { id, topic, summary, description, scope, body, answers } = operation;
  return {
    operationId: id,
    tags: [topic],
    summary,
    ...(description !== undefined && { description }),
    parameters: parametersOf(operation),
    ...(body !== undefined && { requestBody: { required: true as const, content: contentOf(body, collect) } }),
    responses: {
      ...Object.fromEntries(Object.entries(answers).map(([status, answer]) => [status, response(answer, collect)])),
      ...problemResponses(operation, collect),
    },
    security: scope === 'free' ? [] : [{ key: [scope] }],
  };
}

function contentOf(body: Record<string, z.ZodType>, collect: Collect) {
  return Object.fromEntries(Object.entries(body).map(([type, schema]) => [type, { schema: collect(schema) }]));
}

function parametersOf({ parameters, query, headers }: Operation): PathOperation['parameters'] {
  const places = [
    ['path', parameters],
    ['query', query],
    ['header', headers],
  ] as const;
  return places.flatMap(([place, schema]) => {
    if (schema === undefined) return [];
    const { properties = {}, required = [] } = toJson(schema);
    return Object.entries(properties as Record<string, Json>).map(([name, { description, ...rest }]) => ({
      name,
      in: place,
      required: (required as string[]).includes(name),
      ...(typeof description === 'string' && { description }),
      schema: rest,
    }));
  });
}

function response({ description, schema, type, headers }: Answer, collect: Collect) {
  const media = type ?? (schema === undefined ? null : 'application/json');
  const body = schema === undefined ? { type: 'string' } : collect(schema);
  return {
    description,
    ...(headers !== undefined && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, says]) => [name, { description: says, schema: { type: 'string' } }]),
      ),
    }),
    ...(media !== null && { content: { [media]: { schema: body } } }),
  };
}

/** One answer a status; where several problems share it, their `type` tells them apart. */
function problemResponses(operation: Operation, collect: Collect) {
  const byStatus = new Map<number, ProblemWord[]>();
  for (const word of problemsOf(operation)) {
    const { status } = PROBLEMS[word];
    byStatus.set(status, [...(byStatus.get(status) ?? []), word]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, words]) => {
      const [first = {}, ...others] = words.map((word) => collect(problemSchema(word)));
      const schema = others.length === 0 ? first : { oneOf: [first, ...others] };
      const description = words.map((word) => PROBLEMS[word].title).join('; ');
      return [status, { description, content: { 'application/problem+json': { schema } } }];
    }),
  );
}

/** As it is written by a client: what an answer is after its schema was applied is the same, and open to new fields. */
function toJson(schema: z.ZodType): Json {
  return z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input', unrepresentable: 'any' });
}

/** The same with its references leading to the components. */
function asComponents(value: unknown): Json {
  return JSON.parse(JSON.stringify(value).replaceAll('"#/$defs/', '"#/components/schemas/'));
}

function sorted(schemas: Record<string, Json>): Record<string, Json> {
  return Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
}
