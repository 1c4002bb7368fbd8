import { amountOf, type Purpose } from '../domain/spending.ts';
import { WriterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { WriteRequest, Writer, Written } from '../ports/writer.ts';
import { type Answer, jsonSchema, readAnswer } from './answer.ts';
import { type Completion, createCompletion, type EndpointSettings, OPENAI_URL, type Question } from './completion.ts';
import { metered } from './metered.ts';
import { OPENAI_PRICES, type Prices, priceIn } from './prices.ts';
import { openingMessages, repairMessages } from './prompt.ts';
import { allowedOf } from './sanitise.ts';
import { secondOpinion } from './second-opinion.ts';
import { readSource } from './source.ts';

/** How often a model is told what is wrong with its answer before it is given up. */
const REPAIRS = 2;
/** Room for the texts of several channels and the thoughts of a reasoning model. */
const MOST_OUTPUT_TOKENS = 10_000;

type Usable = Extract<Answer, { ok: true }>;
type Ask = (question: Question) => Promise<Completion>;

/**
 * Writes by any OpenAI-compatible model: one call for all targets, up to two more when the answer can't be used; one
 * of them also when it says more than the article or breaks the brand's voice. One deadline for all of them. Throws
 * WriterError, or the signal's reason when the caller ends it.
 */
export function createModelWriter(
  settings: EndpointSettings & { prices?: Prices },
  tools: { log: Log; fetch: typeof globalThis.fetch },
): Writer {
  const { timeoutMs } = settings;
  const complete = createCompletion(settings, tools);
  const prices = pricesFor(settings);
  return {
    name: settings.model,
    async write(request, signal, meter) {
      const deadline = AbortSignal.timeout(timeoutMs);
      const either = AbortSignal.any([signal, deadline]);
      const { modelSettings } = request.brand;
      const model = modelSettings.model ?? settings.model;
      const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
      const askFor = (purpose: Purpose): Ask => {
        const answered =
          meter === undefined ? complete : metered(complete, { meter, purpose, mostOutputTokens: MOST_OUTPUT_TOKENS });
        return async (question) => {
          const completion = await answered(question, either).catch((thrown: unknown) => {
            signal.throwIfAborted();
            if (deadline.aborted)
              throw new WriterError('timeout', `The model did not answer within ${timeoutMs / 1000} s.`, {
                cause: thrown,
              });
            throw thrown;
          });
          usage.inputTokens += completion.inputTokens;
          usage.cachedInputTokens += completion.cachedInputTokens;
          usage.outputTokens += completion.outputTokens;
          return completion;
        };
      };
      const { temperature, maxTokens } = modelSettings;
      const asking = { model, temperature, maxTokens };
      const answer = await answerOf(request, asking, askFor('write'), signal, tools.log);
      const opinion = modelSettings.secondOpinion
        ? await judged(request, answer, asking, askFor('opinion'), signal)
        : answer;
      return {
        texts: opinion.texts,
        brief: opinion.brief,
        writer: model,
        ...usage,
        costMicros: amountOf(priceIn(prices, model), usage),
      } satisfies Written;
    },
  };
}

/** The best answer that the model gives within its repairs. */
async function answerOf(
  request: WriteRequest,
  asking: Pick<Question, 'model' | 'temperature' | 'maxTokens'>,
  ask: Ask,
  signal: AbortSignal,
  log: Log,
): Promise<Usable> {
  const allowed = allowedOf(request.article, readSource(request.article));
  const schema = jsonSchema(request);
  const messages = openingMessages(request);
  let usable: Usable | null = null;
  for (let round = 0; ; round += 1) {
    let completion: Completion;
    try {
      completion = await ask({ ...asking, messages, schema, name: 'posts' });
    } catch (thrown) {
      // What could be used before its repair failed can still be used; its shortfalls are a person's to see.
      if (usable === null || signal.aborted) throw thrown;
      return usable;
    }
    const answer = await readAnswer(completion.content, request, allowed);
    if (answer.ok) {
      const repaired = usable !== null;
      if (usable === null || answer.shortfalls.length <= usable.shortfalls.length) usable = answer;
      if (usable.shortfalls.length === 0 || repaired || round === REPAIRS) return usable;
    } else if (round === REPAIRS && usable !== null) return usable;
    const problems = answer.ok ? [] : completion.cutOff ? [CUT_OFF] : answer.problems;
    if (round === REPAIRS)
      throw new WriterError(
        'bad-answer',
        `The model’s answer could not be used after ${REPAIRS} repairs: ${problems.join('; ')}.`,
        { cure: 'Try a more capable model in OPENAI_MODEL.' },
      );
    log.warn(
      {
        model: asking.model,
        round: round + 1,
        problems: problems.length + answer.shortfalls.length,
        usable: answer.ok,
      },
      'The model is asked to repair its answer',
    );
    messages.push(...repairMessages(completion.content, [...problems, ...answer.shortfalls]));
  }
}

const CUT_OFF = 'it was cut off at a length limit: answer more briefly';

/** The answer with a second opinion on its claims; what is doubted, or was not judged, a person has to see. */
async function judged(
  { article }: WriteRequest,
  answer: Usable,
  asking: Pick<Question, 'model' | 'temperature' | 'maxTokens'>,
  ask: Ask,
  signal: AbortSignal,
): Promise<Usable> {
  const { claims } = answer.brief;
  const concerned = (concern: string): Usable => ({
    ...answer,
    texts: answer.texts.map((text) => ({ ...text, concern: [text.concern, concern].filter(Boolean).join('; ') })),
  });
  if (claims.length === 0) return concerned('the model named no claims for a second opinion');
  try {
    const opinion = await secondOpinion({ article, claims, ask: asking }, ask);
    if (opinion.claims === null) return concerned('the second opinion could not be read');
    const brief = { ...answer.brief, claims: opinion.claims };
    const doubted = opinion.claims.filter((claim) => claim.doubt !== null);
    if (doubted.length === 0) return { ...answer, brief };
    const [{ claim, doubt } = { claim: '', doubt: '' }] = doubted;
    const more = doubted.length > 1 ? ` and ${doubted.length - 1} more` : '';
    return { ...concerned(`a second opinion doubts “${claim}” (${doubt})${more}`), brief };
  } catch (thrown) {
    if (signal.aborted) throw thrown;
    return concerned('the second opinion could not be had');
  }
}

/** The prices that hold at an endpoint: OpenAI's own list there, and what the settings say. */
export function pricesFor({ baseUrl, prices }: { baseUrl: string | null; prices?: Prices }): Prices {
  const listed = baseUrl === null || baseUrl.startsWith(OPENAI_URL);
  return { ...(listed && OPENAI_PRICES), ...prices };
}
