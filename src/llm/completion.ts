import type { OpenAI } from 'openai';
import { z } from 'zod';
import { WriterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { refusesFormat, translate } from './failure.ts';
import type { Message } from './prompt.ts';

/** Where OpenAI itself answers; the SDK's own reading of the environment is not used. */
export const OPENAI_URL = 'https://api.openai.com/v1';

export interface EndpointSettings {
  /** Null for local servers that want none. */
  apiKey: Secret | null;
  /** Null = OpenAI. */
  baseUrl: string | null;
  model: string;
  /** For everything that one article and language may take, repairs included. */
  timeoutMs: number;
}

/** One answer of the model. `cutOff`: it stopped at a length limit before its end. */
export interface Completion {
  content: string;
  cutOff: boolean;
  inputTokens: number;
  /** Of these, read from the provider's cache. */
  cachedInputTokens: number;
  outputTokens: number;
}

/** Asks the model once; its answer takes at most `mostOutputTokens` where that is given. Throws WriterError. */
export type Complete = (
  messages: Message[],
  schema: Record<string, unknown>,
  signal: AbortSignal,
  mostOutputTokens?: number,
) => Promise<Completion>;

/** The part of a chat completion that is read; compatible endpoints leave out or null the rest. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number().catch(0),
      completion_tokens: z.number().catch(0),
      prompt_tokens_details: z.object({ cached_tokens: z.number().nullish() }).nullish().catch(null),
    })
    .nullish(),
});

/** Ways to ask for JSON, best first; an endpoint that refuses one is asked by the next from then on. */
const FORMATS = ['json-schema', 'json-object', 'prompt'] as const;

/**
 * A function that asks the model once and throws WriterError; the signal's own reason when that ends it.
 * The SDK is loaded at the first call and never retries.
 */
export function createCompletion(
  settings: EndpointSettings,
  tools: { log: Log; fetch: typeof globalThis.fetch },
): Complete {
  const { model } = settings;
  let client: Promise<OpenAI> | undefined;
  let format = 0;

  async function ask(...[messages, schema, signal, most]: Parameters<Complete>): Promise<unknown> {
    client ??= connect(settings, tools.fetch);
    const { chat } = await client;
    for (let tried = format; ; tried += 1) {
      const way = FORMATS[tried] ?? 'prompt';
      try {
        const completion = await chat.completions.create(
          { model, messages, ...responseFormat(way, schema), ...tokenLimit(settings, most) },
          { signal, timeout: settings.timeoutMs, maxRetries: 0 },
        );
        if (tried !== format) tools.log.info({ model, format: way }, 'The endpoint takes a simpler answer format');
        format = tried;
        return completion;
      } catch (thrown) {
        if (way === 'prompt' || !refusesFormat(thrown)) throw thrown;
      }
    }
  }

  return async function complete(messages, schema, signal, mostOutputTokens) {
    let answer: unknown;
    try {
      answer = await ask(messages, schema, signal, mostOutputTokens);
    } catch (thrown) {
      signal.throwIfAborted();
      throw translate(thrown, model);
    }
    const result = completionSchema.safeParse(answer);
    if (!result.success)
      throw new WriterError('bad-answer', 'The model’s endpoint answered with something that is no chat completion.', {
        cure: 'Check that OPENAI_BASE_URL is the address of an OpenAI-compatible API (it usually ends in /v1).',
      });
    const { choices, usage } = result.data;
    const [choice] = choices;
    const used = {
      inputTokens: usage?.prompt_tokens ?? 0,
      cachedInputTokens: usage?.prompt_tokens_details?.cached_tokens ?? 0,
      outputTokens: usage?.completion_tokens ?? 0,
    };
    if (choice?.finish_reason === 'content_filter' || choice?.message.refusal)
      throw new WriterError('refused', 'The model refused to write about this article.', { usage: used });
    return {
      content: choice?.message.content ?? '',
      cutOff: choice?.finish_reason === 'length',
      ...used,
    };
  };
}

/** OpenAI's newer models refuse the older name, other servers don't know the newer one. */
function tokenLimit({ baseUrl }: EndpointSettings, most: number | undefined) {
  if (most === undefined) return {};
  return baseUrl === null || baseUrl.startsWith(OPENAI_URL) ? { max_completion_tokens: most } : { max_tokens: most };
}

async function connect({ apiKey, baseUrl }: EndpointSettings, fetch: typeof globalThis.fetch): Promise<OpenAI> {
  const { OpenAI } = await import('openai');
  return new OpenAI({
    apiKey: apiKey?.reveal() ?? 'none',
    ...(apiKey === null && { defaultHeaders: { Authorization: null } }),
    adminAPIKey: null,
    baseURL: baseUrl ?? OPENAI_URL,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    fetch: boundedFetch(fetch),
  });
}

function responseFormat(way: (typeof FORMATS)[number], schema: Record<string, unknown>) {
  switch (way) {
    case 'json-schema':
      return {
        response_format: { type: 'json_schema' as const, json_schema: { name: 'posts', strict: true, schema } },
      };
    case 'json-object':
      return { response_format: { type: 'json_object' as const } };
    case 'prompt':
      return {};
  }
}
