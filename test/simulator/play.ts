import { HOUR, SECOND, settableClock } from '../../src/lib/clock.ts';
import { messageOf, UsageError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { deliver, scheduleChannel, settleDelivery } from '../../src/pipeline/deliver/index.ts';
import { approvePost, review } from '../../src/pipeline/review/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import type { Ports } from '../../src/ports/app.ts';
import type { Job } from '../../src/ports/queue.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { fakeFeeds, fakePlatforms, fakeWriters } from '../cli/support.ts';
import { type Call, createGates, type How, type Task } from './gates.ts';
import { createNetwork, type Network, platformOf } from './network.ts';
import { type Script, type Step, scheduleAt } from './script.ts';
import type { Stage } from './stage.ts';

/** What happened, and what persons said. */
export interface Played {
  network: Network;
  now: Date;
  /** How often a person said "send again", by delivery. */
  again: Map<number, number>;
  /** Deliveries of which a person said "it is there". */
  there: Set<number>;
  /** Outcomes as they stood when the faults ended; the ledger only grows. */
  early: unknown[];
  /** Faults of the program itself: what no port's failure explains. */
  faults: string[];
  /** Line by line, for a person. */
  history: string[];
}

const { signal } = new AbortController();
const SETTINGS = { publicUrl: 'https://crier.example', publicUrlIsSet: true, version: '1.2.3' };
/** Sweeps by which everything has come to its end, once the faults are over. */
const LAST_ROUNDS = 14;

/** Plays a script from the scene on; then everybody lives and every platform works, until nothing more happens. */
export async function play(stage: Stage, script: Script): Promise<Played> {
  await stage.reset();
  const clock = settableClock(script.start);
  // What timers go by: the clock can be set, time only passes.
  let uptimeMs = 0;
  const pass = (milliseconds: number) => {
    uptimeMs += milliseconds;
    clock.advance(milliseconds);
  };
  const network = createNetwork(clock.now);
  const again = new Map<number, number>();
  const there = new Set<number>();
  const faults: string[] = [];
  const history: string[] = [];
  const tell = (line: string) => history.push(`${clock.now().toISOString().slice(0, 19)}  ${line}`);
  /** Adds a call to the line of its task, where that is the last one. */
  const tellCall = ({ task, name }: Call, more: string) => {
    const line = `    worker ${task.worker}, ${task.what}: `;
    if (history.at(-1)?.includes(line)) history.push(`${history.pop()}, ${name}${more}`);
    else tell(`${line}${name}${more}`);
  };
  const gates = createGates(stage.lockWaits, (task, error) => {
    tell(`worker ${task.worker}: ${task.what} ended with: ${messageOf(error).split('\n').at(-1)}`);
    // What a cut connection brings about is an Error of Prisma or ours; a slip of the program is not.
    if (error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError)
      faults.push(`${task.what}: ${error.stack}`);
  });
  const storeOf = (worker: number) => stage.stores[worker] as Store;

  function portsOf(task: Task, store: Store): Ports {
    const platforms = ['square', 'thread'].map((name) =>
      platformOf(name, network, (what, make, afterMs = 0) => gates.call(task, what, make, uptimeMs + afterMs)),
    );
    return {
      store,
      feeds: fakeFeeds({}),
      writers: fakeWriters(),
      platforms: fakePlatforms(platforms),
      clock,
      log: silentLog,
      settings: SETTINGS,
    };
  }

  async function begin(
    worker: number,
    what: string,
    work: (ports: Ports) => Promise<unknown>,
    calls: number,
    chance = 0,
  ) {
    const task: Task = { worker, what, ended: false, dead: false };
    tell(`worker ${worker}: ${what}`);
    await gates.start(task, storeOf(worker), (store) => work(portsOf(task, store)));
    await goOn(task, calls, chance);
    return task;
  }
  const ready = (task?: Task) =>
    gates.waiting.filter((call) => (task === undefined || call.task === task) && call.notBefore <= uptimeMs);
  const picked = <T>(list: readonly T[], pick: number): T | undefined => list[Math.floor(pick * list.length)];

  async function turn(call: Call, how: How, chance: number) {
    const before = network.messages.length;
    await gates.turn(call, how, chance);
    const seen = network.messages.length > before ? ` [readers see ${network.messages.at(-1)?.remoteId}]` : '';
    tellCall(call, `${how === 'answered' ? '' : ` (${how})`}${seen}`);
  }
  /** Makes up to so many calls of a task. */
  async function goOn(task: Task, calls: number, chance: number) {
    for (let made = 0; made < calls; made++) {
      const [next] = ready(task);
      if (next === undefined) return;
      await turn(next, 'answered', chance);
    }
  }
  /** Makes every call that may be made. */
  async function goOnAll() {
    for (let [next] = ready(); next !== undefined; [next] = ready()) await turn(next, 'answered', 0);
  }

  const expected = (work: Promise<unknown>) =>
    work.catch((error: unknown) => {
      if (!(error instanceof UsageError)) throw error;
      tell(`    refused: ${error.message}`);
    });

  function jobOf(job: Job): { what: string; work: (ports: Ports) => Promise<unknown> } {
    switch (job.verb) {
      case 'deliver':
        return { what: `deliver ${job.deliveryId}`, work: (ports) => deliver(ports, job.deliveryId, signal) };
      case 'review':
        return { what: `review ${job.postId}`, work: (ports) => review(ports, job.postId) };
      default:
        return { what: job.verb, work: async () => {} };
    }
  }

  async function takeStep(step: Step): Promise<void> {
    switch (step.does) {
      case 'turn': {
        const call = picked(ready(), step.pick);
        if (call === undefined) return;
        await turn(call, 'answered', step.chance);
        return goOn(call.task, step.calls - 1, step.chance);
      }
      case 'job': {
        const job = await stage.takeJob(clock.now(), step.pick);
        if (job === null) return;
        const { what, work } = jobOf(job);
        await begin(step.worker, what, work, step.calls, step.chance);
        return;
      }
      case 'sweep':
        await begin(step.worker, 'sweep', sweep, step.calls);
        return;
      case 'approve': {
        const postId = picked(stage.scene.postIds, step.pick) as number;
        await begin(
          step.worker,
          `approve post ${postId}`,
          (ports) => expected(approvePost(ports, postId, 'Anna')),
          step.calls,
        );
        return;
      }
      case 'settle': {
        const rows = await stage.sql("SELECT id FROM delivery WHERE state = 'unclear' ORDER BY id");
        const id: number | undefined = picked(rows, step.pick)?.id;
        if (id === undefined) return;
        const kind = picked(['again', 'again', 'there', 'drop'] as const, step.verdict) ?? 'drop';
        // Counted before it is heard of: the answer may be lost, the word stands.
        if (kind === 'again') again.set(id, (again.get(id) ?? 0) + 1);
        if (kind === 'there') there.add(id);
        await begin(
          step.worker,
          `a person says of delivery ${id}: ${kind}`,
          (ports) => expected(settleDelivery(ports, id, { kind }, 'Anna')),
          step.calls,
        );
        return;
      }
      case 'channel': {
        const id = picked(stage.scene.channelIds, step.pick) as number;
        await begin(
          step.worker,
          `channel ${id} is ${step.state}`,
          ({ store }) => store.channels.setState(id, step.state, null),
          99,
        );
        return;
      }
      case 'brand': {
        const id = picked(stage.scene.brandIds, step.pick) as number;
        const work = async ({ store }: Ports) => {
          const brand = await store.brands.get(id);
          if (brand !== null) await store.brands.save({ ...brand, paused: step.paused });
        };
        await begin(step.worker, `brand ${id} ${step.paused ? 'pauses' : 'goes on'}`, work, 99);
        return;
      }
      case 'schedule': {
        // Its plan can be checked only while it stays what it was.
        if (script.time === 'calm') return;
        const id = picked(stage.scene.channelIds, step.pick) as number;
        await begin(
          step.worker,
          `channel ${id} gets another schedule`,
          (ports) => scheduleChannel(ports, id, scheduleAt(step.schedule)),
          99,
        );
        return;
      }
      case 'die': {
        const call = picked(
          ready().filter(({ task }) => task.worker === step.worker),
          step.pick,
        );
        if (step.after && call !== undefined) await turn(call, 'dies after', step.chance);
        tell(`worker ${step.worker} dies`);
        return gates.kill(step.worker, () => stage.cut(step.worker));
      }
      case 'cut':
        tell(`worker ${step.worker} loses its database connections`);
        await stage.cut(step.worker);
        return gates.rest();
      case 'lose': {
        const call = picked(ready(), step.pick);
        if (call !== undefined) await turn(call, 'answer lost', step.chance);
        return;
      }
      case 'wait':
        if (script.time === 'calm') await goOnAll();
        pass(step.milliseconds);
        return;
      case 'jump':
        clock.advance(step.milliseconds);
        tell(`the clock was set by ${step.milliseconds / 3_600_000} h`);
    }
  }

  for (const [index, schedule] of script.schedules.entries()) {
    const store = storeOf(0);
    const channel = await store.channels.get(stage.scene.channelIds[index] as number);
    if (channel !== null) await store.channels.save({ ...channel, schedule });
  }
  for (const step of script.steps) await takeStep(step);

  tell('the faults end');
  const early = await stage.sql('SELECT to_jsonb(attempt_outcome) AS row FROM attempt_outcome ORDER BY id');
  network.calm();
  await goOnAll();
  await stage.sql(
    "UPDATE channel SET state = 'active', reason = NULL WHERE state <> 'removed'; UPDATE brand SET paused = false",
  );
  for (let round = 0; round < LAST_ROUNDS; round++) {
    const [{ due, open }] = await stage.sql(
      `SELECT min(due_at) FILTER (WHERE delivery.state = 'waiting' AND channel.state = 'active') AS due,
         count(*) FILTER (WHERE delivery.state = 'intent' OR delivery.state = 'waiting' AND channel.state = 'active')::int AS open
       FROM delivery JOIN channel ON channel.id = channel_id`,
    );
    if (open === 0 && gates.waiting.length === 0 && round > 0) break;
    // An intent from before the clock was set back is old enough only after as much time.
    const least = round < 6 ? 61 * SECOND : HOUR;
    pass(Math.max(least, due === null ? 0 : due.getTime() + SECOND - clock.now().getTime()));
    await goOnAll();
    await begin(0, 'sweep', sweep, 999);
    for (let job = await stage.takeJob(clock.now(), 0); job !== null; job = await stage.takeJob(clock.now(), 0)) {
      const { what, work } = jobOf(job);
      await begin(round % script.workers, what, work, 999);
    }
  }
  // What stands still now would stand for ever.
  for (const call of gates.waiting) faults.push(`${call.task.what} stands still at ${call.name}`);
  for (let worker = 0; worker < script.workers; worker++)
    if (gates.waiting.some(({ task }) => task.worker === worker)) await gates.kill(worker, () => stage.cut(worker));
  return { network, now: clock.now(), again, there, early: early.map(({ row }) => row), faults, history };
}
