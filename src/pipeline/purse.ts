import { randomUUID } from 'node:crypto';
import type { Brand } from '../domain/brand.ts';
import { type Cap, capsOn, endOf, exceeded, nearing } from '../domain/budget.ts';
import { amountOf, type Spending, type Usage } from '../domain/spending.ts';
import { WriterError } from '../lib/errors.ts';
import type { Ports } from '../ports/app.ts';
import type { Meter } from '../ports/meter.ts';
import { capNotice, momentWords, unpricedNotice } from './notices.ts';

/** A brand's money for one piece of work with the model. */
export interface Purse extends Meter {
  /** What its calls cost so far, in millionths of a US dollar; null when a price isn't known. */
  spentMicros(): number | null;
}

/**
 * The meter of a brand's model. Before each call the most it can cost is held, unless a cap of the brand would be
 * exceeded: the brand is locked while that is decided, so that no two workers spend the same money. After it the real
 * amount is charged, in a commit of its own: the money is gone whatever becomes of the text. At four fifths of a cap,
 * and when it stops a call, a notice says so.
 */
export function openPurse(
  { store, writers, clock, log }: Pick<Ports, 'store' | 'writers' | 'clock' | 'log'>,
  { brand, articleId }: { brand: Brand; articleId: number | null },
): Purse {
  let spent: number | null = 0;

  async function raise(notice: Parameters<typeof store.notices.raise>[0]): Promise<void> {
    if (await store.notices.raise(notice)) log.warn({ brandId: brand.id, notice: notice.key }, 'notice about money');
  }

  return {
    spentMicros: () => spent,
    async hold({ model, purpose, most }) {
      const { set, usual } = capsOn(brand.budget, purpose);
      const price = brand.budget.price ?? writers.price(model);
      const at = clock.now();
      const caps = price === null ? set : [...set, ...usual];
      if (price === null && caps.length > 0) {
        await raise(unpricedNotice(brand, model, at));
        throw new WriterError(
          'over-budget',
          `The price of ${model} isn’t known, so the brand’s budget can’t be kept.`,
          {
            cure: 'Say it: crier brand set model-price=INPUT/OUTPUT (dollars for a million tokens; 0/0 for a model of your own)',
          },
        );
      }
      const line = (entry: Spending['entry'], usage: Usage, amountMicros: number | null): Spending => ({
        ...{ brandId: brand.id, channelId: null, articleId, postId: null },
        ...{ at, entry, purpose, payee: model, amountMicros, reference },
        ...{ inputTokens: usage.inputTokens, cachedInputTokens: usage.cachedInputTokens },
        outputTokens: usage.outputTokens,
      });
      const reference = randomUUID();
      const mostMicros = amountOf(price, most);
      const refused = await store.transaction(async (tables) => {
        if (caps.length > 0) {
          await tables.spending.lock({ brandId: brand.id });
          const used = await tables.spending.used({ brandId: brand.id }, at);
          const cap = exceeded(caps, used, mostMicros ?? 0);
          if (cap !== null) return { cap, used };
        }
        await tables.spending.add([line('hold', NOTHING_YET, mostMicros)]);
        return null;
      });
      if (refused !== null) {
        const { cap, used } = refused;
        const notice = capNotice(brand, cap, used, 'stopped', at);
        await raise(notice);
        throw overBudget(brand, cap, endOf(cap, used), at);
      }
      return {
        binding: caps.length > 0,
        async settle(used) {
          if (used === 'unknown') {
            if (mostMicros === null) spent = null;
            else if (spent !== null) spent += mostMicros;
            return;
          }
          const amount = used === null ? 0 : amountOf(price, used);
          await store.transaction(async (tables) => {
            await tables.spending.release(reference);
            if (used !== null) await tables.spending.add([line('charge', used, amount)]);
          });
          spent = spent === null || amount === null ? null : spent + amount;
          if (caps.length === 0 || used === null) return;
          const total = await store.spending.used({ brandId: brand.id }, at);
          for (const cap of nearing(caps, total)) await raise(capNotice(brand, cap, total, 'warning', at));
        },
      };
    },
  };
}

/** A purse that keeps no accounts, for measurements that belong to no brand. */
export const NO_ACCOUNTS: Purse = {
  spentMicros: () => null,
  hold: async () => ({ binding: false, settle: async () => {} }),
};

/** A hold has no tokens: what it will use is not known, and only what was used is to be counted. */
const NOTHING_YET: Usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };

function overBudget(brand: Brand, cap: Cap, endsAt: Date, now: Date): WriterError {
  const what = { day: 'for today', month: 'for this month', questions: 'for questions today', channel: '' }[cap.name];
  return new WriterError('over-budget', `The brand’s model budget ${what} is used up.`, {
    retryAfterMs: endsAt.getTime() - now.getTime(),
    cure: `It begins anew on ${momentWords(endsAt, brand.timeZone)}; to raise it: crier brand set ${SETTING[cap.name]}=…`,
  });
}

const SETTING: Record<Cap['name'], string> = {
  day: 'budget-day',
  month: 'budget-month',
  questions: 'budget-questions',
  channel: 'budget-month',
};
