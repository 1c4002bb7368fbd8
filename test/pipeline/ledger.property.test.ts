import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fateOf } from '../../src/domain/article.ts';
import type { Outcome } from '../../src/domain/delivery.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import { UsageError } from '../../src/lib/errors.ts';
import { deliver, settleDelivery, type Verdict } from '../../src/pipeline/deliver/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { signal, storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();
const POSTS = 3;
const PROCESSES = 2;

/** What the platform does with the next send. Whether a copy is there and what Crier hears of it are two things. */
const BEHAVIOURS = [
  'accepts',
  'refuses',
  'is not reached',
  'accepts and says nothing',
  'says nothing',
  'accepts after a while',
  'refuses after a while',
  'accepts and the process dies',
  'is not reached and the process dies',
] as const;
type Behaviour = (typeof BEHAVIOURS)[number];

type Step =
  | { does: 'deliver'; post: number; process: number; behaviour: Behaviour }
  | { does: 'deliver twice'; post: number; behaviour: Behaviour }
  | { does: 'die before sending'; post: number; process: number }
  | { does: 'answer what hangs'; andWait: boolean }
  | { does: 'sweep'; process: number }
  | { does: 'wait'; milliseconds: number }
  | { does: 'settle'; post: number; process: number; verdict: Verdict };

const post = fc.nat(POSTS - 1);
const process = fc.nat(PROCESSES - 1);
const behaviour = fc.constantFrom(...BEHAVIOURS);
const verdict = fc.constantFrom<Verdict>({ kind: 'there' }, { kind: 'again' }, { kind: 'drop' });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ does: fc.constant('deliver' as const), post, process, behaviour }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('deliver twice' as const), post, behaviour }) },
    { weight: 1, arbitrary: fc.record({ does: fc.constant('die before sending' as const), post, process }) },
    { weight: 2, arbitrary: fc.record({ does: fc.constant('answer what hangs' as const), andWait: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('sweep' as const), process }) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...[SECOND, MINUTE, 20 * MINUTE].map((milliseconds) => ({ does: 'wait' as const, milliseconds })),
      ),
    },
    { weight: 3, arbitrary: fc.record({ does: fc.constant('settle' as const), post, process, verdict }) },
  ),
  { minLength: 4, maxLength: 24 },
);

/** The answer of an attempt that was given up comes when the next attempt has succeeded. */
const LATE_REFUSAL: Step[] = [
  { does: 'deliver', post: 0, process: 0, behaviour: 'refuses after a while' },
  { does: 'wait', milliseconds: MINUTE },
  { does: 'sweep', process: 1 },
  { does: 'settle', post: 0, process: 1, verdict: { kind: 'again' } },
  { does: 'deliver', post: 0, process: 1, behaviour: 'accepts' },
  { does: 'answer what hangs', andWait: true },
];

/** Processes live on from one play to the next; one that dies is replaced. */
const processes: Store[] = [];
async function die(index: number): Promise<void> {
  await processes[index]?.close();
  processes[index] = await here().another();
}

