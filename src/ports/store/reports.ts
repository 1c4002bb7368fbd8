import type { FateState } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import type { Report } from '../../domain/report.ts';

export interface Reports {
  funnel(brand: Brand, days: number, now: Date): Promise<Report>;
  /** Totals for /metrics and the dashboard's head. */
  totals(): Promise<{
    articles: number;
    posts: number;
    delivered: number;
    clicks: number;
    leads: number;
    byFate: Record<FateState, number>;
  }>;
}
