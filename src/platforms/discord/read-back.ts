import type { APIMessage } from 'discord.js';
import type { Finding } from '../../domain/read-back.ts';
import { type Clock, MINUTE, SECOND } from '../../lib/clock.ts';
import { collapse } from '../../lib/text.ts';
import type { Trace } from '../../ports/platform.ts';
import type { Answer, DiscordClient } from './client.ts';
import { addressOf, type GuildOf, outcomeOf } from './publish.ts';

/**
 * Discord answers a nonce that it knows with the message that is there, "in the past few minutes" (Create Message,
 * enforce_nonce). Few is three or more; a repetition begins within the first.
 */
export const REPEAT_WITHIN_MS = MINUTE;

/** Messages a page, Discord's most, and how many pages of a busy channel are read. */
const PAGE_SIZE = 100;
const MOST_PAGES = 3;
/** Clocks of Discord and of this machine may differ by this much. */
const CLOCK_MARGIN_MS = 30 * SECOND;
/** Milliseconds of the first snowflake. */
const DISCORD_EPOCH_MS = 1_420_070_400_000n;

/** Sends the same bytes once more. Only a message's number is proof; any other answer speaks of this try, not of the first. */
export async function repeat(
  client: DiscordClient,
  guildOf: GuildOf,
  { address, body, since }: Trace,
  clock: Clock,
  signal: AbortSignal,
): Promise<Finding> {
  const leftMs = since.getTime() + REPEAT_WITHIN_MS - clock.now().getTime();
  if (leftMs <= 0) return { kind: 'cannot-tell', reason: 'It is too late to ask for it by its nonce.' };
  const asking = guildOf(address, signal);
  const outcome = outcomeOf(await client.post(`/channels/${address}/messages`, body, signal, leftMs), address);
  if (outcome.kind !== 'confirmed') return { kind: 'cannot-tell', reason: `Asked by its nonce: ${outcome.reason}` };
  return { kind: 'found', remoteId: outcome.remoteId, url: await addressOf(address, outcome.remoteId, asking) };
}

/** Looks through what the bot wrote in the channel since: the same nonce, or exactly the same words. */
export async function lookFor(
  client: DiscordClient,
  guildOf: GuildOf,
  { address, body, since }: Trace,
  signal: AbortSignal,
): Promise<Finding> {
  const asking = guildOf(address, signal);
  const sent = JSON.parse(body) as Partial<Sent>;
  let after = String((BigInt(since.getTime() - CLOCK_MARGIN_MS) - DISCORD_EPOCH_MS) << 22n);
  const me = await client.get('/users/@me', {}, signal);
  if (me.kind !== 'answered') return cannot(me);
  const { id: botId } = me.data as { id: string };
  let seen = 0;
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await client.get(`/channels/${address}/messages`, { after, limit: String(PAGE_SIZE) }, signal);
    if (answer.kind !== 'answered') return cannot(answer);
    const messages = (answer.data ?? []) as APIMessage[];
    seen += messages.length;
    const found = messages.find((one) => one.author.id === botId && isIt(one, sent));
    if (found) return { kind: 'found', remoteId: found.id, url: await addressOf(address, found.id, asking) };
    if (messages.length < PAGE_SIZE)
      return seen === 0 && !(await readsHistory(client, address, signal))
        ? { kind: 'cannot-tell', reason: NO_HISTORY }
        : { kind: 'absent', reason: 'It is not among the messages of the channel.' };
    after = messages.map((one) => one.id).reduce((last, id) => (BigInt(id) > BigInt(last) ? id : last));
  }
  return { kind: 'cannot-tell', reason: 'The channel has too many messages since then to be searched.' };
}

const NO_HISTORY =
  'The channel could not be searched: the bot needs "Read Message History" there (the channel\'s settings → Permissions → the bot\'s role).';

interface Sent {
  content: string;
  nonce: string;
  embeds: { title?: string; description?: string; footer?: { text: string } }[];
}

function isIt(message: APIMessage, sent: Partial<Sent>): boolean {
  if (message.nonce !== undefined && message.nonce === sent.nonce) return true;
  const words = wordsOf(sent);
  return words !== '' && wordsOf(message as unknown as Partial<Sent>) === words;
}

function wordsOf({ content = '', embeds = [] }: Partial<Sent>): string {
  const cards = embeds.flatMap(({ title, description, footer }) => [title, description, footer?.text]);
  return collapse([content, ...cards].filter(Boolean).join(' '));
}

/** Without the right Discord answers with an empty list instead of an error. */
async function readsHistory(client: DiscordClient, address: string, signal: AbortSignal): Promise<boolean> {
  const asked = await client.get(`/channels/${address}`, {}, signal);
  const last = asked.kind === 'answered' ? (asked.data as { last_message_id?: string | null }).last_message_id : null;
  if (!last) return true;
  const around = await client.get(`/channels/${address}/messages`, { limit: '1' }, signal);
  return around.kind === 'answered' && ((around.data ?? []) as unknown[]).length > 0;
}

function cannot(answer: Exclude<Answer, { kind: 'answered' }>): Finding {
  if (answer.kind === 'refused' && (answer.code === 50001 || answer.code === 50013))
    return { kind: 'cannot-tell', reason: NO_HISTORY };
  const why =
    answer.kind === 'refused'
      ? `Discord refused (${answer.status})`
      : answer.kind === 'rate-limited'
        ? 'Discord asks to slow down (429)'
        : answer.reason;
  return { kind: 'cannot-tell', reason: `The channel could not be searched: ${why}.` };
}
