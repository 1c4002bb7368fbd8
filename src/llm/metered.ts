import { WriterError } from '../lib/errors.ts';
import type { Meter } from '../ports/meter.ts';
import type { Complete, Completion } from './completion.ts';
import { neverArrived } from './failure.ts';

/** The same function, whose every call is held by the meter before and settled after; it may use so many tokens for its answer. */
export function metered(
  complete: Complete,
  { meter, model, mostOutputTokens }: { meter: Meter; model: string; mostOutputTokens: number },
): Complete {
  return async (messages, schema, signal) => {
    // No tokenizer makes more tokens than there are bytes.
    const inputTokens = Buffer.byteLength(JSON.stringify(messages)) + Buffer.byteLength(JSON.stringify(schema));
    const hold = await meter.hold({
      model,
      most: { inputTokens, cachedInputTokens: 0, outputTokens: mostOutputTokens },
    });
    let completion: Completion;
    try {
      completion = await complete(messages, schema, signal, hold.binding ? mostOutputTokens : undefined);
    } catch (thrown) {
      const used = thrown instanceof WriterError ? thrown.usage : undefined;
      await hold.settle(used ?? (neverArrived(thrown) ? null : 'unknown'));
      throw thrown;
    }
    await hold.settle(completion);
    return completion;
  };
}
