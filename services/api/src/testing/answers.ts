import { Ajv2020 } from 'ajv/dist/2020.js';
import type { OpenApiDocument } from '../openapi/document.ts';

/** What a document says of one answer, or why it does not describe it. */
export interface AnswerCheck {
  operationId: string | null;
  problems: string[];
}

/** Compares answers with a document; `seen` holds `operationId status` of each that was checked. */
export interface AnswerChecks {
  check(method: string, path: string, response: Response): Promise<AnswerCheck>;
  seen: Set<string>;
}

const ROOT = 'openapi';

/** Holds answers against an OpenAPI document, by a validator of JSON Schema 2020-12 and not by the schemas that made it. */
export function answerChecks(document: OpenApiDocument): AnswerChecks {
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema({ ...(closed(document) as object), $id: ROOT });
  const seen = new Set<string>();
  const schemaOf = (path: string, method: string, status: string, type: string) =>
    ajv.getSchema(
      `${ROOT}#/paths/${[path, method, 'responses', status, 'content', type, 'schema'].map(pointerPart).join('/')}`,
    );
  const check: AnswerChecks['check'] = async (method, path, response) => {
    const template = templateOf(document, path);
    const operation = document.paths[template ?? '']?.[method.toLowerCase()];
    if (template === null || operation === undefined) return { operationId: null, problems: ['no such operation'] };
    const status = String(response.status);
    seen.add(`${operation.operationId} ${status}`);
    const described = operation.responses[status];
    if (described === undefined) return { operationId: operation.operationId, problems: [`no answer ${status}`] };
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const body = await response.text();
    const problems = [];
    if (described.content === undefined) {
      if (body !== '') problems.push('a body where none is described');
    } else if (described.content[type] === undefined) problems.push(`no media type ${type}`);
    else if (type.endsWith('json') && type !== 'application/feed+json') {
      const validate = schemaOf(template, method.toLowerCase(), status, type);
      if (!validate?.(JSON.parse(body))) problems.push(JSON.stringify(validate?.errors ?? 'no schema'));
    }
    return { operationId: operation.operationId, problems };
  };
  return { check, seen };
}

/** With every object limited to the fields that are described, so that a field that is not is found. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, closed(part)]));
  const isObject = parts.type === 'object' && 'properties' in parts && !('additionalProperties' in parts);
  return isObject ? { ...parts, additionalProperties: false } : parts;
}

function pointerPart(name: string): string {
  return encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function templateOf({ paths }: OpenApiDocument, path: string): string | null {
  const [asked = ''] = path.split('?');
  const exact = Object.keys(paths).find((template) => template === asked);
  const matching = Object.keys(paths).find((template) =>
    new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`).test(asked),
  );
  return exact ?? matching ?? null;
}
