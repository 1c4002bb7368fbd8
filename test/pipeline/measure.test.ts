import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/clock.ts';
import { PlatformError } from '../../src/lib/errors.ts';
import { deliver } from '../../src/pipeline/deliver/index.ts';
import { followLink, measure, takeEngagement } from '../../src/pipeline/measure/index.ts';
import type { EngagementReading, PublishedPost } from '../../src/ports/platform.ts';
import { fakePlatforms, START, squarePlatform } from '../cli/support.ts';
import { fresh, signal, storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();

/** A post that is there, on a platform that answers with these totals, one after the other. */
async function published(answers: (EngagementReading['values'] | Error)[] = []) {
  const asked: PublishedPost[] = [];
  const remoteId = fresh('remote');
  const platform = squarePlatform({
    publish: async () => ({ kind: 'confirmed', remoteId, url: null }),
    engagement: async (posts) => {
      asked.push(...posts);
      const answer = answers.shift() ?? {};
      if (answer instanceof Error) throw answer;
      return posts.map(({ deliveryId }) => ({ deliveryId, values: answer }));
    },
  });
  const world = await worldOver(here(), { ports: { platforms: fakePlatforms([platform]) } });
  const { id, channelId } = await world.due();
  await deliver(world.ports, id, signal);
  const address = (await here().store.channels.get(channelId))?.address as string;
  return { world, ports: world.ports, id, asked, address, remoteId };
}
const series = (id: number) =>
  here().sql('SELECT metric, at, value FROM engagement WHERE delivery_id = $1 ORDER BY at, metric', [id]);
const nextAt = async (id: number) =>
  (await here().sql('SELECT next_measure_at AS at FROM delivery WHERE id = $1', [id]))[0]?.at as Date | null;
const minutesAfterStart = (minutes: number) => new Date(START.getTime() + minutes * MINUTE);

describe('numbers that a platform is asked for', () => {
  test('are kept as totals of their instants, and the next question comes later each time', async () => {
    const { ports, id, asked, address, remoteId } = await published([
      { likes: 3, replies: 1 },
      { likes: 5, replies: 0 },
    ]);
    expect(await nextAt(id)).toEqual(minutesAfterStart(2));
    ports.clock.advance(2 * MINUTE);
    await measure(ports, id, signal);
    expect(await nextAt(id)).toEqual(minutesAfterStart(10));
    ports.clock.advance(8 * MINUTE);
    await measure(ports, id, signal);
    expect(await nextAt(id)).toEqual(minutesAfterStart(30));
    expect(asked).toEqual([
      { deliveryId: id, address, remoteId },
      { deliveryId: id, address, remoteId },
    ]);
    expect(await series(id)).toEqual([
      { metric: 'likes', at: minutesAfterStart(2), value: 3 },
      { metric: 'replies', at: minutesAfterStart(2), value: 1 },
      { metric: 'likes', at: minutesAfterStart(10), value: 5 },
      { metric: 'replies', at: minutesAfterStart(10), value: 0 },
    ]);
    expect((await here().store.engagements.latest([id])).get(id)).toEqual({ likes: 5, replies: 0 });
  });

  test('that can’t be had now are asked for at the next interval, and what was known stays', async () => {
    const { ports, id } = await published([
      { likes: 3 },
      new PlatformError('rate-limited', 'Too many questions.'),
      { likes: 9 },
    ]);
    await measure(ports, id, signal);
    ports.clock.advance(HOUR);
    await measure(ports, id, signal);
    expect(await nextAt(id)).toEqual(minutesAfterStart(120));
    expect((await here().store.engagements.latest([id])).get(id)).toEqual({ likes: 3 });
    ports.clock.advance(HOUR);
    await measure(ports, id, signal);
    expect((await here().store.engagements.latest([id])).get(id)).toEqual({ likes: 9 });
  });

  test('are not asked for any more after a month', async () => {
    const { ports, id } = await published([{ likes: 1 }]);
    ports.clock.advance(30 * DAY);
    await measure(ports, id, signal);
    expect(await nextAt(id)).toBeNull();
    ports.clock.advance(300 * DAY);
    expect(await here().store.deliveries.toMeasure(ports.clock.now(), 1000)).not.toContain(id);
  });

  test('are not asked for when the process is told to stop: the question stays due', async () => {
    const { ports, id } = await published([new Error('aborted')]);
    ports.clock.advance(5 * MINUTE);
    await expect(measure(ports, id, AbortSignal.abort())).rejects.toThrow('aborted');
    expect(await here().store.deliveries.toMeasure(ports.clock.now(), 1000)).toContain(id);
  });

  test('of a post that is not there are not asked for', async () => {
    const { world, ports, asked } = await published();
    const waiting = await world.due();
    await measure(ports, waiting.id, signal);
    await measure(ports, 999_999, signal);
    expect(asked).toEqual([]);
  });
});

describe('numbers that a platform tells by itself', () => {
  test('are kept for the post they belong to', async () => {
    const { ports, id, address, remoteId } = await published();
    await takeEngagement(ports, 'square', { kind: 'engagement', address, remoteId, values: { reactions: 4 } });
    ports.clock.advance(SECOND);
    await takeEngagement(ports, 'square', { kind: 'engagement', address, remoteId, values: { reactions: 2 } });
    expect((await series(id)).map((row) => row.value)).toEqual([4, 2]);
    expect((await here().store.engagements.latest([id])).get(id)).toEqual({ reactions: 2 });
  });

  test('of posts that Crier did not make are left aside', async () => {
    const { ports, address, remoteId } = await published();
    const before = await here().sql('SELECT count(*)::int AS count FROM engagement');
    for (const [platform, event] of [
      ['square', { address, remoteId: 'another' }],
      ['square', { address: '@elsewhere', remoteId }],
      ['circle', { address, remoteId }],
    ] as const)
      await takeEngagement(ports, platform, { kind: 'engagement', ...event, values: { reactions: 4 } });
    expect(await here().sql('SELECT count(*)::int AS count FROM engagement')).toEqual(before);
  });

  test('only as “something changed” make Crier ask soon', async () => {
    const { world, ports, id, address, remoteId } = await published();
    const before = (await world.sent()).length;
    await takeEngagement(ports, 'square', { kind: 'engagement-changed', address, remoteId });
    expect((await world.sent()).slice(before)).toEqual([{ verb: 'measure', deliveryId: id }]);
  });
});

describe('a tracked link', () => {
  const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const person = { method: 'GET', userAgent: BROWSER, purpose: null, address: '192.0.2.7' };
  async function linked() {
    const { world, ports, id } = await published();
    const delivery = await here().store.deliveries.get(id);
    const [link] = await here().store.posts.linksOf(delivery?.postId as number);
    return { world, ports, code: link?.code as string, target: link?.target as string };
  }
  const clicks = (code: string) =>
    here().sql('SELECT class, reason, visitor, at FROM click WHERE code = $1 ORDER BY id', [code]);

  test('leads to its target, and keeps who followed it: only persons count', async () => {
    const { ports, code, target } = await linked();
    const before = await here().store.engagements.clickCounts();
    for (const hit of [
      person,
      { ...person, method: 'HEAD' },
      { ...person, purpose: 'prefetch' },
      { ...person, userAgent: 'TelegramBot (like TwitterBot)' },
      { ...person, userAgent: null },
    ])
      expect(await followLink(ports, code, hit)).toEqual({ target });
    expect((await clicks(code)).map((click) => click.class)).toEqual(['person', 'head', 'prefetch', 'bot', 'bot']);
    const after = await here().store.engagements.clickCounts();
    expect(after).toEqual({
      person: before.person + 1,
      head: before.head + 1,
      prefetch: before.prefetch + 1,
      bot: before.bot + 2,
    });
  });

  test.each(['', 'nothing', 'a\u0000b', '../../etc/passwd', 'x'.repeat(10_000)])(
    'that nobody made (%j) leads nowhere and leaves no trace',
    async (code) => {
      const { ports } = await linked();
      const before = await here().sql('SELECT count(*)::int AS count FROM click');
      expect(await followLink(ports, code, person)).toBeNull();
      expect(await here().sql('SELECT count(*)::int AS count FROM click')).toEqual(before);
    },
  );

  test('tells visitors of one day apart without knowing them, and forgets how when the day is over', async () => {
    const { ports, code } = await linked();
    ports.clock.set(new Date('2027-01-10T09:00:00Z'));
    await followLink(ports, code, person);
    await followLink(ports, code, person);
    await followLink(ports, code, { ...person, address: '192.0.2.8' });
    await followLink(ports, code, { ...person, address: null });
    const [first, again, other, nobody] = (await clicks(code)).map((click) => click.visitor);
    expect(first).toMatch(/^[\w-]{22}$/u);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
    expect(nobody).toBeNull();
    const key = () => here().sql('SELECT day, key FROM visitor_key');
    const [before] = await key();
    expect(before.day).toBe('2027-01-10');

    ports.clock.advance(DAY);
    await followLink(ports, code, person);
    expect((await clicks(code)).at(-1)?.visitor).not.toBe(first);
    const [after, ...rest] = await key();
    expect([after.day, rest]).toEqual(['2027-01-11', []]);
    expect(after.key).not.toEqual(before.key);
    const dump = JSON.stringify(await here().sql('SELECT * FROM click'));
    expect(dump).not.toContain('192.0.2');
  });
});
