import { channelCap, endOf, exceeded, nearing, usedOf } from '../../domain/budget.ts';
import { channelRef } from '../../domain/channel.ts';
import { WAITS_FOR_BUDGET } from '../../domain/delivery.ts';
import { dollars } from '../../domain/spending.ts';
import type { Ports } from '../../ports/app.ts';
import type { Deliveries, DeliveryView } from '../../ports/store/index.ts';
import { channelNotice, momentWords } from '../notices.ts';

type Begun = Awaited<ReturnType<Deliveries['begin']>>;

/**
 * Begins an attempt and, in the same commit, holds what the platform charges for it. Where that, with the rest of its
 * thread, would exceed the channel's budget of the month, the delivery waits for the next month instead and a notice says
 * so: no thread begins that its budget doesn't cover. `probing`: this is the post that tries a platform which was down.
 * Null = not begun.
 */
export async function beginPaid(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  { delivery, channel, post }: DeliveryView,
  attempt: { id: string; body: string },
  price: { micros: number; restMicros: number },
  probing = false,
): Promise<Begun> {
  const now = clock.now();
  if (price.micros === 0) return store.deliveries.begin(delivery.id, attempt, now, probing);
  const wholeMicros = price.micros + price.restMicros;
  const answer = await store.transaction(async (tables): Promise<{ begun: Begun; told: boolean }> => {
    await tables.spending.lock({ channelId: channel.id });
    // Read under the lock: a person may have changed the budget meanwhile.
    const limit = (await tables.channels.get(channel.id))?.budgetMonthMicros ?? null;
    const caps = limit === null ? [] : [channelCap(limit)];
    const used = await tables.spending.used({ channelId: channel.id }, now);
    const [cap] = caps;
    if (cap !== undefined && exceeded(caps, used, wholeMicros) !== null) {
      const brand = await tables.brands.get(channel.brandId);
      if (brand === null) return { begun: null, told: false };
      const resumesAt = endOf(cap, used);
      const reason = `${WAITS_FOR_BUDGET}this post costs ${dollars(wholeMicros)} and ${dollars(usedOf(cap, used))} of this month’s ${dollars(cap.micros)} for ${channelRef(channel)} is spent: it waits until ${momentWords(resumesAt, brand.timeZone)}, or until the budget is raised (crier channel set ${channel.id} budget-month=…)`;
      await tables.deliveries.postpone(delivery.id, resumesAt, reason, now);
      return {
        begun: null,
        told: await tables.notices.raise(channelNotice(brand, channel, cap, used, 'stopped', now)),
      };
    }
    const begun = await tables.deliveries.begin(delivery.id, attempt, now, probing);
    if (begun === null) return { begun, told: false };
    await tables.spending.add([
      {
        ...{ brandId: channel.brandId, channelId: channel.id, articleId: post.articleId, postId: post.id },
        ...{ at: now, entry: 'hold', purpose: 'publish', payee: channel.platform },
        ...{ inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
        ...{ amountMicros: price.micros, reference: attempt.id },
      },
    ]);
    let told = false;
    if (cap !== undefined) {
      const spent = await tables.spending.used({ channelId: channel.id }, now);
      const brand = nearing(caps, spent).length > 0 ? await tables.brands.get(channel.brandId) : null;
      if (brand !== null) told = await tables.notices.raise(channelNotice(brand, channel, cap, spent, 'warning', now));
    }
    return { begun, told };
  });
  if (answer.told) log.warn({ channel: channelRef(channel) }, 'notice about the budget of a channel');
  return answer.begun;
}
