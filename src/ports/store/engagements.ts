import type { ClickClass, Engagement, Metric } from '../../domain/engagement.ts';

export interface Engagements {
  add(rows: readonly Engagement[]): Promise<void>;
  /** The latest total of each metric. */
  latest(deliveryIds: readonly number[]): Promise<Map<number, Partial<Record<Metric, number>>>>;
  /** `visitor` is a keyed hash that can't be undone once its day is over. */
  addClick(click: {
    code: string;
    at: Date;
    class: ClickClass;
    reason: string | null;
    visitor: string | null;
  }): Promise<void>;
  clickCounts(): Promise<Record<ClickClass, number>>;
  /** The random key of a day's visitor hashes; made at first use. Keys of days before `day` are destroyed. */
  visitorKey(day: string): Promise<Buffer>;
}
