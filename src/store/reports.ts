import { sourceName } from '../domain/chat-source.ts';
import { type Costs, type Funnel, type FunnelRow, type LeadRow, type Report, unitCosts } from '../domain/report.ts';
import type { Reports } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import * as query from './funnel-queries.ts';

/** Reports, counted by PostgreSQL. */
export function createReports({ db, vault }: Context): Reports {
  return {
    async funnel(brand, days, now) {
      const from = await query.firstInstant(db, brand, days, now);
      const days_ = { brandId: brand.id, timeZone: brand.timeZone, from, to: now };
      const [articles, groups, posts, leadRows, daily, spent, sources, channels] = await Promise.all([
        query.articlesSeen(db, days_),
        query.groups(db, days_),
        query.posts(db, days_),
        query.leads(db, days_),
        query.daily(db, days_),
        query.spent(db, days_),
        db.source.findMany({ where: { brandId: brand.id }, orderBy: { id: 'asc' }, include: { feed: true } }),
        db.channel.findMany({ where: { brandId: brand.id }, orderBy: { id: 'asc' } }),
      ]);
      const total = groups.find((row) => row.per === 'all');
      const rowOf = (per: 'source' | 'channel', id: number, name: string): FunnelRow => {
        const found = groups.find((row) => row.per === per && row.id === id);
        const seen = per === 'source' ? articles.find((row) => row.per === 'source' && row.id === id) : found;
        const costMicros = found?.costMicros ?? 0;
        const funnel = counts(found, seen?.articles);
        return { ...funnel, costMicros, ...unitCosts(costMicros, funnel), id, name };
      };
      return {
        brand: brand.name,
        days,
        from,
        to: now,
        total: counts(total, articles.find((row) => row.per === 'all')?.articles),
        sources: [
          ...sources.map((row) => ({ row: rowOf('source', row.id, sourceName(row)), there: row.state !== 'removed' })),
          { row: rowOf('source', 0, 'without a source'), there: false },
        ]
          .filter(({ row, there }) => there || happened(row))
          .map(({ row }) => row),
        channels: channels
          .map((row) => ({
            row: rowOf('channel', row.id, `${row.platform}:${row.address}`),
            there: row.state !== 'removed',
          }))
          .filter(({ row, there }) => there || happened(row))
          .map(({ row }) => row),
        posts,
        leads: leadRows.map(
          ({ dataKey, name, ...row }): LeadRow => ({
            ...row,
            name: name === null ? '' : vault.open(row.id, dataKey).unseal('lead.name', name),
          }),
        ),
        daily,
        ...costsOf(spent, counts(total, 0)),
      } satisfies Report;
    },
    totals: () => query.totals(db),
  };
}

function counts(row: Omit<Funnel, 'articles'> | undefined, articles: number | undefined): Funnel {
  const { posts = 0, delivered = 0, clicks = 0, leads = 0 } = row ?? {};
  return { articles: articles ?? 0, posts, delivered, clicks, leads };
}

function costsOf(
  spent: Awaited<ReturnType<typeof query.spent>>,
  total: Funnel,
): Pick<Report, 'costMicros'> & { costs: Costs } {
  const of = (purpose: string) => spent.find((row) => row.purpose === purpose)?.micros ?? 0;
  const costMicros = spent.reduce((sum, row) => sum + row.micros, 0);
  return {
    costMicros,
    costs: {
      writing: of('write'),
      questions: of('about') + of('opinion'),
      publishing: of('publish'),
      unpricedTokens: spent.reduce((sum, row) => sum + row.unpricedTokens, 0),
      ...unitCosts(costMicros, total),
    },
  };
}

function happened(row: FunnelRow): boolean {
  return row.articles + row.posts + row.delivered + row.clicks + row.leads + row.costMicros > 0;
}
