import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PLAIN_STYLE } from '../../src/domain/channel.ts';
import type { Outcome } from '../../src/domain/delivery.ts';
import { HOUR, MINUTE } from '../../src/lib/clock.ts';
import { deliver, setChannel, settleDelivery } from '../../src/pipeline/deliver/index.ts';
import { approvePost, editPost } from '../../src/pipeline/review/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import type { OutgoingPost, Platform } from '../../src/ports/platform.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { signal, storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();
const SPLIT = /\n---\n/u;
const form: Platform['form'] = (address, style = PLAIN_STYLE) => ({
  ...squarePlatform().form(address),
  partsOf: (text) => (style.thread === 'no' ? [text] : text.split(SPLIT)),
});

/** An approved thread of three parts and a platform that answers as told. */
async function thread(answer: (sent: OutgoingPost, times: number) => Outcome, given: Partial<Platform> = {}) {
  const sent: OutgoingPost[] = [];
  const square = squarePlatform({
    form,
    remoteIdIn: (url) => /\d+$/u.exec(url)?.[0] ?? null,
    async publish(message) {
      sent.push(message);
      return answer(message, sent.length);
    },
    ...given,
  });
  const world = await worldOver(here(), { ports: { platforms: fakePlatforms([square]) } });
  const channel = await world.channel({ style: { ...PLAIN_STYLE, thread: 'yes' } });
  const [view] = await world.written();
  const id = view?.post.id as number;
  await editPost(world.ports, id, 'one\nAutomatic excerpt\n---\ntwo\n---\nthree', 'Anna');
  await approvePost(world.ports, id, 'Anna');
  const messages = async () => (await here().store.posts.view(id))?.messages ?? [];
  /** Sends what is due, until nothing is. */
  const flow = async () => {
    for (let round = 0; round < 8; round++)
      for (const due of await here().store.deliveries.due(world.ports.clock.now(), 100))
        await deliver(world.ports, due, signal);
  };
  return {
    world,
    channel,
    id,
    sent,
    messages,
    flow,
    fate: async () => (await here().store.fates.ofArticle(view?.article.id as number))[0]?.state,
  };
}
const there = (_: OutgoingPost, times: number): Outcome => ({ kind: 'confirmed', remoteId: `${times}00`, url: null });

test('each part answers the one before it, and has a ledger of its own', async () => {
  const { sent, messages, flow, fate } = await thread(there);
  await flow();
  expect(sent.map(({ text, replyTo }) => [text.split('\n')[0], replyTo])).toEqual([
    ['one', null],
    ['two', '100'],
    ['three', '200'],
  ]);
  expect((await messages()).map(({ part, parts, state }) => [part, parts, state])).toEqual([
    [1, 3, 'confirmed'],
    [2, 3, 'confirmed'],
    [3, 3, 'confirmed'],
  ]);
  expect(await fate()).toBe('posted');
});

test('an unclear part stops the thread until a person says where it is; the post is posted', async () => {
  const { world, sent, messages, flow, fate } = await thread((message, times) =>
    times === 2 ? { kind: 'unclear', reason: 'no answer' } : there(message, times),
  );
  await flow();
  world.ports.clock.advance(HOUR);
  await sweep(world.ports);
  await flow();
  expect(sent).toHaveLength(2);
  expect((await messages()).map(({ state }) => state)).toEqual(['confirmed', 'unclear']);
  expect(await fate()).toBe('posted');
  const second = (await messages())[1]?.id as number;
  await settleDelivery(world.ports, second, { kind: 'there', url: 'https://square.example/p/777' }, 'Anna');
  await flow();
  expect(sent.at(-1)).toMatchObject({ text: 'three', replyTo: '777' });
  expect((await messages()).map(({ state }) => state)).toEqual(['confirmed', 'confirmed', 'confirmed']);
});

test('a refused part ends the thread, and what was not sent is not shown as sent', async () => {
  const no: Outcome = { kind: 'rejected', reason: 'No.', cure: '', channelTrouble: false };
  const { messages, flow, sent } = await thread((message, times) => (times === 2 ? no : there(message, times)));
  await flow();
  expect(sent).toHaveLength(2);
  expect((await messages()).map(({ state }) => state)).toEqual(['confirmed', 'rejected']);
});

test('a channel that stops making threads sends those that were approved as threads all the same', async () => {
  const { world, channel, sent, flow } = await thread(there);
  await world.ports.store.channels.save({ ...channel, style: PLAIN_STYLE });
  await flow();
  expect(sent.map(({ text }) => text.split('\n')[0])).toEqual(['one', 'two', 'three']);
});

test('a thread that the channel’s budget doesn’t cover to its end does not begin; each part is charged at its own price', async () => {
  const priceMicros = (text: string) => (text.startsWith('one') ? 200_000 : 15_000);
  const { world, channel, id, sent, messages, flow } = await thread(there, { priceMicros });
  await setChannel(world.ports, channel.id, new Map([['budget-month', '0.22']]));
  await flow();
  expect(sent).toEqual([]);
  expect((await messages()).map(({ state, reason }) => [state, reason])).toEqual([
    ['waiting', expect.stringMatching(/^budget: this post costs \$0\.23 /u)],
  ]);
  await setChannel(world.ports, channel.id, new Map([['budget-month', '0.23']]));
  await flow();
  expect(sent).toHaveLength(3);
  expect((await here().store.posts.view(id))?.publishMicros).toBe(230_000);
});

test('whatever the platform answers, parts come in order, none twice unless a person says so', {
  timeout: 60_000,
}, async () => {
  const outcomes = fc.constantFrom<Outcome['kind']>('confirmed', 'not-sent', 'unclear', 'confirmed', 'rejected');
  await fc.assert(
    fc.asyncProperty(
      fc.array(outcomes, { minLength: 3, maxLength: 8 }),
      fc.array(fc.constantFrom('again', 'there', 'drop', 'wait')),
      async (script, verdicts) => {
        const copies = new Map<string, number>();
        const asked = new Map<string, number>();
        const { world, sent, messages, flow } = await thread((message, times) => {
          const kind = script[times - 1] ?? 'confirmed';
          if (kind === 'confirmed' || kind === 'unclear') copies.set(message.text, (copies.get(message.text) ?? 0) + 1);
          if (kind === 'confirmed') return there(message, times);
          return { kind, reason: 'so it is', cure: '', channelTrouble: false };
        });
        for (const verdict of [...verdicts, 'wait']) {
          // Two at once change nothing.
          await Promise.all([flow(), flow()]);
          world.ports.clock.advance(20 * MINUTE);
          const stuck = (await messages()).find(({ state }) => state === 'unclear');
          if (stuck === undefined || verdict === 'wait') continue;
          const text = sent.findLast(({ deliveryId }) => deliveryId === stuck.id)?.text ?? '';
          if (verdict === 'again') asked.set(text, (asked.get(text) ?? 0) + 1);
          const url = 'https://square.example/p/5';
          await settleDelivery(
            world.ports,
            stuck.id,
            verdict === 'there' ? { kind: 'there', url } : { kind: verdict as 'again' | 'drop' },
            'Anna',
          );
        }
        for (const [text, count] of copies) expect(count).toBeLessThanOrEqual(1 + (asked.get(text) ?? 0));
        const parts = await messages();
        expect(parts.map(({ part }) => part)).toEqual(parts.map((_, index) => index + 1));
        for (const [index, part] of parts.entries())
          if (index > 0) {
            expect(parts[index - 1]?.state).toBe('confirmed');
            expect(part.replyTo).toBe(parts[index - 1]?.remoteId);
          }
        await world.ports.store.brands.save({ ...world.brand, paused: true });
      },
    ),
    { numRuns: 12 },
  );
});