/** A few deliveries, two processes that can die, and a platform that keeps count of the copies it has. */
async function play(script: readonly Step[]) {
  const copies = new Map<number, number>();
  const attempts: string[] = [];
  const hanging: (() => void)[] = [];
  let next: Behaviour = 'accepts';
  let sender = 0;
  while (processes.length < PROCESSES) await die(processes.length);
  const confirmed = (id: number): Outcome => ({ kind: 'confirmed', remoteId: `copy ${id}`, url: null });
  const refused: Outcome = { kind: 'rejected', reason: 'No.', cure: '', channelTrouble: false };
  /** Sends that wait for their answer. */
  const hung: Promise<void>[] = [];
  const stuckOnes: (() => void)[] = [];
  const isStuck = () => {
    for (const resolve of stuckOnes.splice(0)) resolve();
  };
  const later = (outcome: Outcome) =>
    new Promise<Outcome>((resolve) => {
      hanging.push(() => resolve(outcome));
      isStuck();
    });

  const square = squarePlatform({
    async publish({ attemptId, deliveryId }): Promise<Outcome> {
      attempts.push(attemptId);
      const [does, from] = [next, sender];
      if (does.startsWith('accepts')) copies.set(deliveryId, (copies.get(deliveryId) ?? 0) + 1);
      if (does.endsWith('the process dies')) {
        await die(from);
        isStuck();
        return new Promise(() => {}); // nobody is there to hear it
      }
      switch (does) {
        case 'accepts':
          return confirmed(deliveryId);
        case 'refuses':
          return refused;
        case 'is not reached':
          return { kind: 'not-sent', reason: 'Connection refused.' };
        case 'accepts after a while':
          return later(confirmed(deliveryId));
        case 'refuses after a while':
          return later(refused);
        default:
          throw new Error('the socket was closed');
      }
    },
  });
  const world = await worldOver(here(), { ports: { platforms: fakePlatforms([square]) } });
  const deliveries: number[] = [];
  for (let index = 0; index < POSTS; index++) deliveries.push((await world.due()).id);
  const again = new Map<number, number>();
  const claimed = new Set<number>();
  const portsOf = (index: number) => ({ ...world.ports, store: processes[index] as Store });

  /** Runs until it ends, hangs in the platform or its process dies. */
  async function send(id: number, index: number, does: Behaviour) {
    next = does;
    sender = index;
    const stuck = new Promise<void>((resolve) => stuckOnes.push(resolve));
    const run = deliver(portsOf(index), id, signal).catch(() => {});
    if (does.endsWith('a while')) hung.push(run);
    await Promise.race([run, stuck]);
  }

  for (const step of script) {
    switch (step.does) {
      case 'deliver':
        await send(deliveries[step.post] as number, step.process, step.behaviour);
        break;
      case 'deliver twice':
        await Promise.all([0, 1].map((index) => send(deliveries[step.post] as number, index, step.behaviour)));
        break;
      case 'die before sending': {
        const id = deliveries[step.post] as number;
        const body = 'a post';
        await processes[step.process]?.deliveries.begin(id, { id: randomUUID(), body }, world.ports.clock.now());
        await die(step.process);
        break;
      }
      case 'answer what hangs':
        for (const answer of hanging.splice(0)) answer();
        if (step.andWait) await Promise.all(hung.splice(0));
        break;
      case 'sweep':
        await sweep(portsOf(step.process));
        break;
      case 'wait':
        world.ports.clock.advance(step.milliseconds);
        break;
      case 'settle': {
        const id = deliveries[step.post] as number;
        try {
          await settleDelivery(portsOf(step.process), id, step.verdict, 'Anna');
          if (step.verdict.kind === 'again') again.set(id, (again.get(id) ?? 0) + 1);
          if (step.verdict.kind === 'there') claimed.add(id);
        } catch (error) {
          if (!(error instanceof UsageError)) throw error;
        }
      }
    }
  }
  return { world, deliveries, copies, attempts, again, claimed, hanging, send };
}

test('whatever happens in whatever order, nothing is sent twice unless a person says so, and every post has an end or is shown', {
  timeout: 180_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (script) => {
      const played = await play(script);
      const { world, deliveries, copies, attempts, again, claimed, hanging, send } = played;
      const { ports } = world;
      // What hangs is answered or lost for ever, what died is found, what waits is sent.
      for (const answer of hanging.splice(0)) answer();
      for (let index = 0; index < PROCESSES; index++) await die(index);
      for (let round = 0; round < 3; round++) {
        ports.clock.advance(60 * MINUTE);
        await sweep(ports);
        for (const id of deliveries) await send(id, 0, 'accepts');
      }
      await sweep(ports);

      expect(new Set(attempts).size, 'each attempt reaches the platform at most once').toBe(attempts.length);
      for (const id of deliveries) {
        const view = await ports.store.deliveries.view(id);
        const copied = copies.get(id) ?? 0;
        const asked = again.get(id) ?? 0;
        const state = view?.delivery.state;
        expect(['confirmed', 'rejected', 'unclear', 'dropped']).toContain(state);
        expect(copied, `copies of a post that a person sent again ${asked} times`).toBeLessThanOrEqual(1 + asked);
        if (state === 'confirmed' && !claimed.has(id)) expect(copied).toBeGreaterThan(0);
        if (state === 'rejected' && asked === 0) expect(copied).toBe(0);
        if (state === 'unclear' || state === 'rejected') expect(view?.delivery.reason).toBeTruthy();
        expect(view?.attempts.length).toBe(view?.delivery.fence);
        // Where no person had the last word, the last attempt has it: answers of older ones change nothing.
        if (state !== 'dropped' && !claimed.has(id)) expect(view?.attempts.at(-1)?.outcome).toBe(state);

        const articleId = view?.post.articleId as number;
        const [fate] = await ports.store.fates.ofArticle(articleId);
        expect(fate).toMatchObject(fateOf(await ports.store.posts.standing(world.brand.id, articleId)));
      }
      // Sweeps of later plays need not look at this one.
      await ports.store.brands.save({ ...world.brand, paused: true });
    }),
    { numRuns: 15, examples: [[LATE_REFUSAL]] },
  );
});
