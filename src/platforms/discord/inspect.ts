import type { APIGuild, APIGuildMember, APIOverwrite, APIUser } from 'discord.js';
import type { ChannelInspection } from '../../ports/platform.ts';
import type { Answer, DiscordClient } from './client.ts';
import { RIGHTS, rightsIn } from './permissions.ts';
import { dataOf } from './refusal.ts';

/** What Crier reads of a channel or thread. */
interface ChannelFacts {
  id: string;
  type: number;
  name?: string | null;
  guild_id?: string;
  parent_id?: string | null;
  permission_overwrites?: APIOverwrite[];
  thread_metadata?: { locked?: boolean };
}

/** Text and announcement channels. */
const WRITABLE_TYPES = [0, 5];
/** Threads of announcement and text channels, and private ones. */
const THREAD_TYPES = [10, 11, 12];

type Problem = ChannelInspection['problems'][number];

interface Facts {
  channel: ChannelFacts;
  isThread: boolean;
  guild: APIGuild;
  member: APIGuildMember;
  /** Whether the bot has that right there. */
  may(right: keyof typeof RIGHTS): boolean;
}

/** What Discord knows of a channel and of the bot in it, or what keeps Crier from knowing. Throws PlatformError. */
export async function facts(
  client: DiscordClient,
  address: string,
  signal: AbortSignal,
): Promise<Facts | { problem: Problem; title: string }> {
  const get = (path: string): Promise<Answer> => client.get(path, {}, signal);
  const me = dataOf(await get('/users/@me')) as APIUser;
  const found = await get(`/channels/${address}`);
  if (found.kind === 'refused' && found.status !== 401) return { problem: unseen(found, me), title: address };
  const channel = dataOf(found) as ChannelFacts;
  const isThread = THREAD_TYPES.includes(channel.type);
  const guildId = channel.guild_id;
  if (guildId === undefined || !(isThread || WRITABLE_TYPES.includes(channel.type))) {
    const problem = `"${channel.name ?? address}" is not a channel of a kind that Crier reads or writes.`;
    return {
      problem: { problem, cure: 'Give a text channel, an announcement channel or a thread.' },
      title: channel.name ?? address,
    };
  }
  const guild = dataOf(await get(`/guilds/${guildId}`)) as APIGuild;
  const member = dataOf(await get(`/guilds/${guildId}/members/${me.id}`)) as APIGuildMember;
  // A thread has its parent's overwrites.
  const parent = isThread ? (dataOf(await get(`/channels/${channel.parent_id}`)) as ChannelFacts) : channel;
  const rights = rightsIn({
    guild,
    member: { id: me.id, roles: member.roles },
    overwrites: parent.permission_overwrites ?? [],
  });
  const may = (right: keyof typeof RIGHTS): boolean => (rights & RIGHTS[right]) !== 0n;
  return { channel, isThread, guild, member, may };
}

/** `#news (Harbour)`. */
export function nameOf(channel: { id: string; name?: string | null }, guild: { name: string }): string {
  return `#${channel.name ?? channel.id} (${guild.name})`;
}

/** Whether the bot may post in the channel: names each right that is missing. Throws PlatformError when Discord can't be asked. */
export async function inspect(
  client: DiscordClient,
  address: string,
  now: Date,
  signal: AbortSignal,
): Promise<ChannelInspection> {
  const found = await facts(client, address, signal);
  if ('problem' in found) return { title: found.title, problems: [found.problem], notes: [] };
  const { channel, isThread, guild, member, may } = found;

  const problems: Problem[] = [];
  if (!may('viewChannel')) problems.push(missing('View Channel', guild.name));
  if (isThread && !may('sendMessagesInThreads')) problems.push(missing('Send Messages in Threads', guild.name));
  if (!isThread && !may('sendMessages')) problems.push(missing('Send Messages', guild.name));
  // An archived thread opens by itself when somebody writes; a locked one doesn't.
  if (channel.thread_metadata?.locked)
    problems.push({ problem: 'The thread is locked.', cure: 'Unlock it in Discord.' });
  const mutedUntil = member.communication_disabled_until;
  if (mutedUntil && Date.parse(mutedUntil) > now.getTime())
    problems.push({
      problem: `The bot is timed out until ${mutedUntil}.`,
      cure: `Remove the time-out in the members' list of ${guild.name}.`,
    });

  const notes = may('readMessageHistory')
    ? ['Reactions and replies are counted.']
    : ["Reactions and replies can't be counted: Read Message History is missing."];
  return { title: nameOf(channel, guild), problems, notes };
}

/** A right that the bot lacks, and how to give it. */
export function missing(right: string, guildName: string): Problem {
  return {
    problem: `The bot has no "${right}" in this channel.`,
    cure: `In Discord open ${guildName} → the channel's settings → Permissions → the bot's role, and allow "${right}".`,
  };
}

function unseen(refusal: Extract<Answer, { kind: 'refused' }>, me: APIUser): Problem {
  const invite = `https://discord.com/oauth2/authorize?client_id=${me.id}&scope=bot&permissions=${RIGHTS.viewChannel | RIGHTS.sendMessages | RIGHTS.readMessageHistory}`;
  if (refusal.status === 404)
    return {
      problem: 'Discord knows no channel with this id.',
      cure: 'In Discord turn on Settings → Advanced → Developer Mode, then right-click the channel → Copy Channel ID.',
    };
  return {
    problem: `The bot can't see this channel: it has no "View Channel" there, or it is not in the server.`,
    cure: `Invite it with ${invite} and allow "View Channel" and "Send Messages" for its role in the channel's settings.`,
  };
}
