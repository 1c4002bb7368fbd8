import { type Channel, channelRef, PLAIN_STYLE, parseChannelRef } from '../../domain/channel.ts';
import { OPEN_SCHEDULE } from '../../domain/schedule.ts';
import { messageOf, UsageError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { ChannelInspection } from '../../ports/platform.ts';
import { channelFound } from '../channel-found.ts';
import { endRehearsals, endSample } from '../tour.ts';

/** Connects a channel and asks the platform at once whether Crier may post there. UsageError for what can't be a channel. */
export async function connectChannel(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'log'>,
  wish: { brandId: number; ref: string; language: string | null; auto: boolean },
  signal: AbortSignal,
): Promise<{ channel: Channel; created: boolean; inspection: ChannelInspection }> {
  const { store, platforms, clock, log } = ports;
  const names = platforms.known.map((known) => `${known.name}:…`).join(', ');
  const ref = parseChannelRef(wish.ref);
  if (ref === null)
    throw new UsageError(`"${wish.ref}" does not name a channel.`, { cure: `Write PLATFORM:ADDRESS, one of ${names}` });
  const known = platforms.known.find((one) => one.name === ref.platform);
  if (known === undefined)
    throw new UsageError(`There is no platform "${ref.platform}".`, { cure: `Known are ${names}` });
  const platform = platforms.get(ref.platform);
  if (platform === null)
    throw new UsageError(`${ref.platform} is not configured: ${known.missing ?? 'its keys are missing'}.`, {
      cure: 'Put them into .env and try again.',
    });
  const parsed = platform.parseAddress(ref.address);
  if ('error' in parsed) throw new UsageError(parsed.error);
  const { address } = parsed;

  let inspection: ChannelInspection;
  try {
    inspection = await platform.inspect(address, signal);
  } catch (error) {
    inspection = {
      title: address,
      problems: [
        { problem: `It could not be asked: ${messageOf(error)}`, cure: 'Check it later with: crier channel check' },
      ],
      notes: [],
    };
  }
  const problem = inspection.problems.map((one) => `${one.problem} ${one.cure}`.trim()).join(' ');
  const before = await store.channels.find(wish.brandId, ref.platform, address);
  const now = clock.now();
  const wanted: Omit<Channel, 'id'> = {
    brandId: wish.brandId,
    platform: ref.platform,
    address,
    name: inspection.title,
    language: wish.language,
    auto: wish.auto,
    state: problem === '' ? 'active' : 'attention',
    reason: problem === '' ? null : problem,
    schedule: before?.schedule ?? OPEN_SCHEDULE,
    style: before?.style ?? PLAIN_STYLE,
    budgetMonthMicros: before?.budgetMonthMicros ?? null,
    createdAt: before?.createdAt ?? now,
  };
  const channel = await store.transaction(async (tables) => {
    if (!platform.rehearsal) {
      await endSample(tables, wish.brandId);
      await endRehearsals(tables, platforms, wish.brandId);
    }
    const added = await tables.channels.add(wanted);
    if (added.state === 'active') await channelFound(tables, wish.brandId, now);
    return added;
  });
  log.info({ channel: channelRef(channel), state: channel.state }, 'channel connected');
  return { channel, created: before === null || before.state === 'removed', inspection };
}
