import type { Brand } from '../../domain/brand.ts';
import { filteredBy, isOpen } from '../../domain/filter.ts';
import type { Source } from '../../domain/source.ts';
import type { Job } from '../../ports/queue.ts';
import type { Tables } from '../../ports/store.ts';

/**
 * The jobs of those fates, all waiting for the writer, that the filters of brand and source let through; the others are
 * filtered, with the rule as reason. Inside the transaction that enqueues: what is decided here is decided once.
 */
export async function toWriter(tables: Tables, fateIds: readonly number[], now: Date): Promise<Job[]> {
  if (fateIds.length === 0) return [];
  const brands = new Map<number, Brand | null>();
  const sources = new Map<number, Source | null>();
  const jobs: Job[] = [];
  for (const fate of await tables.fates.many(fateIds)) {
    const brand = await once(brands, fate.brandId, tables.brands.get);
    const source = fate.sourceId === null ? null : await once(sources, fate.sourceId, tables.sources.get);
    const filters = source === null || brand === null ? [] : [brand.filter, source.filter];
    const article = filters.every(isOpen) ? null : await tables.articles.get(fate.articleId);
    const [ofBrand, ofSource] = filters.map((filter) => article && filteredBy(filter, article, now));
    const reason = ofBrand ? `${ofBrand} (the brand’s filter)` : (ofSource ?? null);
    if (reason === null) jobs.push({ verb: 'write', fateId: fate.id });
    else await tables.fates.set(fate.id, { state: 'filtered', waitingFor: null, reason }, now);
  }
  return jobs;
}

async function once<Thing>(known: Map<number, Thing>, id: number, get: (id: number) => Promise<Thing>): Promise<Thing> {
  if (!known.has(id)) known.set(id, await get(id));
  return known.get(id) as Thing;
}
