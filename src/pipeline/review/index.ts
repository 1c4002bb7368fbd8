import { channelRef } from '../../domain/channel.ts';
import { approve, edit, type Grounding, type Post, PostDecided, reject } from '../../domain/post.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { PostView } from '../../ports/store/index.ts';
import { settleFate } from '../fate.ts';
import { trackedUrls } from '../links.ts';

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
  const grounding = view.post.articleCorrectedAt == null ? null : await groundAgain(ports, view);
  // A person may have changed or decided it since it was read, so only the locked post is judged.
  await decide(ports, postId, (current) => {
    if (current.state !== 'review') return current;
    const post = grounding === null || current.text !== view.post.text ? current : { ...current, grounding };
    const problems =
      platform === null ? [`${channel.platform} is not configured`] : platform.form(channel.address).check(post.text);
    const reason = post.reason ?? problems[0] ?? (post.grounding.ok ? null : 'the text claims more than the article');
    if (!channel.auto) return { ...post, reason };
    if (post.writer === 'person') return { ...post, reason: reason ?? 'a person changed it and has to approve it' };
    return reason === null ? approve(post, 'auto', ports.clock.now()) : { ...post, reason };
  });
}

/** Approves for `by`. UsageError when there is no such post, it is decided, or the platform would refuse it. */
export async function approvePost(ports: ReviewPorts, postId: number, by: string): Promise<Post> {
  const view = await ports.store.posts.view(postId);
  if (view === null) throw noSuchPost(postId);
  const platform = ports.platforms.get(view.channel.platform);
  const problems = platform?.form(view.channel.address).check(view.post.text) ?? [];
  if (view.post.state === 'review' && problems.length > 0) {
    throw new UsageError(`${channelRef(view.channel)} would refuse this text: ${problems.join('; ')}`, {
      cure: 'Edit it first.',
    });
  }
  return decide(ports, postId, (current) => approve(current, by, ports.clock.now()));
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
  const grounding = await groundingOf(ports, view, form.plainText(text));
  const changed = await decide(ports, postId, (current) => edit(current, text, grounding));
  ports.log.info({ postId, by }, 'post edited');
  return changed;
}

/** What a post that waits claims beyond its article as it is after a correction; null where its platform is gone. */
async function groundAgain(ports: ReviewPorts, view: PostView): Promise<Grounding | null> {
  const form = ports.platforms.get(view.channel.platform)?.form(view.channel.address);
  return form === undefined ? null : groundingOf(ports, view, form.plainText(view.post.text));
}

async function groundingOf(ports: ReviewPorts, { post, article }: PostView, plainText: string): Promise<Grounding> {
  const [brand, urls] = await Promise.all([ports.store.brands.get(post.brandId), trackedUrls(ports, post.id)]);
  // As when it was written: the brand's own invitation is no claim about the article.
  return ports.writers.ground(article, plainText.replace(brand?.callToAction ?? '', ''), urls);
}

/** Locks the post, changes it, and makes the delivery of an approved one: all in one commit. */
async function decide(ports: ReviewPorts, postId: number, change: (post: Post) => Post): Promise<Post> {
  try {
    return await ports.store.transaction(async (tables) => {
      const current = await tables.posts.lock(postId);
      if (current === null) throw noSuchPost(postId);
      const changed = change(current);
      await tables.posts.save(changed);
      if (changed.state === current.state) return changed;
      const now = ports.clock.now();
      if (changed.state === 'approved') {
        const delivery = await tables.deliveries.add(
          { postId, channelId: changed.channelId, dueAt: changed.plannedAt ?? now },
          now,
        );
        if (delivery.dueAt <= now) await tables.jobs.send([{ verb: 'deliver', deliveryId: delivery.id }]);
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
