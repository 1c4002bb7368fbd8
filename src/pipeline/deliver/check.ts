import { type Channel, channelRef } from '../../domain/channel.ts';
import type { Ports } from '../../ports/app.ts';
import type { Channels } from '../../ports/store/index.ts';
import { type ChannelCheck, inspectChannel } from './inspect-channel.ts';

/**
 * Asks the platform whether Crier may post on a channel, ahead of its next slot or because it is in trouble, at most once in
 * a quarter of an hour over all processes. What was missing and is there again sets its posts free.
 */
export async function check(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'log'>,
  channelId: number,
  signal: AbortSignal,
): Promise<void> {
  const { store, clock, log } = ports;
  const channel = await store.channels.get(channelId);
  if (channel === null || !(await store.channels.takeCheck(channelId, clock.now()))) return;
  const { asked, problems } = await inspectChannel(ports, channel, signal);
  if (!asked) return;
  const state = await rememberRights(store.channels, channel, problems);
  if (state === channel.state) return;
  const fields = { channel: channelRef(channel), reason: problems[0]?.problem };
  if (state === 'attention') return log.warn(fields, 'channel needs attention, its posts wait');
  log.info(fields, 'channel works again');
  await store.jobs.send([{ verb: 'sweep' }]);
}

/** A channel that was in trouble works again, or one that worked is in trouble; what a person paused or removed stays so. */
export async function rememberRights(
  channels: Pick<Channels, 'changeState'>,
  channel: Channel,
  problems: ChannelCheck['problems'],
): Promise<Channel['state']> {
  if (channel.state === 'paused' || channel.state === 'removed') return channel.state;
  const state = problems.length === 0 ? 'active' : 'attention';
  const reason = problems.map(({ problem, cure }) => `${problem} ${cure}`.trim()).join(' ') || null;
  if (state === channel.state && reason === channel.reason) return state;
  return (await channels.changeState(channel.id, channel.state, state, reason)) ? state : channel.state;
}
