import { z } from 'zod';
import { type Budget, NO_BUDGET } from '../domain/budget.ts';
import { AppError } from '../lib/errors.ts';
import { json } from './context.ts';
import type { Prisma } from './generated/client.ts';

const micros = z.number().int().nonnegative().nullable();
const rate = z.number().nonnegative();
const schema: z.ZodType<Partial<Budget>> = z
  .strictObject({
    dayMicros: micros,
    monthMicros: micros,
    aboutDayMicros: micros,
    price: z.strictObject({ input: rate, cachedInput: rate, output: rate }).nullable(),
  })
  .partial();

/** A budget for its column. */
export function budgetJson(budget: Budget): Prisma.InputJsonValue {
  return json(schema.parse(budget));
}

/** A stored budget. AppError when it isn't one: spending without a limit would be worse. */
export function toBudget(stored: unknown, owner: string): Budget {
  const { success, data, error } = schema.safeParse(stored);
  if (!success)
    throw new AppError(`The stored budget of ${owner} can't be read: ${z.prettifyError(error)}`, {
      cure: `It was changed by hand or by a newer Crier. Set the column "budget" of ${owner} to {} and set it anew.`,
    });
  return { ...NO_BUDGET, ...data };
}
