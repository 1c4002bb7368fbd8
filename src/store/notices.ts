import type { Notice } from '../domain/notice.ts';
import type { Notices } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { storable } from './storable.ts';

/** Notices in PostgreSQL. */
export function createNotices({ db }: Context): Notices {
  return {
    async raise({ brandId, key, level, text, at, until }) {
      const data = storable({ brandId, key, level, text, at, until });
      return (await db.notice.createMany({ data: [data], skipDuplicates: true })).count === 1;
    },
    async current(brandId, now) {
      const rows = await db.notice.findMany({
        where: { until: { gt: now }, ...(brandId === null ? {} : { brandId }) },
        orderBy: { id: 'desc' },
        take: MOST,
      });
      const stopped = new Set(rows.filter((row) => row.level === 'stopped').map((row) => `${row.brandId} ${row.key}`));
      return rows
        .map((row) => ({ ...row, level: row.level as Notice['level'] }))
        .filter(
          (one) =>
            !stopped.has(`${one.brandId} ${one.key.replace(/ warning$/u, ' stopped')}`) || one.level === 'stopped',
        );
    },
    async withdraw(brandId, keyBeginning) {
      await db.notice.deleteMany({ where: { brandId, key: { startsWith: keyBeginning } } });
    },
  };
}

/** Shown at once at most. */
const MOST = 20;
