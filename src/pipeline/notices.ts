import type { Brand } from '../domain/brand.ts';
import { type Cap, endOf, type Used, usedOf } from '../domain/budget.ts';
import { type Channel, channelRef } from '../domain/channel.ts';
import type { Notice } from '../domain/notice.ts';
import { dollars } from '../domain/spending.ts';
import { after, DAY } from '../lib/clock.ts';

/** A notice before it is stored. */
type NewNotice = Omit<Notice, 'id'>;

/** Tells that a cap is nearly or quite used up: once a period, cap and amount. */
export function capNotice(
  brand: Pick<Brand, 'id' | 'timeZone' | 'onWriterFailure'>,
  cap: Cap,
  used: Used,
  level: Notice['level'],
  at: Date,
): NewNotice {
  const until = endOf(cap, used);
  const moment = momentWords(until, brand.timeZone);
  const spent = `${dollars(usedOf(cap, used))} of ${dollars(cap.micros)}`;
  const budget = {
    day: 'Today’s budget for the model',
    month: 'This month’s budget for the model',
    questions: 'Today’s budget for questions about articles',
    channel: '',
  }[cap.name];
  const meanwhile =
    cap.name === 'questions'
      ? 'articles that a filter “only if about” has to judge wait'
      : brand.onWriterFailure === 'offline'
        ? 'the offline writer’s excerpts go out'
        : 'excerpts are written and wait for your approval';
  const setting = { day: 'budget-day', month: 'budget-month', questions: 'budget-questions', channel: '' }[cap.name];
  const text =
    level === 'warning'
      ? `${budget} is nearly used up: ${spent} is spent.`
      : `${budget} is used up: ${spent} is spent and what is left doesn’t cover another call. Until ${moment} ${meanwhile}. To raise it: crier brand set ${setting}=…`;
  return {
    brandId: brand.id,
    key: `${MODEL_NOTICES}${cap.name} ${until.toISOString()} ${level}`,
    level,
    text,
    at,
    until,
  };
}

/** Tells that what a channel's platform may charge this month is nearly or quite used up. */
export function channelNotice(
  brand: Pick<Brand, 'timeZone'>,
  channel: Channel,
  cap: Cap,
  used: Used,
  level: Notice['level'],
  at: Date,
): NewNotice {
  const until = endOf(cap, used);
  const ref = channelRef(channel);
  const spent = `${dollars(usedOf(cap, used))} of ${dollars(cap.micros)}`;
  const text =
    level === 'warning'
      ? `This month’s budget for ${ref} is nearly used up: ${spent} is spent.`
      : `This month’s budget for ${ref} is used up (${spent}): posts that it doesn’t cover wait until ${momentWords(until, brand.timeZone)}. To raise it: crier channel set ${channel.id} budget-month=…`;
  return {
    brandId: channel.brandId,
    key: `${channelNotices(channel.id)}${until.toISOString()} ${level}`,
    level,
    text,
    at,
    until,
  };
}

/** Tells that there is a budget but no price to count with. */
export function unpricedNotice(brand: Pick<Brand, 'id'>, model: string, at: Date): NewNotice {
  return {
    brandId: brand.id,
    key: `${MODEL_NOTICES}price ${model} ${at.toISOString().slice(0, 10)}`,
    level: 'stopped',
    text: `The price of ${model} isn’t known, so the budget can’t be kept and the model isn’t asked. Say what it costs: crier brand set model-price=INPUT/OUTPUT (dollars for a million tokens; 0/0 for a model of your own).`,
    at,
    until: after(at, DAY),
  };
}

/** Keys of all notices about what the model costs begin so. */
export const MODEL_NOTICES = 'budget ';
/** Those about what a channel's platform charges. */
export const channelNotices = (channelId: number) => `channel-budget ${channelId} `;

/** `24 November, 00:00` on the brand's clock. */
export function momentWords(instant: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(instant);
}
