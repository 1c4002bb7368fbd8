import type { Clock } from '../../lib/clock.ts';
import { PlatformError } from '../../lib/errors.ts';
import type { ChannelInspection } from '../../ports/platform.ts';
import { OWN_ACCOUNT } from './address.ts';
import { isRecord, type XClient } from './client.ts';
import { toPlatformError } from './refusal.ts';

const NOTES = [
  'X wants automated accounts labelled: switch on Settings → Your account → Automation, and say in the profile who runs it.',
  'A post with a link costs $0.20, without one $0.015 (prices of August 2026); reading its numbers $0.001 to $0.005 a time.',
  'Likes, replies, reposts, quotes, bookmarks and views are read for every post; people can not write to the bot on X.',
];

/** Asks X whose keys these are; the channel must be that account. */
export async function inspect(
  client: XClient,
  clock: Clock,
  address: string,
  signal: AbortSignal,
): Promise<ChannelInspection> {
  const reply = await client.get('users/me', { 'user.fields': 'protected' }, signal);
  if (reply.kind !== 'done') throw toPlatformError(reply, clock);
  const user = isRecord(reply.data) && isRecord(reply.data.data) ? reply.data.data : {};
  if (typeof user.username !== 'string') throw new PlatformError('unavailable', 'X did not say whose keys these are.');

  const problems: ChannelInspection['problems'] = [];
  if (address !== OWN_ACCOUNT && address.toLowerCase() !== user.username.toLowerCase())
    problems.push({
      problem: `The keys in .env belong to @${user.username}, not to @${address}.`,
      cure: `Add x:${user.username.toLowerCase()} instead, or put the keys of @${address} into .env.`,
    });
  if (reply.headers['x-access-level'] === 'read')
    problems.push({
      problem: 'The access token may only read.',
      cure: 'In the developer portal (console.x.com) give the app "Read and write", then make a new access token.',
    });
  const shut = user.protected === true ? ['The account is protected: only its followers see the posts.'] : [];
  return { title: `@${user.username}`, problems, notes: [...shut, ...NOTES] };
}
