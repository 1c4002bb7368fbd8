import { type Brand, ownLines } from '../../domain/brand.ts';
import { type Channel, channelRef, labelPolicy } from '../../domain/channel.ts';
import {
  approve,
  chooseOther,
  edit,
  type Grounding,
  type Post,
  PostDecided,
  reject,
  takeResponsibility,
  type When,
} from '../../domain/post.ts';
import { postWords } from '../../domain/wording.ts';
import { changedPart } from '../../domain/writing.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { PostView, Tables } from '../../ports/store/index.ts';
import { settleFate } from '../fate.ts';
import { labelProblem, withLabel, withoutLabel } from '../label.ts';
import { trackedUrls } from '../links.ts';
import { planChannel } from '../plan.ts';
import { samenessOf } from '../sameness.ts';

type ReviewPorts = Pick<Ports, 'store' | 'platforms' | 'writers' | 'settings' | 'clock' | 'log'>;

/**
 * post → approved post with its delivery: an automatic channel approves by itself what claims nothing beyond its
 * article, breaks no rule of the platform, says that a machine wrote it and was not changed by a person; everything else
 * waits for one. Safe to run twice.
 */
export async function review(ports: ReviewPorts, postId: number): Promise<void> {
  const view = await ports.store.posts.view(postId);
  if (view === null || view.post.state !== 'review') return;
  const { channel } = view;
  const brand = await ports.store.brands.get(view.post.brandId);
  const grounding = view.post.articleCorrectedAt == null ? null : groundAgain(ports, view, brand);
  // A person may have changed or decided it since it was read, so only the locked post is judged.
  await decide(ports, postId, async (current, tables) => {
    if (current.state !== 'review') return current;
    const judged = grounding === null || current.text !== view.post.text ? null : await grounding;
    const post = judged === null ? current : { ...current, grounding: judged };
    const problems =
      brand === null ? [] : await faults({ ...ports, store: tables }, { post, channel, brand }, channel.auto);
    const reason = post.reason ?? problems[0] ?? (post.grounding.ok ? null : 'the text claims more than the article');
    if (!channel.auto) return { ...post, reason };
    if (post.writer === 'person') return { ...post, reason: reason ?? 'a person changed it and has to approve it' };
    return reason === null ? approve(post, 'auto', ports.clock.now()) : { ...post, reason };
  });
}

/**
 * Approves for `by`; it goes out as the channel's schedule says unless `when` says otherwise. With `substance` they answer
 * for the text itself (an editorial review, on record with name and time): the line that says a machine wrote it goes.
 * UsageError when there is no such post, it is decided, the platform or the label policy would refuse it, another account
 * has the same text, or its time is past.
 */
export async function approvePost(
  ports: ReviewPorts,
  postId: number,
  by: string,
  { substance = false, when = {} }: { substance?: boolean; when?: Partial<When> } = {},
): Promise<Post> {
  const { plannedAt = null } = when;
  if (plannedAt !== null && plannedAt < ports.clock.now())
    throw new UsageError(`${plannedAt.toISOString()} is past.`, {
      cure: 'Give a time to come, or none to send it now.',
    });
  const view = await ports.store.posts.view(postId);
  if (view === null) throw noSuchPost(postId);
  const { channel } = view;
  const brand = await ports.store.brands.get(view.post.brandId);
  if (substance && brand !== null && labelPolicy(channel, brand) !== 'editorial')
    throw new UsageError(`${channelRef(channel)} keeps its label whoever has read the post.`, {
      cure: `If editors of the brand answer for its posts: crier channel set ${channelRef(channel)} label=editorial`,
    });
  return decide(ports, postId, async (current, tables) => {
    const form = ports.platforms.get(channel.platform)?.form(channel.address, channel.style);
    const now = ports.clock.now();
    const post =
      substance && current.state === 'review' && form !== undefined
        ? takeResponsibility(
            current,
            by,
            now,
            current.label === null ? current.text : withoutLabel(form, current.text, current.label),
          )
        : current;
    const problems =
      post.state !== 'review' || brand === null
        ? []
        : await faults({ ...ports, store: tables }, { post, channel, brand }, false);
    if (problems.length > 0) throw new UsageError(problems.join(' '), { cure: 'Edit it first.' });
    return approve(post, by, now, when);
  });
}

/** Rejects for `by`; the post never goes out. UsageError as with approvePost. */
export function rejectPost(ports: ReviewPorts, postId: number, by: string, reason: string): Promise<Post> {
  return decide(ports, postId, (current) => reject(current, by, ports.clock.now(), reason));
}

/**
 * Gives a waiting post another text, checked like the writer's; a label line that is due and missing is put back at its
 * end. UsageError when the platform would refuse it.
 */
