import { describe, expect, test } from 'vitest';
import type { Delivery, Outcome } from '../../src/domain/delivery.ts';
import { type Finding, nextLookAt } from '../../src/domain/read-back.ts';
import { HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { deliver, look, settleDelivery } from '../../src/pipeline/deliver/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import type { Platform, Trace } from '../../src/ports/platform.ts';
import { fakePlatforms, START, squarePlatform } from '../cli/support.ts';
import { signal, storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();

/** A delivery without an answer, on a platform that finds what it is told to. */
async function unclear(findings: Finding[], given: Partial<Platform> = {}) {
  const looks: Trace[] = [];
  const sends: string[] = [];
  const outcomes: Outcome[] = [{ kind: 'unclear', reason: 'No answer in time.' }];
  const platform = squarePlatform({
    publish: async ({ text }) => {
      sends.push(text);
      return outcomes.shift() ?? { kind: 'confirmed', remoteId: `9${sends.length}`, url: null };
    },
    lookFor: async (trace) => {
      looks.push(trace);
      return findings.shift() ?? { kind: 'absent', reason: 'It is not there.' };
    },
    ...given,
  });
  const world = await worldOver(here(), { ports: { platforms: fakePlatforms([platform]) } });
  const { id } = await world.due();
  await deliver(world.ports, id, signal);
  return { world, ports: world.ports, id, looks, sends, outcomes };
}
const now = async (id: number) => (await here().store.deliveries.get(id)) as Delivery;
const ledger = (id: number) =>
  here().sql(
    `SELECT fence, outcome, by FROM attempt LEFT JOIN attempt_outcome ON attempt_id = attempt.id
     WHERE delivery_id = $1 ORDER BY fence, attempt_outcome.id`,
    [id],
  );
const FOUND: Finding = { kind: 'found', remoteId: '77', url: 'https://square.example/77' };

describe('an unclear post is looked for', () => {
  test('what is found is confirmed, under the name of the read-back, and nothing is sent', async () => {
    const { world, ports, id, looks, sends } = await unclear([FOUND]);
    expect((await world.sent()).at(-1)).toEqual({ verb: 'look', deliveryId: id });
    await look(ports, id, signal);
    expect(looks).toHaveLength(0);
    ports.clock.advance(2 * SECOND);
    await look(ports, id, signal);
    expect(looks).toEqual([expect.objectContaining({ text: sends[0], body: sends[0], since: START })]);
    expect(await now(id)).toMatchObject({
      state: 'confirmed',
      remoteId: '77',
      url: 'https://square.example/77',
      fence: 1,
    });
    expect((await ledger(id)).map(({ outcome, by }) => [outcome, by])).toEqual([
      ['unclear', 'crier'],
      ['confirmed', 'crier (read-back)'],
    ]);
    expect(sends).toHaveLength(1);
    await look(ports, id, signal);
    expect(looks).toHaveLength(1);
  });

  test('what is not found is looked for six times in fifteen minutes, then it is a person’s; it is never sent', async () => {
    const { ports, id, looks, sends } = await unclear([]);
    for (let second = 0; second < 1800; second += 1) {
      ports.clock.advance(SECOND);
      if ((await here().store.deliveries.toLook(ports.clock.now(), 10)).includes(id)) await look(ports, id, signal);
      if (looks.length === 6) break;
    }
    expect(ports.clock.now().getTime() - START.getTime()).toBeLessThanOrEqual(15 * MINUTE);
    expect(nextLookAt(6, START)).toBeNull();
    ports.clock.advance(HOUR);
    expect(await here().store.deliveries.toLook(ports.clock.now(), 10)).not.toContain(id);
    await look(ports, id, signal);
    expect(looks).toHaveLength(6);
    expect(await now(id)).toMatchObject({
      state: 'unclear',
      reason: 'No answer in time. It is not there. Look yourself and say what you see.',
    });
    expect(sends).toHaveLength(1);
  });

  test('the sweep brings the looks whose job was lost, and those of a process that died while sending', async () => {
    const { world, ports, id } = await unclear([]);
    ports.clock.advance(3 * SECOND);
    const before = (await world.sent()).length;
    await sweep(ports);
    expect((await world.sent()).slice(before)).toContainEqual({ verb: 'look', deliveryId: id });
  });

  test('of two processes one takes the look', async () => {
    const { ports, id, looks } = await unclear([]);
    const other = await here().another();
    ports.clock.advance(2 * SECOND);
    await Promise.all([look(ports, id, signal), look({ ...ports, store: other }, id, signal)]);
    expect(looks).toHaveLength(1);
  });

  test('a message that is another delivery’s is not taken for this one', async () => {
    const { world, ports, id } = await unclear([FOUND]);
    const taken = await world.due();
    await here().sql(`UPDATE delivery SET state = 'confirmed', remote_id = '77' WHERE id = $1`, [taken.id]);
    ports.clock.advance(2 * SECOND);
    await look(ports, id, signal);
    expect(await now(id)).toMatchObject({ state: 'unclear', reason: expect.stringContaining('of another post') });
  });

  test('a finding that comes after a person has sent it again changes nothing', async () => {
    const made = await unclear([], {
      lookFor: async () => {
        await settleDelivery(made.ports, made.id, { kind: 'again' }, 'Anna');
        await here().sql(`UPDATE delivery SET state = 'unclear', fence = fence + 1 WHERE id = $1`, [made.id]);
        return FOUND;
      },
    });
    made.ports.clock.advance(2 * SECOND);
    await look(made.ports, made.id, signal);
    expect(await now(made.id)).toMatchObject({ state: 'unclear', remoteId: null, fence: 2 });
  });
});

describe('a platform that keeps one of two equal messages', () => {
  const repeat = (send: (trace: Trace) => Promise<Finding>) => ({ repeat: { withinMs: MINUTE, send } });

  test('is given the same bytes again within its time, as a new try of the ledger', async () => {
    const bodies: string[] = [];
    const { ports, id, sends } = await unclear(
      [],
      repeat(async ({ body }) => {
        bodies.push(body);
        expect((await now(id)).state).toBe('intent');
        return FOUND;
      }),
    );
    ports.clock.advance(2 * SECOND);
    await look(ports, id, signal);
    expect(bodies).toEqual(sends);
    expect(await now(id)).toMatchObject({ state: 'confirmed', remoteId: '77', fence: 2 });
    expect((await ledger(id)).map(({ fence, outcome, by }) => [fence, outcome, by])).toEqual([
      [1, 'unclear', 'crier'],
      [2, 'confirmed', 'crier (read-back)'],
    ]);
  });

  test('an answer that speaks only of the repetition leaves it unclear, and after its time it is only looked for', async () => {
    let repeats = 0;
    const { ports, id, looks } = await unclear(
      [],
      repeat(async () => {
        repeats++;
        return { kind: 'cannot-tell', reason: 'Refused.' };
      }),
    );
    ports.clock.advance(2 * SECOND);
    await look(ports, id, signal);
    expect(await now(id)).toMatchObject({ state: 'unclear', fence: 2, reason: 'No answer in time. Refused.' });
    ports.clock.advance(MINUTE);
    await look(ports, id, signal);
    expect([repeats, looks.length]).toEqual([1, 1]);
    expect(looks[0]?.since).toEqual(START);
  });

  test('is not given them on a channel that was paused meanwhile', async () => {
    let repeats = 0;
    const { ports, id, looks } = await unclear(
      [],
      repeat(async () => {
        repeats++;
        return FOUND;
      }),
    );
    await here().store.channels.setState((await now(id)).channelId, 'paused', null);
    ports.clock.advance(2 * SECOND);
    await look(ports, id, signal);
    expect([repeats, looks.length]).toEqual([0, 1]);
  });

  test('nobody can have it sent again while it is being repeated', async () => {
    const made = await unclear(
      [],
      repeat(async () => {
        await expect(settleDelivery(made.ports, made.id, { kind: 'again' }, 'Anna')).rejects.toThrow('it is intent');
        return FOUND;
      }),
    );
    made.ports.clock.advance(2 * SECOND);
    await look(made.ports, made.id, signal);
    expect((await now(made.id)).state).toBe('confirmed');
  });
});

test('“the text is there already” after a try without an answer is evidence that is looked into, not a no', async () => {
  const { ports, id, outcomes } = await unclear([FOUND]);
  await settleDelivery(ports, id, { kind: 'again' }, 'Anna');
  outcomes.push({ kind: 'rejected', reason: 'Duplicate.', cure: 'None.', channelTrouble: false, duplicate: true });
  await deliver(ports, id, signal);
  expect(await now(id)).toMatchObject({ state: 'unclear', fence: 2, reason: expect.stringContaining('Duplicate.') });
  ports.clock.advance(2 * SECOND);
  await look(ports, id, signal);
  expect(await now(id)).toMatchObject({ state: 'confirmed', remoteId: '77' });
});

test('a verdict on a try that is not the last any more is refused', async () => {
  const { ports, id } = await unclear([]);
  await here().sql(`UPDATE delivery SET fence = 5 WHERE id = $1`, [id]);
  await expect(settleDelivery(ports, id, { kind: 'again' }, 'Anna', 1)).rejects.toThrow(
    'was tried again since you looked',
  );
  expect((await now(id)).state).toBe('unclear');
});
