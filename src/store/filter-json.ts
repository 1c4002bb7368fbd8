import { z } from 'zod';
import { ABOUT_LIMIT, type Filter, OPEN_FILTER } from '../domain/filter.ts';
import { AppError } from '../lib/errors.ts';
import { json } from './context.ts';
import type { Prisma } from './generated/client.ts';
import { storable } from './storable.ts';

const words = z.array(z.string());
const amount = z.number().int().nonnegative().nullable();
const schema: z.ZodType<Partial<Filter>> = z
  .strictObject({
    requireWords: words,
    excludeWords: words,
    ignoreDiacritics: z.boolean(),
    languages: words,
    maxAgeMs: amount,
    minLength: amount,
    requireCategories: words,
    excludeCategories: words,
    about: z.string().max(ABOUT_LIMIT).nullable(),
  })
  .partial();

/** A filter for its column. */
export function filterJson(filter: Filter): Prisma.InputJsonValue {
  return json(storable(schema.parse(filter)));
}

/** A stored filter; what it leaves out is open. AppError when it isn't one: letting everything through would be worse. */
export function toFilter(stored: unknown, owner: string): Filter {
  const { success, data, error } = schema.safeParse(stored);
  if (!success)
    throw new AppError(`The stored filter of ${owner} can't be read: ${z.prettifyError(error)}`, {
      cure: `It was changed by hand or by a newer Crier. Set the column "filter" of ${owner} to {} and set it anew.`,
    });
  return { ...OPEN_FILTER, ...data };
}
