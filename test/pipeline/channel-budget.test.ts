import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Delivery, Outcome } from '../../src/domain/delivery.ts';
import { DAY } from '../../src/lib/clock.ts';
import { deliver, setChannel, settleDelivery } from '../../src/pipeline/deliver/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { signal, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const CONFIRMED: Outcome = { kind: 'confirmed', remoteId: '42', url: null };
const PRICE = 200_000;

/** A platform where posts have a price. */
function paid(given: Partial<Platform> = {}) {
  const texts: string[] = [];
  const platform = squarePlatform({
    priceMicros: () => PRICE,
    publish: async ({ text }) => {
      texts.push(text);
      return CONFIRMED;
    },
    ...given,
  });
  return { texts, platforms: fakePlatforms([platform]) };
}
const now = async ({ id }: { id: number }) => (await here().store.deliveries.get(id)) as Delivery;
const spent = async ({ ports, brand }: World) =>
  (await here().store.spending.used({ brandId: brand.id }, ports.clock.now())).month.publish;
const notices = async ({ ports, brand }: World) =>
  (await here().store.notices.current(brand.id, ports.clock.now())).map(({ level, text }) => `${level}: ${text}`);

describe('a channel’s budget of the month', () => {
  test('lets posts out until the next would exceed it; that one waits, says why and until when, and is told once', async () => {
    const { texts, platforms } = paid();
    const world = await worldOver(here(), { ports: { platforms } });
    await world.channel({ budgetMonthMicros: 2 * PRICE });
    const [one, two, three, four] = [await world.due(), await world.due(), await world.due(), await world.due()];
    for (const { id } of [one, two, three, four]) await deliver(world.ports, id, signal);
    expect(texts).toHaveLength(2);
    expect((await now(two)).state).toBe('confirmed');
    const waits = await now(three);
    expect(waits).toMatchObject({ state: 'waiting', fence: 0, dueAt: new Date('2026-11-30T22:00:00Z') });
    expect(waits.reason).toMatch(
      /^budget: this post costs \$0\.20 and \$0\.40 of this month’s \$0\.40 .* until 1 December/u,
    );
    expect(await spent(world)).toBe(2 * PRICE);
    const [told, ...more] = await notices(world);
    expect(more).toEqual([]);
    expect(told).toMatch(/^stopped: This month’s budget for square:@place-\d+ is used up/u);
    // The first of the next month, on the brand's clock, they go out.
    world.ports.clock.set(new Date('2026-11-30T22:00:00Z'));
    await deliver(world.ports, three.id, signal);
    expect((await now(three)).state).toBe('confirmed');
    expect(await notices(world)).toEqual([expect.stringMatching(/^warning: /u)].slice(1));
  });

  test('that is raised lets out at once what waited for it', async () => {
    const { texts, platforms } = paid();
    const world = await worldOver(here(), { ports: { platforms } });
    const channel = await world.channel({ budgetMonthMicros: 0 });
    const delivery = await world.due();
    await deliver(world.ports, delivery.id, signal);
    expect(texts).toEqual([]);
    const before = (await world.sent()).length;
    await setChannel(world.ports, channel.id, new Map([['budget-month', '0.20']]));
    expect((await world.sent()).slice(before)).toEqual([{ verb: 'deliver', deliveryId: delivery.id }]);
    await deliver(world.ports, delivery.id, signal);
    expect(texts).toHaveLength(1);
    expect(await notices(world)).toEqual([expect.stringMatching(/^warning: /u)]);
  });

  test('gets back what a post cost that the platform refused or never got', async () => {
    let outcome: Outcome = { kind: 'not-sent', reason: 'refused', retryAfterMs: 1000 };
    const world = await worldOver(here(), { ports: paid({ publish: async () => outcome }) });
    await world.channel({ budgetMonthMicros: PRICE });
    const delivery = await world.due();
    await deliver(world.ports, delivery.id, signal);
    expect(await spent(world)).toBe(0);
    world.ports.clock.advance(DAY);
    outcome = { kind: 'rejected', reason: 'no', cure: '', channelTrouble: false };
    await deliver(world.ports, delivery.id, signal);
    expect((await now(delivery)).state).toBe('rejected');
    expect(await spent(world)).toBe(0);
  });

  test('keeps what an unclear post may have cost, until a person says that it is not there', async () => {
    const world = await worldOver(here(), {
      ports: paid({ publish: async () => ({ kind: 'unclear', reason: 'no answer' }) }),
    });
    await world.channel({ budgetMonthMicros: PRICE });
    const delivery = await world.due();
    await deliver(world.ports, delivery.id, signal);
    expect(await spent(world)).toBe(PRICE);
    await settleDelivery(world.ports, delivery.id, { kind: 'again' }, 'Anna');
    expect(await spent(world)).toBe(0);
    await deliver(world.ports, delivery.id, signal);
    expect(await spent(world)).toBe(PRICE);
    expect((await here().store.posts.view(delivery.postId))?.publishMicros).toBe(PRICE);
  });

  test('is not asked for where posts are free, and nothing is entered', async () => {
    const world = await worldOver(here(), { ports: paid({ priceMicros: () => 0 }) });
    await world.channel({ budgetMonthMicros: 0 });
    const delivery = await world.due();
    await deliver(world.ports, delivery.id, signal);
    expect((await now(delivery)).state).toBe('confirmed');
    expect(await here().sql('SELECT id FROM spending WHERE brand_id = $1', [world.brand.id])).toEqual([]);
  });

  test('is never exceeded, however many workers send at once', { timeout: 120_000 }, async () => {
    const another = await here().another();
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 5 * PRICE }),
        fc.array(fc.constantFrom('confirmed', 'unclear', 'not-sent', 'rejected'), { minLength: 1, maxLength: 6 }),
        async (budgetMonthMicros, outcomes) => {
          const kinds = [...outcomes];
          let sentNow = 0;
          const { platforms } = paid({
            publish: async () => {
              sentNow += 1;
              const kind = kinds.pop();
              if (kind === 'confirmed' || kind === undefined) return CONFIRMED;
              if (kind === 'rejected') return { kind, reason: 'no', cure: '', channelTrouble: false };
              return { kind, reason: 'it went wrong' };
            },
          });
          const world = await worldOver(here(), { ports: { platforms } });
          await world.channel({ budgetMonthMicros });
          const deliveries: Delivery[] = [];
          for (const _ of outcomes) deliveries.push(await world.due());
          const other = { ...world.ports, store: another };
          // Each by two workers, all at once.
          await Promise.all(
            deliveries.flatMap(({ id }) => [deliver(world.ports, id, signal), deliver(other, id, signal)]),
          );
          expect(await spent(world)).toBeLessThanOrEqual(budgetMonthMicros);
          const states = await Promise.all(deliveries.map(now));
          const billed = states.filter(({ state }) => state === 'confirmed' || state === 'unclear').length;
          expect(await spent(world)).toBe(billed * PRICE);
          expect(sentNow).toBeLessThanOrEqual(deliveries.length);
          // What isn't out yet waits, and says for what.
          for (const { state, reason } of states) if (state === 'waiting') expect(reason).not.toBeNull();
        },
      ),
      { numRuns: 12 },
    );
  });
});
