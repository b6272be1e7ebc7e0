import type { Request, Response } from 'express';
import { z } from 'zod';
import { type FieldError, sendProblem } from '../problem.ts';

/** A parameter as text without anything that no store can hold. */
export const parameterText = (chars: number) =>
  z
    .string({ error: ({ input }) => (input === undefined ? 'is missing' : 'is given more than once') })
    .trim()
    .min(1, 'is empty; leave it out instead')
    .max(chars, `is longer than ${chars} characters`)
    .refine((text) => !/\p{Surrogate}|\u0000/u.test(text), 'holds a character that cannot be searched for');

/** A whole number between bounds. */
export const parameterNumber = (min: number, max: number) =>
  z
    .string('is given more than once')
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`)
    // What it is for a client, to whom the digits of a query are a number.
    .meta({ type: 'integer', minimum: min, maximum: max, pattern: undefined });

/** Reads the query of a request; where it is not valid, answers so and gives null. */
export function readQuery<Shape extends z.ZodRawShape>(
  request: Request,
  response: Response,
  schema: z.ZodObject<Shape, z.core.$strict>,
): z.infer<z.ZodObject<Shape, z.core.$strict>> | null {
  const parsed = schema.safeParse({ ...request.query });
  if (parsed.success) return parsed.data;
  const names = Object.keys(schema.shape).join(', ');
  const errors = parsed.error.issues.flatMap((issue): FieldError[] => {
    if (issue.code !== 'unrecognized_keys') return [{ parameter: String(issue.path[0]), detail: issue.message }];
    return issue.keys.map((key) => ({ parameter: key, detail: `is not a parameter here; those are ${names}` }));
  });
  sendProblem(response, 'invalid-query', errors.map(({ parameter, detail }) => `${parameter} ${detail}`).join('; '), {
    errors,
  });
  return null;
}
