import type { z } from 'zod';
import type { FieldError } from './problem.ts';

/**
 * The fields of a JSON body that are wrong, each with its JSON pointer (RFC 6901). `unknownField` is said of each that the body may not
 * have; without it the body as a whole is at fault.
 */
export function fieldErrorsOf({ issues }: z.ZodError, unknownField?: string): FieldError[] {
  return issues.flatMap((issue): FieldError[] => {
    if (issue.code !== 'unrecognized_keys' || unknownField === undefined)
      return [{ pointer: pointerOf(issue.path), detail: issue.message }];
    return issue.keys.map((key) => ({ pointer: pointerOf([key]), detail: unknownField }));
  });
}

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
