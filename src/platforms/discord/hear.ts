import type { ChannelInspection } from '../../ports/platform.ts';
import type { DiscordClient } from './client.ts';
import { facts, missing, nameOf } from './inspect.ts';
import { dataOf } from './refusal.ts';

/** Flags of an application that may read what people write (developer documentation, "Application Flags"). */
const READS_CONTENT = (1 << 18) | (1 << 19);

/** Whether the portal lets the bot read what people write. Throws PlatformError when Discord can't be asked. */
export async function mayReadContent(client: DiscordClient, signal: AbortSignal): Promise<boolean> {
  const application = dataOf(await client.get('/applications/@me', {}, signal)) as { flags?: number };
  return ((application.flags ?? 0) & READS_CONTENT) !== 0;
}

/** Looks whether the bot is told what people write there, and names what is missing. Throws PlatformError. */
export async function hears(client: DiscordClient, address: string, signal: AbortSignal): Promise<ChannelInspection> {
  const found = await facts(client, address, signal);
  if ('problem' in found) return { title: found.title, problems: [found.problem], notes: [] };
  const { channel, guild, may } = found;
  const title = nameOf(channel, guild);
  const problems: ChannelInspection['problems'] = [];
  if (!may('viewChannel')) problems.push(missing('View Channel', guild.name));
  if (!(await mayReadContent(client, signal)))
    problems.push({
      problem: 'Discord does not let the bot read what people write: its Message Content Intent is off.',
      cure: 'In the Discord developer portal open Bot → Privileged Gateway Intents, turn on Message Content Intent and start Crier again.',
    });
  return { title, problems, notes: [] };
}
