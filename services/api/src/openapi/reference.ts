import type { Reference, ReferenceField, ReferenceOperation, Shape } from '@wirefold/web';
import type { Json, OpenApiDocument, PathOperation } from './document.ts';

/** The document as a page shows it. */
export function referenceOf({ info, paths, components, tags }: OpenApiDocument): Reference {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      topic: operation.tags[0],
      view: viewOf(method, path, operation),
    })),
  );
  return {
    title: info.title,
    description: info.description,
    topics: tags.map(({ name }) => ({
      name,
      operations: operations.filter(({ topic }) => topic === name).map(({ view }) => view),
    })),
    components: Object.entries(components.schemas).map(([name, schema]) => ({
      name,
      description: textOf(schema.description),
      shape: shapeOf({ ...schema, properties: undefined }),
      fields: fieldsOf(schema),
    })),
  };
}

function viewOf(method: string, path: string, operation: PathOperation): ReferenceOperation {
  const { operationId, summary, description, security, parameters, requestBody, responses } = operation;
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description: description ?? null,
    scope: security[0]?.key?.[0] ?? null,
    parameters: parameters.map(({ name, in: place, required, description: says, schema }) => ({
      name,
      place,
      isRequired: required,
      shape: shapeOf(schema),
      description: says ?? null,
    })),
    body: Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => ({
      type,
      shape: shapeOf(schema),
      description: textOf(schema.description),
    })),
    answers: Object.entries(responses).map(([status, { description: says, content = {} }]) => ({
      status,
      description: says,
      bodies: Object.entries(content).map(([type, { schema }]) => ({ type, shape: shapeOf(schema) })),
    })),
  };
}

function fieldsOf(schema: Json): ReferenceField[] {
  const required = new Set(schema.required as string[] | undefined);
  return Object.entries((schema.properties ?? {}) as Record<string, Json>).map(([name, field]) => ({
    name,
    place: null,
    isRequired: required.has(name),
    shape: shapeOf(field),
    description: textOf(field.description),
  }));
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A schema in the words of a type: its parts, of which names of components are links. */
function shapeOf(schema: Json): Shape {
  const { $ref, anyOf, oneOf, items, enum: words, const: only, type, format, properties, minimum, maximum } = schema;
  if (typeof $ref === 'string') return [{ component: $ref.slice($ref.lastIndexOf('/') + 1) }];
  const either = (anyOf ?? oneOf) as Json[] | undefined;
  if (either !== undefined) return joined(either.map(shapeOf), ' | ');
  if (only !== undefined) return [JSON.stringify(only)];
  if (Array.isArray(words)) return [words.map((word) => JSON.stringify(word)).join(' | ')];
  if (items !== undefined) return ['list of ', ...shapeOf(items as Json)];
  if (properties !== undefined) {
    const fields = fieldsOf(schema).map(
      ({ name, isRequired, shape }): Shape => [`${name}${isRequired ? '' : '?'}: `, ...shape],
    );
    return ['{', ...joined(fields, ', '), '}'];
  }
  const isBounded = typeof minimum === 'number' && typeof maximum === 'number' && Number.isSafeInteger(maximum + 1);
  const bounds = isBounded ? ` from ${minimum} to ${maximum}` : '';
  return [
    `${typeof type === 'string' ? type : 'anything'}${typeof format === 'string' ? ` (${format})` : ''}${bounds}`,
  ];
}

function joined(shapes: Shape[], separator: string): Shape {
  return shapes.flatMap((shape, index) => (index === 0 ? shape : [separator, ...shape]));
}
