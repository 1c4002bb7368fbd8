import { UsageError } from '../lib/errors.ts';
import { primaryLanguage } from '../lib/language.ts';
import { plainLine } from '../lib/text.ts';
import type { Channel, ChannelStyle } from './channel.ts';
import { AMOUNT_WANTED, amountWords, parseDollars } from './spending.ts';

/** One setting of a channel, as `channel set KEY=VALUE` and the dashboard's form take it. */
export interface ChannelSetting {
  key: string;
  /** What it is for, for a marketer. */
  meaning: string;
  /** What it takes, where that is one of a few: each value with its meaning. Null = any line. */
  choices: Record<string, string> | null;
  read(channel: Channel): string;
  /** The channel with it; throws a UsageError that goes on after the key. */
  change(channel: Channel, value: string): Channel;
}

const NO_LABEL_POLICY = 'brand';

const SETTINGS: Record<string, Omit<ChannelSetting, 'key'>> = {
  name: {
    meaning: 'its name in Crier and in previews',
    choices: null,
    read: (channel) => channel.name,
    change: (channel, value) => ({ ...channel, name: line(value, 100) || fault('must not be empty') }),
  },
  language: {
    meaning: 'language code of its posts, such as lv; empty = the article’s language',
    choices: null,
    read: (channel) => channel.language ?? '',
    change: (channel, value) => ({
      ...channel,
      language: value.trim() === '' ? null : (primaryLanguage(value) ?? fault('wants a code like lv, en or ru')),
    }),
  },
  auto: choice(
    'whether posts go out without a person',
    { no: 'a person approves each post', yes: 'posts that pass every check go out by themselves' },
    (channel) => (channel.auto ? 'yes' : 'no'),
    (channel, value) => ({ ...channel, auto: value === 'yes' }),
  ),
  label: choice(
    'the line that says a machine wrote the post',
    {
      [NO_LABEL_POLICY]: 'as the brand has it',
      label: 'always there',
      editorial: 'there until somebody has checked the substance of the post, on record',
      exempt: 'only on what goes out by itself; wants exempt-reason',
    },
    (channel) => channel.style.label ?? NO_LABEL_POLICY,
    (channel, value) => styled(channel, { label: value === NO_LABEL_POLICY ? null : (value as ChannelStyle['label']) }),
  ),
  'exempt-reason': {
    meaning: 'why its posts need no such line; kept with the channel',
    choices: null,
    read: (channel) => channel.style.exemptReason,
    change: (channel, value) => styled(channel, { exemptReason: line(value, 300) }),
  },
  links: choice(
    'which posts carry links, for platforms that bill them',
    {
      all: 'every post',
      best: 'the first post of each day, and those where a person puts one in',
      none: 'none; whatever would be billed as a link is broken or refused',
    },
    (channel) => channel.style.links,
    (channel, value) => styled(channel, { links: value as ChannelStyle['links'] }),
  ),
  preview: choice(
    'the box that shows the article’s page, for platforms that have one',
    {
      default: 'the platform’s habit',
      none: 'no box',
      small: 'with a small picture',
      large: 'with a large picture',
      'small-above': 'small, above the text where the platform can',
      'large-above': 'large, above the text where the platform can',
    },
    ({ style }) => `${style.preview ?? 'default'}${style.previewAbove ? '-above' : ''}`,
    (channel, value) => {
      const size = value.replace('-above', '');
      const preview = size === 'default' ? null : (size as 'none' | 'small' | 'large');
      return styled(channel, { preview, previewAbove: value.endsWith('-above') });
    },
  ),
  colour: {
    meaning: 'colour of the box’s edge, such as #3a5fcd; empty = Crier’s blue',
    choices: null,
    read: (channel) => channel.style.colour ?? '',
    change: (channel, value) => styled(channel, { colour: colour(value) }),
  },
  thread: choice(
    'whether a long text becomes several posts, for platforms that have threads',
    { no: 'one post', yes: 'a thread where one post is too short', numbered: 'the same, each part with its number' },
    (channel) => channel.style.thread,
    (channel, value) => styled(channel, { thread: value as ChannelStyle['thread'] }),
  ),
  'budget-month': {
    meaning:
      'most US dollars a month that the platform may charge for its posts, what it doesn’t cover waits; empty = no limit',
    choices: null,
    read: (channel) => amountWords(channel.budgetMonthMicros ?? null),
    change: (channel, value) => ({
      ...channel,
      budgetMonthMicros: value.trim() === '' ? null : (parseDollars(value) ?? fault(AMOUNT_WANTED)),
    }),
  },
};

/** Every setting, in the order in which it is shown. */
export const CHANNEL_SETTINGS: readonly ChannelSetting[] = Object.entries(SETTINGS).map(([key, setting]) => ({
  key,
  ...setting,
}));

/** The channel after all of `values`. UsageError that names every fault at once; then nothing is changed. */
export function changeChannel(channel: Channel, values: ReadonlyMap<string, string>): Channel {
  let changed = channel;
  const faults: string[] = [];
  for (const [key, value] of values) {
    const setting = CHANNEL_SETTINGS.find((one) => one.key === key);
    try {
      if (setting === undefined) throw new UsageError(`There is no setting "${key}".`);
      changed = setting.change(changed, value);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(setting === undefined ? error.message : `${key} ${error.message}`);
    }
  }
  const { label, exemptReason } = changed.style;
  if (label === 'exempt' && exemptReason === '')
    faults.push('label exempt wants a written reason: set exempt-reason too.');
  if (faults.length > 0)
    throw new UsageError(faults.join('\n'), {
      cure: `Nothing was changed. Settings: ${CHANNEL_SETTINGS.map((one) => one.key).join(', ')}`,
    });
  return changed;
}

function choice(
  meaning: string,
  choices: Record<string, string>,
  read: ChannelSetting['read'],
  change: ChannelSetting['change'],
): Omit<ChannelSetting, 'key'> {
  return {
    meaning,
    choices,
    read,
    change(channel, value) {
      const wanted = value.trim();
      if (!Object.hasOwn(choices, wanted)) fault(`is one of ${Object.keys(choices).join(', ')}`);
      return change(channel, wanted);
    },
  };
}

function styled(channel: Channel, style: Partial<ChannelStyle>): Channel {
  return { ...channel, style: { ...channel.style, ...style } };
}

function line(value: string, limit: number): string {
  const text = plainLine(value);
  return text.length > limit ? fault(`takes at most ${limit} characters, not ${text.length}`) : text;
}

function colour(value: string): string | null {
  const text = value.trim().toLowerCase();
  if (text === '') return null;
  return /^#[0-9a-f]{6}$/u.test(text) ? text : fault('wants six digits of a web colour, such as #3a5fcd');
}

function fault(problem: string): never {
  throw new UsageError(`${problem}.`);
}
