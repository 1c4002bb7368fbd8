/** leads and all before them → what a manager reads, and what became of one article. */
import type { Brand } from '../../domain/brand.ts';
import type { Report } from '../../domain/report.ts';
import type { Ports } from '../../ports/app.ts';

export { MODEL_NOTICES } from '../notices.ts';
export { costLines, reportCsv, reportText } from './format.ts';
export { CAP_WORDS, type Money, moneyLines, moneyOf } from './money.ts';
export { type Story, why } from './why.ts';

/** The funnel of the last `days` days. */
export function report(ports: Pick<Ports, 'store' | 'clock'>, brand: Brand, days: number): Promise<Report> {
  return ports.store.reports.funnel(brand, days, ports.clock.now());
}
