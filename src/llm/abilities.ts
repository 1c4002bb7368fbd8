import type { ModelSettings } from '../domain/brand.ts';

/** Ways to ask for JSON, best first. */
const FORMATS = ['json-schema', 'json-object', 'prompt'] as const;

/** What an endpoint takes for one model; learned from its refusals. */
export interface Abilities {
  format: (typeof FORMATS)[number];
  temperature: boolean;
  /** What the limit of an answer may be called, to be tried in order; empty = it takes none. */
  limits: readonly ('max_completion_tokens' | 'max_tokens')[];
}

/** What is tried first. OpenAI has renamed the limit; who speaks its older language knows the older name. */
export function firstAbilities(isOpenAi: boolean): Abilities {
  const limits = ['max_completion_tokens', 'max_tokens'] as const;
  return { format: 'json-schema', temperature: true, limits: isOpenAi ? limits : limits.toReversed() };
}

/** The parts of an error that say what was refused. */
interface Refusal {
  status?: number;
  code?: string | null;
  param?: string | null;
}
type Wishes = Pick<ModelSettings, 'temperature' | 'maxTokens'>;

/**
 * What to ask for next when the endpoint refused a request with `asked`; null when something else was refused.
 * An endpoint that names the field is believed. One that answers 400 or 422 in words of its own is asked by ever
 * simpler formats, and then once more without the brand's settings.
 */
export function simpler(asked: Abilities, refusal: unknown, wishes: Wishes): Abilities | null {
  const { status, code, param } = typeof refusal === 'object' && refusal !== null ? (refusal as Refusal) : {};
  if (status !== 400 && status !== 422) return null;
  if (code === 'context_length_exceeded' || code === 'model_not_found' || code === 'content_filter') return null;
  const format = FORMATS[FORMATS.indexOf(asked.format) + 1];
  const [field = ''] = typeof param === 'string' ? param.split(/[.[]/u) : [];
  switch (field) {
    case 'response_format':
      return format === undefined ? null : { ...asked, format };
    case 'temperature':
      return asked.temperature && wishes.temperature !== null ? { ...asked, temperature: false } : null;
    case 'max_tokens':
    case 'max_completion_tokens':
      if (wishes.maxTokens === null || asked.limits.length === 0) return null;
      return { ...asked, limits: asked.limits.slice(1) };
    case '': {
      if (format !== undefined) return { ...asked, format };
      const bare = !asked.temperature && asked.limits.length === 0;
      const wished = wishes.temperature !== null || wishes.maxTokens !== null;
      return bare || !wished ? null : { format: 'json-schema', temperature: false, limits: [] };
    }
    default:
      return null;
  }
}