export async function editPost(ports: ReviewPorts, postId: number, wanted: string, by: string): Promise<Post> {
  const view = await ports.store.posts.view(postId);
  if (view === null) throw noSuchPost(postId);
  const { channel } = view;
  const platform = ports.platforms.get(channel.platform);
  if (platform === null)
    throw new UsageError(`${channel.platform} is not configured.`, {
      cure: 'Run crier doctor to see what is missing.',
    });
  const [brand, urls] = await Promise.all([ports.store.brands.get(view.post.brandId), trackedUrls(ports, postId)]);
  const form = platform.form(channel.address, channel.style);
  const { label } = view.post;
  const due = label !== null && (brand === null || labelPolicy(channel, brand) !== 'exempt');
  const text = due && wanted.trim() !== '' ? withLabel(form, wanted, label) : wanted;
  const problems = form.check(text);
  if (problems.length > 0)
    throw new UsageError(`${channelRef(channel)} would refuse this text: ${problems.join('; ')}`, {
      cure:
        text === wanted
          ? 'Change it and save again.'
          : `Leave room for the line that says a machine wrote it: ${form.label(label ?? '')}`,
    });
  const own = brand === null ? [] : ownLines(brand);
  const grounding = ports.writers.ground(view.article, claimsOf(form.plainText(text), brand), urls);
  const sameness = samenessOf(platform, form, text, [label, postWords(view.post.language).answer, ...own]);
  const plain = (one: Post) => form.plainText(one.text);
  const changed = await decide(ports, postId, async (current, tables) => {
    const edited = edit(current, text, grounding, sameness);
    const texts = changedPart(plain(current), plain(edited));
    const { brandId, language } = edited;
    if (texts !== null) await tables.writings.keepEdit({ postId, brandId, language, ...texts, at: ports.clock.now() });
    return edited;
  });
  ports.log.info({ postId, by }, 'post edited');
  return changed;
}

/** What a post that waits claims beyond its article as it is after a correction; null where its platform is gone. */
async function groundAgain(ports: ReviewPorts, view: PostView, brand: Brand | null): Promise<Grounding | null> {
  const { post, channel, article } = view;
  const form = ports.platforms.get(channel.platform)?.form(channel.address, channel.style);
  if (form === undefined) return null;
  return ports.writers.ground(article, claimsOf(form.plainText(post.text), brand), await trackedUrls(ports, post.id));
}

/** As when it was written: the brand's own invitation is no claim about the article. */
function claimsOf(plainText: string, brand: Brand | null): string {
  const own = brand === null ? [] : ownLines(brand);
  return own.reduce((left, line) => left.replace(line, ''), plainText);
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

/** Why a post may not go out: the platform's rules, its label, the same text on another account. */
async function faults(
  ports: { store: Tables; platforms: Ports['platforms'] },
  { post, channel, brand }: { post: Post; channel: Channel; brand: Brand },
  auto: boolean,
): Promise<string[]> {
  const where = channelRef(channel);
  const form = ports.platforms.get(channel.platform)?.form(channel.address, channel.style);
  // Where its keys are gone nothing can be checked; a person may still decide, and the post waits for the keys.
  if (form === undefined) return auto ? [`${channel.platform} is not configured`] : [];
  const refused = form.check(post.text);
  const unlabelled = labelProblem(form, post, labelPolicy(channel, brand), auto);
  const twin = await ports.store.posts.twinOf(post, channel.platform);
  return [
    ...(refused.length > 0 ? [`${where} would refuse this text: ${refused.join('; ')}`] : []),
    ...(unlabelled === null ? [] : [`${where} may not get this text: ${unlabelled}`]),
    ...(twin === null
      ? []
      : [
          `Post ${twin.postId} for ${channelRef(twin.channel)} has the same text, and ${channel.platform} forbids the same text on two accounts: reword one of them or reject it.`,
        ]),
  ];
}

/** Locks the post, changes it, and makes the delivery of an approved one: all in one commit. */
async function decide(
  ports: ReviewPorts,
  postId: number,
  change: (post: Post, tables: Tables) => Post | Promise<Post>,
): Promise<Post> {
  try {
    return await ports.store.transaction(async (tables) => {
      const current = await tables.posts.lock(postId);
      if (current === null) throw noSuchPost(postId);
      const changed = await change(current, tables);
      await tables.posts.save(changed);
      if (changed.state === current.state) return changed;
      const now = ports.clock.now();
      if (changed.state === 'approved') {
        const { channelId } = changed;
        const channel = await tables.channels.get(channelId);
        const form = channel && ports.platforms.get(channel.platform)?.form(channel.address, channel.style);
        const parts = form ? form.partsOf(changed.text).length : 1;
        const delivery = await tables.deliveries.add({ postId, channelId, parts, dueAt: now }, now);
        await planChannel(tables, channelId, now, { fresh: [delivery.id] });
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
