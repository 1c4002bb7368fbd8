import type { Article, Fate } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import { filteredBy } from '../../domain/filter.ts';
import { alike, SAME_STORY, SAME_STORY_WITHIN_MS, sketchOf } from '../../domain/similarity.ts';
import type { Source } from '../../domain/source.ts';
import { after } from '../../lib/clock.ts';
import type { Job } from '../../ports/queue.ts';
import type { Tables } from '../../ports/store/index.ts';
import { questionsOf } from './judge.ts';

/**
 * The jobs of those fates, all waiting for the writer, that the filters of brand and source let through and whose story
 * no other source told before; where a filter says “only if about …” a model is asked first. The others are filtered,
 * with the rule as reason. Inside the transaction that enqueues:
 * what is decided here is decided once.
 */
export async function toWriter(tables: Tables, given: readonly Fate[], now: Date): Promise<Job[]> {
  if (given.length === 0) return [];
  // Brand after brand: each is held for the comparison, and in one order nobody waits for each other in a ring.
  const fates = [...given].sort((left, right) => left.brandId - right.brandId || left.id - right.id);
  const brands = new Map<number, Brand | null>();
  const sources = new Map<number, Source | null>();
  const articles = await tables.articles.many([...new Set(fates.map((fate) => fate.articleId))]);
  const jobs: Job[] = [];
  for (const fate of fates) {
    const brand = await once(brands, fate.brandId, tables.brands.get);
    const source = fate.sourceId === null ? null : await once(sources, fate.sourceId, tables.sources.get);
    const article = articles.get(fate.articleId);
    const reason =
      brand === null || source === null || article === undefined
        ? null
        : (ofBrand(filteredBy(brand.filter, article, now)) ??
          filteredBy(source.filter, article, now) ??
          (await toldBefore(tables, source, article, now)));
    const unjudged = brand !== null && source !== null && questionsOf(brand, source).length > 0;
    if (reason === null && unjudged) {
      await tables.fates.set(
        fate.id,
        { state: 'waiting', waitingFor: 'relevance', reason: 'a model is asked whether it is what the filter wants' },
        now,
      );
      jobs.push({ verb: 'judge', fateId: fate.id });
    } else if (reason === null) jobs.push({ verb: 'write', fateId: fate.id });
    else await tables.fates.set(fate.id, { state: 'filtered', waitingFor: null, reason }, now);
  }
  return jobs;
}

function ofBrand(rule: string | null): string | null {
  return rule === null ? null : `${rule} (the brand’s filter)`;
}

/** Says so when another source of the brand brought the same story within days. The sample's stories are all shown. */
async function toldBefore(tables: Tables, source: Source, article: Article, now: Date): Promise<string | null> {
  if (source.feed.kind === 'sample' || sketchOf(article.text).length === 0) return null;
  const since = after(now, -SAME_STORY_WITHIN_MS);
  const { brandId, id: sourceId } = source;
  for (const other of await tables.articles.similar({ brandId, articleId: article.id, sourceId, since })) {
    const share = alike(article.text, other.text);
    if (share >= SAME_STORY) return `same story as article ${other.id} (${Math.floor(share * 100)} % alike)`;
  }
  return null;
}

async function once<Thing>(known: Map<number, Thing>, id: number, get: (id: number) => Promise<Thing>): Promise<Thing> {
  if (!known.has(id)) known.set(id, await get(id));
  return known.get(id) as Thing;
}
