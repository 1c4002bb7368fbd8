import type { OpenAI } from 'openai';
import { z } from 'zod';
import { WriterError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import { type Abilities, firstAbilities, simpler } from './abilities.ts';
import { boundedFetch } from './bounded-fetch.ts';
import { translate } from './failure.ts';
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
  /** Of the input, what the provider had in its cache. */
  cachedInputTokens: number;
  outputTokens: number;
}

/** Asks the model once. Throws WriterError; the signal's own reason when that ends it. */
export type Complete = (question: Question, signal: AbortSignal) => Promise<Completion>;

/** A text, or as some reasoning models give it: in parts, thoughts among them. */
const content = z.union([
  z.string(),
  z.array(z.object({ type: z.string(), text: z.string().optional().catch(undefined) })),
]);

/** The part of a chat completion that is read; compatible endpoints leave out or null the rest. */
const completionSchema = z.object({
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: content.nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number().catch(0),
      completion_tokens: z.number().catch(0),
      prompt_tokens_details: z
        .object({ cached_tokens: z.number().catch(0) })
        .nullish()
        .catch(null),
    })
    .nullish(),
});

/** One request. `name` names its schema. */
export interface Question {
  messages: Message[];
  schema: Record<string, unknown>;
  name: string;
  model: string;
  temperature: number | null;
  maxTokens: number | null;
}

/** A request that is refused so often is refused for another reason. */
const MOST_TRIES = 8;

/**
 * A function that asks the model once and throws WriterError; the signal's own reason when that ends it.
 * What an endpoint refuses to take for a model is left out from then on. The SDK is loaded at the first call and
 * never retries.
 */
export function createCompletion(
  settings: EndpointSettings,
  tools: { log: Log; fetch: typeof globalThis.fetch },
): Complete {
  let client: Promise<OpenAI> | undefined;
  const isOpenAi = settings.baseUrl === null || settings.baseUrl.startsWith(OPENAI_URL);
  const learned = new Map<string, Abilities>();

  async function ask(question: Question, signal: AbortSignal): Promise<unknown> {
    client ??= connect(settings, tools.fetch);
    const { chat } = await client;
    const { model, messages } = question;
    const known = learned.get(model) ?? firstAbilities(isOpenAi);
    let abilities = known;
    for (let tries = 1; ; tries += 1) {
      try {
        const completion = await chat.completions.create(
          { model, messages, ...options(question, abilities) },
          { signal, timeout: settings.timeoutMs, maxRetries: 0 },
        );
        if (abilities !== known) {
          learned.set(model, abilities);
          tools.log.info({ model, ...abilities }, 'The endpoint takes a simpler request');
        }
        return completion;
      } catch (thrown) {
        const next = simpler(abilities, thrown, question);
        if (next === null || tries === MOST_TRIES) throw thrown;
        abilities = next;
      }
    }
  }

  return async function complete(question, signal) {
    const { model } = question;
    let answer: unknown;
    try {
      answer = await ask(question, signal);
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
      content: textOf(choice?.message.content),
      cutOff: choice?.finish_reason === 'length',
      ...used,
    };
  };
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

function textOf(said: z.infer<typeof content> | null | undefined): string {
  if (typeof said === 'string') return said;
  return (said ?? []).map((part) => (part.type === 'text' ? (part.text ?? '') : '')).join('');
}

function options({ name, schema, temperature, maxTokens }: Question, abilities: Abilities) {
  const [limit] = abilities.limits;
  return {
    ...(abilities.format === 'json-schema' && {
      response_format: { type: 'json_schema' as const, json_schema: { name, strict: true, schema } },
    }),
    ...(abilities.format === 'json-object' && { response_format: { type: 'json_object' as const } }),
    ...(abilities.temperature && temperature !== null && { temperature }),
    ...(limit !== undefined && maxTokens !== null && { [limit]: maxTokens }),
  };
}
