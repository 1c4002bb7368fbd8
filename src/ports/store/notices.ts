import type { Notice } from '../../domain/notice.ts';

export interface Notices {
  /** Stores it unless one with its key is there; true when it is new. */
  raise(notice: Omit<Notice, 'id'>): Promise<boolean>;
  /** Those that are to be shown now, the newest first; null = of every brand. */
  current(brandId: number | null, now: Date): Promise<Notice[]>;
  /** Takes back those whose key begins so: their cause is gone. */
  withdraw(brandId: number, keyBeginning: string): Promise<void>;
}
