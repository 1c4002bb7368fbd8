import type { IncomingHttpHeaders } from 'node:http';
import { type Clock, SECOND } from '../../lib/clock.ts';
import { PlatformError } from '../../lib/errors.ts';
import { plainLine, truncate } from '../../lib/text.ts';
import type { Problem, Reply } from './client.ts';

/** An error answer, explained. */
export interface Refusal {
  kind: 'rejected' | 'unauthorized' | 'rate-limited' | 'unavailable';
  reason: string;
  cure: string;
  /** Every other call of this account would meet the same. */
  channelTrouble: boolean;
  /** X has a post with this text already. */
  duplicate?: boolean;
  retryAfterMs?: number;
}

const NEW_KEYS =
  'In the developer portal (console.x.com) give the app "Read and write", then make a new access token and put the four X_… keys into .env.';
const CREDIT = 'Add credit or raise the spending limit at console.x.com, then send again.';

/** X gives these two no problem type and no code, only a fixed sentence; compared whole. */
const DUPLICATE = 'You are not allowed to create a Tweet with duplicate content.';
const NOT_SUMMONED = 'You can only reply to or quote posts where you are mentioned or are the author.';

/** What X's error answer means and what to do. Null = it proves nothing (5xx and statuses X doesn't document). */
export function explain(reply: Extract<Reply, { kind: 'refused' }>, clock: Clock): Refusal | null {
  const { status, problem, headers } = reply;
  const reason = `X said ${status}${said(problem)}.`;
  const type = problem.type.slice(problem.type.lastIndexOf('/') + 1);
  if (status === 402 || type === 'usage-capped')
    return {
      kind: 'rejected',
      reason: `X refused: the account's credit or monthly cap is used up (${status}).`,
      cure: CREDIT,
      channelTrouble: true,
    };
  switch (status) {
    case 400:
    case 404:
    case 413:
    case 415:
    case 422:
      return { kind: 'rejected', reason, cure: 'Change the text and send again.', channelTrouble: false };
    case 401:
      return {
        kind: 'unauthorized',
        reason: 'X does not accept the keys (401): they are wrong, revoked, or this clock is off by minutes.',
        cure: 'Check the four X_… keys in .env and the clock of this machine; make new keys at console.x.com if need be.',
        channelTrouble: true,
      };
    case 403:
      return explainForbidden(problem, type, reason);
    case 429:
      return {
        kind: 'rate-limited',
        reason: 'X asks to wait: its rate limit is reached (429).',
        cure: 'It is tried again by itself.',
        channelTrouble: false,
        retryAfterMs: retryAfterMs(headers, clock),
      };
    default:
      return null;
  }
}

function explainForbidden(problem: Problem, type: string, reason: string): Refusal {
  const no = (cure: string, channelTrouble: boolean): Refusal => ({ kind: 'rejected', reason, cure, channelTrouble });
  if (problem.detail === DUPLICATE || problem.code === 187)
    return {
      ...no('The account has a post with this text already. If it is this one, nothing is to be done.', false),
      duplicate: true,
    };
  if (problem.detail === NOT_SUMMONED || problem.code === 433)
    return no(
      'X lets programs reply only where the author mentioned the account. Post it as a post of its own.',
      false,
    );
  if (type === 'oauth1-permissions' || problem.code === 261) return no(NEW_KEYS, true);
  if (type === 'client-forbidden' || type === 'unsupported-authentication' || type === 'not-authorized-for-resource')
    return no(`The app may not use this part of the API. ${NEW_KEYS}`, true);
  if (problem.code === 64 || problem.code === 326)
    return no('The account is locked or suspended: log in at x.com and follow what it asks.', true);
  return no('Read what X says, change the text or the rights of the app, then send again.', false);
}

/** Until the latest of the windows that are used up; undefined when X names none. */
function retryAfterMs(headers: IncomingHttpHeaders, clock: Clock): number | undefined {
  const window = (name: string) => ({
    remaining: Number(headers[`${name}-remaining`] ?? Number.NaN),
    resetsAt: Number(headers[`${name}-reset`] ?? Number.NaN) * SECOND,
  });
  const windows = ['x-rate-limit', 'x-user-limit-24hour', 'x-app-limit-24hour'].map(window);
  const usedUp = windows.filter(({ remaining, resetsAt }) => remaining === 0 && Number.isFinite(resetsAt));
  const resets = (usedUp.length > 0 ? usedUp : windows.slice(0, 1)).map(({ resetsAt }) => resetsAt);
  const latest = Math.max(...resets);
  if (Number.isFinite(latest)) return Math.max(SECOND, latest - clock.now().getTime());
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) ? Math.max(SECOND, seconds * SECOND) : undefined;
}

function said({ title, detail }: Problem): string {
  const words = plainLine(detail || title).replace(/[.\s]+$/u, '');
  return words === '' ? '' : `: ${truncate(words, 200)}`;
}

/** The error for a call that is not a publish. */
export function toPlatformError(reply: Exclude<Reply, { kind: 'done' }>, clock: Clock): PlatformError {
  const later = { cure: 'Try again later; see https://docs.x.com/status if it lasts.' };
  switch (reply.kind) {
    case 'silence':
      return new PlatformError('unavailable', `X could not be asked: ${reply.why}.`, later);
    case 'unreadable':
      return new PlatformError('unavailable', "X's answer can't be read.", later);
    case 'refused': {
      const refusal = explain(reply, clock);
      if (!refusal) return new PlatformError('unavailable', `X said ${reply.status}.`, later);
      const { kind, reason, cure, retryAfterMs } = refusal;
      return new PlatformError(kind, reason, { cure, retryAfterMs });
    }
  }
}
