import { WriterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Writer } from '../ports/writer.ts';
import { jsonSchema, readAnswer } from './answer.ts';
import { createCompletion, type EndpointSettings, OPENAI_URL } from './completion.ts';
import { costMicros, OPENAI_PRICES, type Prices } from './prices.ts';
import { openingMessages, repairMessages } from './prompt.ts';
import { readSource } from './source.ts';

/** How often a model is told what is wrong with its answer before it is given up. */
const REPAIRS = 2;

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
  const listed = settings.baseUrl === null || settings.baseUrl.startsWith(OPENAI_URL);
  const prices = { ...(listed && OPENAI_PRICES), ...settings.prices };
  return {
    name: model,
    async write(request, signal) {
      const deadline = AbortSignal.timeout(timeoutMs);
      const either = AbortSignal.any([signal, deadline]);
      const source = readSource(request.article);
      const schema = jsonSchema(request);
      const messages = openingMessages(request);
      let inputTokens = 0;
      let outputTokens = 0;
      for (let round = 0; ; round += 1) {
        const completion = await complete(messages, schema, either).catch((thrown: unknown) => {
          signal.throwIfAborted();
          if (deadline.aborted)
            throw new WriterError('timeout', `The model did not answer within ${timeoutMs / 1000} s.`, {
              cause: thrown,
            });
          throw thrown;
        });
        inputTokens += completion.inputTokens;
        outputTokens += completion.outputTokens;
        const answer = await readAnswer(completion.content, request, source);
        if (answer.ok) {
          const cost = costMicros(prices, model, inputTokens, outputTokens);
          return { texts: answer.texts, writer: model, inputTokens, outputTokens, costMicros: cost };
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
