import { channelRef } from '../../domain/channel.ts';
import { approve, chooseOther, edit, type Post, PostDecided, reject, type When } from '../../domain/post.ts';
import { changedPart } from '../../domain/writing.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { Tables } from '../../ports/store/index.ts';
import { settleFate } from '../fate.ts';
import { trackedUrls } from '../links.ts';
import { planChannel } from '../plan.ts';

type ReviewPorts = Pick<Ports, 'store' | 'platforms' | 'writers' | 'settings' | 'clock' | 'log'>;

/**
 * post → approved post with its delivery: an automatic channel approves by itself what claims nothing beyond its
 * article, breaks no rule of the platform and was not changed by a person; everything else waits for one. Safe to run
 * twice.
 */
export async function review(ports: ReviewPorts, postId: number): Promise<void> {
  const view = await ports.store.posts.view(postId);
  if (view === null || view.post.state !== 'review') return;
  const { channel } = view;
  const platform = ports.platforms.get(channel.platform);
  // A person may have changed or decided it since it was read, so only the locked post is judged.
  await decide(ports, postId, (post) => {
    if (post.state !== 'review') return post;
    const problems =
      platform === null ? [`${channel.platform} is not configured`] : platform.form(channel.address).check(post.text);
    const reason = post.reason ?? problems[0] ?? (post.grounding.ok ? null : 'the text claims more than the article');
    if (!channel.auto) return { ...post, reason };
    if (post.writer === 'person') return { ...post, reason: reason ?? 'a person changed it and has to approve it' };
    return reason === null ? approve(post, 'auto', ports.clock.now()) : { ...post, reason };
  });
}

/**
 * Approves for `by`; it goes out as the channel's schedule says unless `when` says otherwise. UsageError when there is no
 * such post, it is decided, the platform would refuse it, or its time is past.
 */
export async function approvePost(
  ports: ReviewPorts,
  postId: number,
  by: string,
  when: Partial<When> = {},
): Promise<Post> {
  const { plannedAt = null } = when;
  if (plannedAt !== null && plannedAt < ports.clock.now())
    throw new UsageError(`${plannedAt.toISOString()} is past.`, {
      cure: 'Give a time to come, or none to send it now.',
    });
  const view = await ports.store.posts.view(postId);
  if (view === null) throw noSuchPost(postId);
  const platform = ports.platforms.get(view.channel.platform);
  const problems = platform?.form(view.channel.address).check(view.post.text) ?? [];
  if (view.post.state === 'review' && problems.length > 0) {
    throw new UsageError(`${channelRef(view.channel)} would refuse this text: ${problems.join('; ')}`, {
      cure: 'Edit it first.',
    });
  }
  return decide(ports, postId, (current) => approve(current, by, ports.clock.now(), when));
}

/** Rejects for `by`; the post never goes out. UsageError as with approvePost. */
export function rejectPost(ports: ReviewPorts, postId: number, by: string, reason: string): Promise<Post> {
  return decide(ports, postId, (current) => reject(current, by, ports.clock.now(), reason));
}

/** Gives a waiting post another text, checked like the writer's. UsageError when the platform would refuse it. */
export async function editPost(ports: ReviewPorts, postId: number, text: string, by: string): Promise<Post> {
  const view = await ports.store.posts.view(postId);
  if (view === null) throw noSuchPost(postId);
  const platform = ports.platforms.get(view.channel.platform);
  if (platform === null)
    throw new UsageError(`${view.channel.platform} is not configured.`, {
      cure: 'Run crier doctor to see what is missing.',
    });
  const form = platform.form(view.channel.address);
  const problems = form.check(text);
  if (problems.length > 0)
    throw new UsageError(`${channelRef(view.channel)} would refuse this text: ${problems.join('; ')}`, {
      cure: 'Change it and save again.',
    });
  const [brand, urls] = await Promise.all([ports.store.brands.get(view.post.brandId), trackedUrls(ports, postId)]);
  // As when it was written: the brand's own invitation is no claim about the article.
  const claims = form.plainText(text).replace(brand?.callToAction ?? '', '');
  const grounding = ports.writers.ground(view.article, claims, urls);
  const plain = (one: Post) => form.plainText(one.text);
  const changed = await decide(
    ports,
    postId,
    (current) => edit(current, text, grounding),
    async (tables, before, after) => {
      const texts = changedPart(plain(before), plain(after));
      const { brandId, language } = after;
      if (texts !== null)
        await tables.writings.keepEdit({ postId, brandId, language, ...texts, at: ports.clock.now() });
    },
  );
  ports.log.info({ postId, by }, 'post edited');
  return changed;
}

/** Puts the post's other text in its place, and keeps the one it had as the other. UsageError when it has none. */
export async function chooseText(ports: ReviewPorts, postId: number, by: string): Promise<Post> {
  const changed = await decide(ports, postId, (current) => {
    const chosen = chooseOther(current);
    if (chosen === null)
      throw new UsageError(`Post ${postId} has only one text.`, {
        cure: 'Ask for two with: crier brand set variants=2',
      });
    return chosen;
  });
  ports.log.info({ postId, by }, 'other text chosen');
  return changed;
}

/** Locks the post, changes it, and makes the delivery of an approved one: all in one commit, with what `keep` keeps. */
async function decide(
  ports: ReviewPorts,
  postId: number,
  change: (post: Post) => Post,
  keep?: (tables: Tables, before: Post, after: Post) => Promise<void>,
): Promise<Post> {
  try {
    return await ports.store.transaction(async (tables) => {
      const current = await tables.posts.lock(postId);
      if (current === null) throw noSuchPost(postId);
      const changed = change(current);
      await tables.posts.save(changed);
      await keep?.(tables, current, changed);
      if (changed.state === current.state) return changed;
      const now = ports.clock.now();
      if (changed.state === 'approved') {
        const delivery = await tables.deliveries.add({ postId, channelId: changed.channelId, dueAt: now }, now);
        await planChannel(tables, changed.channelId, now, { fresh: delivery.id });
      }
      await settleFate(tables, changed, now);
      ports.log.info({ postId, state: changed.state, by: changed.approvedBy }, 'post decided');
      return changed;
    });
  } catch (error) {
    if (error instanceof PostDecided) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function noSuchPost(postId: number): UsageError {
  return new UsageError(`There is no post ${postId}.`, { cure: 'See them with: crier post list' });
}
