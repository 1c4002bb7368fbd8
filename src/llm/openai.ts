import { amountOf } from '../domain/spending.ts';
import { WriterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Writer } from '../ports/writer.ts';
import { jsonSchema, readAnswer } from './answer.ts';
import { createCompletion, type EndpointSettings, OPENAI_URL } from './completion.ts';
import { metered } from './metered.ts';
import { OPENAI_PRICES, type Prices, priceIn } from './prices.ts';
import { openingMessages, repairMessages } from './prompt.ts';
import { readSource } from './source.ts';

/** How often a model is told what is wrong with its answer before it is given up. */
const REPAIRS = 2;
/** Room for the texts of several channels and the thoughts of a reasoning model. */
const MOST_OUTPUT_TOKENS = 10_000;

/**
 * Writes by any OpenAI-compatible model: one call for all targets, up to two more when the answer can't be used, one
 * deadline for all of them. Throws WriterError, or the signal's reason when the caller ends it.
 */
export function createModelWriter(
  settings: EndpointSettings & { prices?: Prices },
  tools: { log: Log; fetch: typeof globalThis.fetch },
): Writer {
  const { model, timeoutMs } = settings;
  const complete = createCompletion(settings, tools);
  const prices = pricesFor(settings);
  return {
    name: model,
    async write(request, signal, meter) {
      const ask =
        meter === undefined ? complete : metered(complete, { meter, model, mostOutputTokens: MOST_OUTPUT_TOKENS });
      const deadline = AbortSignal.timeout(timeoutMs);
      const either = AbortSignal.any([signal, deadline]);
      const source = readSource(request.article);
      const schema = jsonSchema(request);
      const messages = openingMessages(request);
      let inputTokens = 0;
      let outputTokens = 0;
      let cachedInputTokens = 0;
      for (let round = 0; ; round += 1) {
        const completion = await ask(messages, schema, either).catch((thrown: unknown) => {
          signal.throwIfAborted();
          if (deadline.aborted)
            throw new WriterError('timeout', `The model did not answer within ${timeoutMs / 1000} s.`, {
              cause: thrown,
            });
          throw thrown;
        });
        inputTokens += completion.inputTokens;
        outputTokens += completion.outputTokens;
        cachedInputTokens += completion.cachedInputTokens;
        const answer = await readAnswer(completion.content, request, source);
        if (answer.ok) {
          const used = { inputTokens, cachedInputTokens, outputTokens };
          const costMicros = amountOf(priceIn(prices, model), used);
          return { texts: answer.texts, writer: model, ...used, costMicros };
        }
        const problems = completion.cutOff
          ? ['it was cut off at a length limit: answer more briefly']
          : answer.problems;
        if (round === REPAIRS)
          throw new WriterError(
            'bad-answer',
            `The model’s answer could not be used after ${REPAIRS} repairs: ${problems.join('; ')}.`,
            { cure: 'Try a more capable model in OPENAI_MODEL.' },
          );
        tools.log.warn(
          { model, round: round + 1, problems: problems.length },
          'The model is asked to repair its answer',
        );
        messages.push(...repairMessages(completion.content, problems));
      }
    },
  };
}

/** The prices that hold at an endpoint: OpenAI's own list there, and what the settings say. */
export function pricesFor({ baseUrl, prices }: { baseUrl: string | null; prices?: Prices }): Prices {
  const listed = baseUrl === null || baseUrl.startsWith(OPENAI_URL);
  return { ...(listed && OPENAI_PRICES), ...prices };
}
