import { MINUTE } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import type { Writers } from '../ports/writer.ts';
import { createJudge } from './about.ts';
import { createCompletion } from './completion.ts';
import { ground } from './grounding.ts';
import { createOfflineWriter } from './offline.ts';
import { createModelWriter, pricesFor } from './openai.ts';
import { type Prices, priceIn } from './prices.ts';

export interface WritersSettings {
  apiKey: Secret | null;
  /** Any OpenAI-compatible endpoint; null = OpenAI. Valid without a key: local servers. */
  baseUrl: string | null;
  model: string;
  /** For one article and language, repairs included; 60 s by default. */
  timeoutMs?: number;
  /** US dollars for a million tokens, by model name; added to OpenAI's list. */
  prices?: Prices;
}

/** The writers: the offline one always, the model when a key or a base URL is set. No work until the first text. */
export function createWriters(
  settings: WritersSettings,
  tools: { log: Log; fetch?: typeof globalThis.fetch },
): Writers {
  const configured = settings.apiKey !== null || settings.baseUrl !== null;
  const endpoint = { ...settings, timeoutMs: settings.timeoutMs ?? MINUTE };
  const outside = { log: tools.log, fetch: tools.fetch ?? globalThis.fetch };
  const prices = pricesFor(settings);
  return {
    model: configured ? createModelWriter(endpoint, outside) : null,
    offline: createOfflineWriter(),
    judge: configured ? createJudge(createCompletion(endpoint, outside), settings.model) : null,
    price: (model) => priceIn(prices, model),
    ground,
  };
}
