import { MINUTE } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import type { Writers } from '../ports/writer.ts';
import { ground } from './grounding.ts';
import { createOfflineWriter } from './offline.ts';
import { createModelWriter } from './openai.ts';
import type { Prices } from './prices.ts';

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
  return {
    model: configured
      ? createModelWriter(
          { ...settings, timeoutMs: settings.timeoutMs ?? MINUTE },
          { log: tools.log, fetch: tools.fetch ?? globalThis.fetch },
        )
      : null,
    offline: createOfflineWriter(),
    ground,
  };
}
