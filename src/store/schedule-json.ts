import { z } from 'zod';
import { OPEN_SCHEDULE, type Schedule } from '../domain/schedule.ts';
import { AppError } from '../lib/errors.ts';
import { json } from './context.ts';
import type { Prisma } from './generated/client.ts';

const localTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u);
const milliseconds = z.number().int().nonnegative();
const schema: z.ZodType<Partial<Schedule>> = z
  .strictObject({
    slots: z.array(z.strictObject({ days: z.array(z.number().int().min(1).max(7)), time: localTime })),
    quiet: z.strictObject({ from: localTime, to: localTime }).nullable(),
    gapMs: milliseconds,
    perDay: z.number().int().positive().nullable(),
    jitterMs: milliseconds,
    expiresAfterMs: milliseconds.nullable(),
    catchUp: z.enum(['one', 'none', 'all']),
  })
  .partial();

/** A schedule for its column. */
export function scheduleJson(schedule: Schedule): Prisma.InputJsonValue {
  return json(schema.parse(schedule));
}

/** A stored schedule; what it leaves out is open. AppError when it isn't one: posting at any time would be worse. */
export function toSchedule(stored: unknown, owner: string): Schedule {
  const { success, data, error } = schema.safeParse(stored);
  if (!success)
    throw new AppError(`The stored schedule of ${owner} can't be read: ${z.prettifyError(error)}`, {
      cure: `It was changed by hand or by a newer Crier. Set the column "schedule" of ${owner} to {} and set it anew.`,
    });
  return { ...OPEN_SCHEDULE, ...data };
}
