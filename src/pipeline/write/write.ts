import { type Fate, FILTERED, isUnjudged } from '../../domain/article.ts';
import type { Channel } from '../../domain/channel.ts';
import { type Brief, EDITS_SHOWN } from '../../domain/writing.ts';
import { startOfDay } from '../../lib/clock.ts';
import { AppError, messageOf } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { Job } from '../../ports/queue.ts';
import { settleFate } from '../fate.ts';
import { newCode } from '../links.ts';
import { openPurse } from '../purse.ts';
import { type Draft, writeDrafts } from './drafts.ts';

/**
 * Writes the posts that one article's fate still lacks, one per active channel of its brand, and enqueues their
 * review in the same transaction. Safe to run twice: a channel that has its post is left alone.
 */
export async function write(
  ports: Pick<Ports, 'store' | 'writers' | 'platforms' | 'settings' | 'clock' | 'log'>,
  fateId: number,
  signal: AbortSignal,
): Promise<void> {
  const { store, platforms, clock, log } = ports;
  const fate = await store.fates.claim(fateId);
  if (fate === null) return;
  try {
    const [brand, article, source] = await Promise.all([
      store.brands.get(fate.brandId),
      store.articles.get(fate.articleId),
      fate.sourceId === null ? null : store.sources.get(fate.sourceId),
    ]);
    if (brand === null || article === null || brand.paused) return;
    if (source?.state === 'removed' && fate.broughtBy == null) {
      await store.fates.set(
        fateId,
        { state: 'filtered', waitingFor: null, reason: FILTERED.sourceRemoved },
        clock.now(),
      );
      return;
    }
    const others = await store.fates.ofArticle(article.id);
    const first = (other: Fate) => other.brandId === brand.id && other.id < fate.id && other.state !== 'filtered';
    // One that a model or a person still has to judge may be filtered yet: it is no reason to leave this one out.
    if (others.some((other) => first(other) && !isUnjudged(other))) {
      await store.fates.set(fateId, { state: 'filtered', waitingFor: null, reason: FILTERED.duplicate }, clock.now());
      return;
    }
    const channels = (await store.channels.list(brand.id)).filter((channel) => {
      const platform = platforms.get(channel.platform);
      const wanted = !fate.channelIds?.length || fate.channelIds.includes(channel.id);
      return (
        wanted &&
        channel.state === 'active' &&
        platform !== null &&
        (source?.feed.kind !== 'sample' || platform.rehearsal)
      );
    });
    if (channels.length === 0) {
      // One that waits for a channel already keeps the instant since when.
      if (fate.waitingFor !== 'channel')
        await store.fates.set(
          fateId,
          { state: 'waiting', waitingFor: 'channel', reason: 'no channel is connected: crier channel add' },
          clock.now(),
        );
      return;
    }
    const written = new Set(await store.posts.channelsWith(brand.id, article.id));
    const open = channels.filter((channel) => !written.has(channel.id));
    const edits = await store.writings.lastEdits(brand.id, EDITS_SHOWN);
    const today = startOfDay(clock.now(), brand.timeZone);
    const places = await Promise.all(
      open.map(async (channel) => ({
        ...channel,
        linked: channel.style.links !== 'best' || !(await store.posts.hasLinkSince(channel.id, today)),
      })),
    );
    const purse = openPurse(ports, { brand, articleId: article.id });
    const drafts = await writeDrafts(ports, { brand, article, places, edits, purse }, signal);
    await store.transaction(async (tables) => {
      const now = clock.now();
      const jobs: Job[] = [];
      const writings = new Map<Brief, number>();
      for (const [index, draft] of drafts.entries()) {
        const { brief, language, writer } = draft;
        if (brief !== null && !writings.has(brief)) {
          const owner = { brandId: brand.id, articleId: article.id, language, writer };
          writings.set(brief, await tables.writings.add({ ...owner, ...brief, at: now }));
        }
        const writingId = brief === null ? null : (writings.get(brief) ?? null);
        const post = await tables.posts.add(...stored(draft, open[index] as Channel, article.id, writingId, now));
        if (post !== null) jobs.push({ verb: 'review', postId: post.id });
      }
      await settleFate(tables, { brandId: brand.id, articleId: article.id }, now);
      // A correction locks the fates too: it is either seen here or finds these posts.
      const current = await tables.articles.get(article.id);
      if (current?.correctedAt?.getTime() !== article.correctedAt?.getTime())
        throw new AppError('The article was corrected while it was written about.');
      await tables.jobs.send(jobs);
    });
    if (drafts.length > 0)
      log.info({ articleId: article.id, posts: drafts.length, writer: drafts[0]?.writer }, 'posts written');
  } catch (error) {
    if (!signal.aborted) log.warn({ fateId, reason: messageOf(error) }, 'writing failed and will be tried again');
    throw error;
  } finally {
    await store.fates.release(fateId);
  }
}

function stored(
  draft: Draft,
  channel: Channel,
  articleId: number,
  writingId: number | null,
  now: Date,
): Parameters<Ports['store']['posts']['add']> {
  const owner = { brandId: channel.brandId, articleId, channelId: channel.id };
  const { text, format, language, grounding, costMicros, writer, alternative, concern, links } = draft;
  const { label, card, sameness } = draft;
  return [
    {
      ...owner,
      text,
      format,
      language,
      grounding,
      costMicros,
      writer,
      label,
      substanceBy: null,
      substanceAt: null,
      card,
      sameness,
      state: 'review',
      reason: concern,
      plannedAt: null,
      breaking: false,
      approvedBy: null,
      approvedAt: null,
      code: newCode(),
      createdAt: now,
      writingId,
      alternative,
    },
    links.map((link) => ({ ...owner, ...link })),
  ];
}
