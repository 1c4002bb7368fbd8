import { parseChannelRef } from '../../domain/channel.ts';
import { chatUrl, newsLinks } from '../../domain/chat-source.ts';
import type { Source } from '../../domain/source.ts';
import { UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { IncomingEvent } from '../../ports/chat.ts';
import type { FeedEntry } from '../../ports/feeds.ts';
import { endSample } from '../tour.ts';
import { record } from './record.ts';

/** `platform:address` of a platform that Crier knows, however it is spelled; null = that is no chat. */
export function parseChat(
  { platforms }: Pick<Ports, 'platforms'>,
  input: string,
): { platform: string; address: string } | null {
  const ref = input.includes('://') ? null : parseChannelRef(input);
  return ref !== null && platforms.known.some(({ name }) => name === ref.platform) ? ref : null;
}

/**
 * Follows a group or channel that people forward links to. The platform is asked whether the bot hears them; what is
 * missing is refused with its cure. UsageError also for what can't be such a chat, PlatformError when it can't be asked.
 */
export async function addChatSource(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'log'>,
  wish: { brandId: number; chat: { platform: string; address: string }; name: string | null; tags: readonly string[] },
  signal: AbortSignal,
): Promise<{ source: Source; created: boolean; title: string; notes: readonly string[] }> {
  const { store, platforms, clock, log } = ports;
  const { brandId, name, tags } = wish;
  const { platform, address } = hearing(platforms, wish.chat);
  const { title, problems, notes } = await platform.hears(address, signal);
  const [first] = problems;
  if (first !== undefined)
    throw new UsageError(problems.map(({ problem }) => problem).join(' '), {
      cure: `${problems.map(({ cure }) => cure).join(' ')} Then add it again.`,
    });
  const url = chatUrl({ platform: platform.name, address });
  const answer = await store.transaction(async (tables) => {
    const now = clock.now();
    await endSample(tables, brandId);
    const source = { brandId, url, name, firstPosts: 0, sample: false, chat: { title }, tags };
    const added = await tables.sources.add(source, now);
    // There is nothing from before that it could begin with.
    await tables.sources.setStarted([added.source.id], now);
    return added;
  });
  log.info({ sourceId: answer.source.id, created: answer.created }, 'chat followed');
  return { ...answer, title, notes };
}

function hearing(platforms: Ports['platforms'], chat: { platform: string; address: string }) {
  const platform = platforms.get(chat.platform);
  if (platform === null) {
    const missing = platforms.known.find(({ name }) => name === chat.platform)?.missing;
    throw new UsageError(`${chat.platform} is not configured: ${missing ?? 'its keys are missing'}.`, {
      cure: 'Put them into .env and try again.',
    });
  }
  const hears = platform.chat?.hears;
  if (hears === undefined)
    throw new UsageError(`Crier can't take in links from ${chat.platform}.`, {
      cure: 'Give the address of a feed or a page, or a chat of another platform.',
    });
  const parsed = platform.parseAddress(chat.address);
  if ('error' in parsed) throw new UsageError(parsed.error);
  return { platform: { name: platform.name, hears }, address: parsed.address };
}

/** Whether any brand takes in what is said there. What nobody follows is not even stored. */
export async function followsChat(
  { store }: Pick<Ports, 'store'>,
  chat: { platform: string; address: string },
): Promise<boolean> {
  const feed = await store.sources.feedByUrl(chatUrl(chat));
  return feed?.kind === 'chat' && (await store.sources.following([feed.id])).length > 0;
}

/** Records the links of one message as articles of every brand that follows the chat. Safe to run twice. */
export async function takeLinks(
  { store, clock, settings, log }: Pick<Ports, 'store' | 'clock' | 'settings' | 'log'>,
  platform: string,
  event: Extract<IncomingEvent, { kind: 'links' }>,
): Promise<void> {
  const entries = newsLinks(event.links, settings.publicUrl).map((url) => entryOf(url, event.messageId));
  if (entries.length === 0) return;
  await store.transaction(async (tables) => {
    const now = clock.now();
    const feed = await tables.sources.feedByUrl(chatUrl({ platform, address: event.address }));
    if (feed?.kind !== 'chat') return;
    const sources = await tables.sources.following([feed.id]);
    if (sources.length === 0) return;
    const poll = { feedId: feed.id, sources, entries, rank: new Map(), document: null };
    const added = (await record(tables, [poll], now)).get(feed.id)?.added ?? 0;
    await tables.sources.saveFeed({ ...feed, lastPolledAt: now, lastGoodAt: now });
    log.info({ feedId: feed.id, links: entries.length, added }, 'links taken in');
  });
}

/** What is known of a link before its page is read: nothing but where it leads. */
function entryOf(url: string, messageId: string): FeedEntry {
  const nothing = { text: '', author: null, publishedAt: null, imageUrl: null, language: null };
  return { guid: `${messageId} ${url}`, url, title: url, ...nothing };
}
