import { once } from 'node:events';
import { crier, spawnCrier } from './crier.ts';

/** A delivery as `crier delivery list --json` prints it. */
interface DeliveryLine {
  id: number;
  postId: number;
  state: string;
  remoteId: string | null;
}

export interface KillReport {
  kills: number;
  /** Runs that ended by themselves although they were to be killed. */
  survivors: number;
  posts: number;
  confirmed: number;
  unclear: number;
  /** Any other state at the end, by name. */
  other: Record<string, number>;
  /** Texts that reached the platform more than once. */
  twice: number;
  /** Confirmed in the ledger but never seen by the platform. */
  phantom: number;
  /** Seen by the platform but neither confirmed nor unclear in the ledger. */
  unknown: number;
}

/**
 * Kills `crier run --once` again and again at random instants, then lets one pass end by itself, and compares the
 * ledger with what the platform saw. `random` gives numbers in [0, 1).
 */
export async function killRun(options: {
  env: Record<string, string>;
  kills: number;
  posts: number;
  /** Text of each message that the platform took, in order. */
  seen: () => { text: string; id: string }[];
  random: () => number;
  /** Before each run: here new articles appear, so that every run has work in all its stages. */
  before: (kill: number) => void;
}): Promise<KillReport> {
  const { env, kills, random, seen } = options;
  let survivors = 0;
  let killed = 0;
  // How long an undisturbed run with work takes: kills fall anywhere between its first third and a little after its end.
  options.before(0);
  const started = performance.now();
  await crier(['run', '--once'], env);
  const runMs = performance.now() - started;
  while (killed < kills) {
    options.before(killed + 1);
    const child = spawnCrier(['run', '--once'], env);
    child.stdout?.resume();
    child.stderr?.resume();
    const ended = once(child, 'close');
    const timer = setTimeout(() => child.kill('SIGKILL'), runMs * (0.3 + 0.8 * random()));
    const [, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    clearTimeout(timer);
    if (signal === 'SIGKILL') killed++;
    else survivors++;
    if (survivors > 2 * kills) break;
  }
  // What waits for a retry needs a pass of its own.
  for (let pass = 0; pass < 3; pass++) {
    const last = await crier(['run', '--once'], env);
    if (last.code !== 0) throw new Error(`The last pass failed:\n${last.stdout}${last.stderr}`);
  }
  const deliveries = (
    await crier(['delivery', 'list', '--json', '--limit', String(options.posts * 2)], env)
  ).json<DeliveryLine>();
  const count = (state: string) => deliveries.filter((delivery) => delivery.state === state).length;
  const messages = seen();
  const texts = new Map<string, number>();
  for (const { text } of messages) texts.set(text, (texts.get(text) ?? 0) + 1);
  const ids = new Set(messages.map((message) => message.id));
  const confirmedIds = new Set(
    deliveries.filter((delivery) => delivery.state === 'confirmed').map((delivery) => delivery.remoteId),
  );
  const other: Record<string, number> = {};
  for (const { state } of deliveries)
    if (state !== 'confirmed' && state !== 'unclear') other[state] = (other[state] ?? 0) + 1;
  return {
    kills: killed,
    survivors,
    posts: deliveries.length,
    confirmed: count('confirmed'),
    unclear: count('unclear'),
    other,
    twice: [...texts.values()].filter((times) => times > 1).length,
    phantom: [...confirmedIds].filter((id) => id !== null && !ids.has(id)).length,
    unknown: Math.max(0, messages.filter((message) => !confirmedIds.has(message.id)).length - count('unclear')),
  };
}
