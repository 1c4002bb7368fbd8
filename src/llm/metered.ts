import type { Purpose } from '../domain/spending.ts';
import { WriterError } from '../lib/errors.ts';
import type { Meter } from '../ports/meter.ts';
import type { Complete, Completion } from './completion.ts';
import { neverArrived } from './failure.ts';

/**
 * The same function, whose every call is held by the meter before and settled after. An answer may use `maxTokens` of its
 * question, else `mostOutputTokens`; where a budget hangs on that, the endpoint is told.
 */
export function metered(
  complete: Complete,
  { meter, purpose, mostOutputTokens }: { meter: Meter; purpose: Purpose; mostOutputTokens: number },
): Complete {
  return async (question, signal) => {
    const { model, messages, schema } = question;
    const outputTokens = question.maxTokens ?? mostOutputTokens;
    // No tokenizer makes more tokens than there are bytes.
    const inputTokens = Buffer.byteLength(JSON.stringify(messages)) + Buffer.byteLength(JSON.stringify(schema));
    const hold = await meter.hold({ model, purpose, most: { inputTokens, cachedInputTokens: 0, outputTokens } });
    let completion: Completion;
    try {
      completion = await complete(hold.binding ? { ...question, maxTokens: outputTokens } : question, signal);
    } catch (thrown) {
      const used = thrown instanceof WriterError ? thrown.usage : undefined;
      await hold.settle(used ?? (neverArrived(thrown) ? null : 'unknown'));
      throw thrown;
    }
    await hold.settle(completion);
    return completion;
  };
}
