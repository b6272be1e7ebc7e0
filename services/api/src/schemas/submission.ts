import { z } from 'zod';
import { ITEMS_MAX } from '../limits.ts';
import { articleInputSchema } from '../submission.ts';
import { receiptFields, receiptSchema } from './article.ts';
import { problemSchema } from './problem.ts';

export const submissionSchema = z.union([articleInputSchema, z.array(articleInputSchema).max(ITEMS_MAX)]);

const index = z.int().min(0).meta({ description: 'Place in the request, from 0' });

export const submittedSchema = z.union([
  receiptSchema,
  z
    .object({
      items: z.array(
        z.union([
          z.object({ index, ...receiptFields }),
          z.object({ index, problem: problemSchema('invalid-article') }),
        ]),
      ),
    })
    .meta({ id: 'Receipts', description: 'Every item keeps its place: a receipt, or the problem that it has.' }),
]);
