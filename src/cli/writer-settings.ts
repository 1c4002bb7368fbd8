import type { ModelSettings } from '../domain/brand.ts';
import type { Voice } from '../domain/voice.ts';
import { UsageError } from '../lib/errors.ts';
import { plainLine } from '../lib/text.ts';

/** A setting of one part of a brand, as `brand set KEY=VALUE` takes it. */
interface PartSetting<Part> {
  key: string;
  meaning: string;
  read(part: Part): string;
  /** The part with it; throws UsageError. An empty value clears it. */
  change(part: Part, value: string): Part;
}

const MOST_WORDS = 50;
const LONGEST_WORD = 60;
const LONGEST_MODEL = 200;
const TOKENS = { least: 200, most: 100_000 };

/** How the brand sounds, but for tone and audience. */
export const VOICE_SETTINGS: readonly PartSetting<Voice>[] = [
  wordsSetting('use', 'words that posts like to use, parted by commas'),
  wordsSetting('avoid', 'words that no post may have, parted by commas'),
  {
    key: 'formality',
    meaning: 'how readers are addressed: informal (tu, ты, du), formal (jūs, вы, Sie) or any',
    read: ({ formality }) => formality,
    change: (voice, value) => ({
      ...voice,
      formality: oneOf('formality', value || 'any', ['any', 'informal', 'formal']),
    }),
  },
  {
    key: 'emoji',
    meaning: 'emoji in posts: none, few (up to 3) or many (up to 12)',
    read: ({ emoji }) => emoji,
    change: (voice, value) => ({ ...voice, emoji: oneOf('emoji', value || 'few', ['none', 'few', 'many']) }),
  },
];

/** How the brand's model is asked. */
export const MODEL_SETTINGS: readonly PartSetting<ModelSettings>[] = [
  {
    key: 'model',
    meaning: 'name of the model; empty = OPENAI_MODEL',
    read: ({ model }) => model ?? '',
    change: (settings, value) => ({ ...settings, model: modelName(value) }),
  },
  {
    key: 'temperature',
    meaning: 'how freely the model writes, from 0 to 2; empty = the endpoint’s own',
    read: ({ temperature }) => (temperature === null ? '' : String(temperature)),
    change: (settings, value) => ({
      ...settings,
      temperature: numberOf('temperature', value, /^[0-2](?:[.,]\d{1,2})?$/u, { least: 0, most: 2 }),
    }),
  },
  {
    key: 'max-tokens',
    meaning: 'the longest answer of the model in tokens, its thoughts included; empty = the endpoint’s own',
    read: ({ maxTokens }) => (maxTokens === null ? '' : String(maxTokens)),
    change: (settings, value) => ({ ...settings, maxTokens: numberOf('max-tokens', value, /^\d{1,6}$/u, TOKENS) }),
  },
  {
    key: 'variants',
    meaning: 'texts for each post, 1 or 2: the reviewer takes one; automatic channels take the first',
    read: ({ variants }) => String(variants),
    change: (settings, value) => ({
      ...settings,
      variants: oneOf('variants', value || '1', ['1', '2']) === '2' ? 2 : 1,
    }),
  },
  {
    key: 'second-opinion',
    meaning: 'whether a second call of the model judges each claim: on or off; what it doubts waits for review',
    read: ({ secondOpinion }) => (secondOpinion ? 'on' : 'off'),
    change: (settings, value) => ({
      ...settings,
      secondOpinion: oneOf('second-opinion', value || 'off', ['on', 'off']) === 'on',
    }),
  },
];

function wordsSetting(key: 'use' | 'avoid', meaning: string): PartSetting<Voice> {
  return {
    key,
    meaning,
    read: (voice) => voice[key].join(', '),
    change: (voice, value) => {
      const words = [...new Set(value.split(',').map(plainLine).filter(Boolean))];
      if (words.length > MOST_WORDS) fault(key, `takes at most ${MOST_WORDS} words, not ${words.length}`);
      const long = words.find((word) => word.length > LONGEST_WORD);
      if (long !== undefined) fault(key, `takes words of at most ${LONGEST_WORD} characters, parted by commas`);
      return { ...voice, [key]: words };
    },
  };
}

function modelName(value: string): string | null {
  const name = value.trim();
  if (/[\s\p{Cc}]/u.test(name) || name.length > LONGEST_MODEL)
    fault('model', 'wants a name as the endpoint lists it, such as gpt-5-mini');
  return name === '' ? null : name;
}

function numberOf(key: string, value: string, form: RegExp, { least, most }: { least: number; most: number }) {
  const text = value.trim();
  if (text === '') return null;
  const number = form.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
  if (!(number >= least && number <= most)) fault(key, `wants a number from ${least} to ${most}`);
  return number;
}

function oneOf<Value extends string>(key: string, value: string, values: readonly Value[]): Value {
  return values.find((one) => one === value.trim()) ?? fault(key, `is one of ${values.join(', ')}`);
}

function fault(key: string, problem: string): never {
  throw new UsageError(`${key} ${problem}.`);
}
