import type { Brand } from '../../domain/brand.ts';
import { type Cap, capsOn, endOf, usedOf } from '../../domain/budget.ts';
import { dollars } from '../../domain/spending.ts';
import type { Ports } from '../../ports/app.ts';
import { momentWords } from '../notices.ts';

/** What a brand's model cost today and this month, against its caps. Amounts in millionths of a US dollar. */
export interface Money {
  dayMicros: number;
  monthMicros: number;
  caps: { name: Cap['name']; usedMicros: number; capMicros: number; renewsAt: Date; renews: string }[];
}

/** What is spent of the brand's budget for the model. */
export async function moneyOf(
  { store, clock }: Pick<Ports, 'store' | 'clock'>,
  brand: Pick<Brand, 'id' | 'budget' | 'timeZone'>,
): Promise<Money> {
  const used = await store.spending.used({ brandId: brand.id }, clock.now());
  const { write, about, opinion } = used.day;
  return {
    dayMicros: write + about + opinion,
    monthMicros: used.month.write + used.month.about + used.month.opinion,
    caps: capsOn(brand.budget, 'about').set.map((cap) => ({
      name: cap.name,
      usedMicros: usedOf(cap, used),
      capMicros: cap.micros,
      renewsAt: endOf(cap, used),
      renews: momentWords(endOf(cap, used), brand.timeZone),
    })),
  };
}

const BAR_WIDTH = 20;
/** How a person calls a cap. */
export const CAP_WORDS: Record<Cap['name'], string> = {
  day: 'Model today',
  month: 'Model this month',
  questions: 'Questions today',
  channel: 'Posting this month',
};

/** `Model today  $0.4200 of $1.00  ████████░░░░`, one line a cap; without a cap what was spent. */
export function moneyLines({ dayMicros, monthMicros, caps }: Money): string[] {
  if (caps.length === 0)
    return [`The model cost ${dollars(dayMicros)} today and ${dollars(monthMicros)} this month; there is no budget.`];
  return caps.map(({ name, usedMicros, capMicros, renews }) => {
    const full = capMicros === 0 ? BAR_WIDTH : Math.min(BAR_WIDTH, Math.round((usedMicros / capMicros) * BAR_WIDTH));
    const bar = '█'.repeat(Math.max(0, full)).padEnd(BAR_WIDTH, '░');
    return `${CAP_WORDS[name].padEnd(18)}${bar}  ${dollars(usedMicros)} of ${dollars(capMicros)}, anew ${renews}`;
  });
}
