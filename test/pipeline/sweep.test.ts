import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { DIED, SEND_DEADLINE_MS } from '../../src/domain/delivery.ts';
import { MINUTE, SECOND } from '../../src/lib/clock.ts';
import { deliver } from '../../src/pipeline/deliver/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import { write } from '../../src/pipeline/write/index.ts';
import type { Job } from '../../src/ports/queue.ts';
import { fakePlatforms, START, squarePlatform } from '../cli/support.ts';
import { entry } from './river.ts';
import { fresh, signal, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();

/** The jobs that one sweep makes. */
async function swept(world: World, options: Parameters<typeof sweep>[1] = {}): Promise<Job[]> {
  const before = (await world.sent()).length;
  await sweep(world.ports, options);
  return (await world.sent()).slice(before);
}

/** One of everything that waits, made just now; its jobs were never sent. */
async function everything() {
  const { store } = here();
  const platforms = fakePlatforms([squarePlatform({ engagement: async () => [] })]);
  const world = await worldOver(here(), { ports: { platforms } });
  const channel = await world.channel({ auto: true });
  const toMeasure = await world.due();
  await deliver(world.ports, toMeasure.id, signal);
  const toDeliver = await world.due();
  const [toReview] = await world.written();
  const toWrite = await world.story();
  const [articleId = 0] = await store.articles.add([
    { feedId: world.source.feed.id, entry: entry(fresh('story')), seenAt: START },
  ]);
  const fate = { brandId: world.brand.id, articleId, reason: null, changedAt: START };
  const other = await store.sources.add(
    { brandId: world.brand.id, url: `https://news.example/${fresh('feed')}`, name: null, firstPosts: 1, sample: false },
    START,
  );
  await store.fates.add(
    [world.source.id, other.source.id].map((sourceId) => ({ ...fate, sourceId, state: 'waiting', waitingFor: 'page' })),
  );
  const key = fresh('update');
  const person = { id: 'p', name: 'P', language: null };
  await store.updates.add(
    'square',
    { key, at: START, event: { kind: 'message', person, to: 'p', text: 'Hello', start: null } },
    START,
  );
  const [update] = await here().sql('SELECT id FROM "update" WHERE key = $1', [key]);
  const jobs = {
    atOnce: [{ verb: 'poll' }, { verb: 'deliver', deliveryId: toDeliver.id }, { verb: 'qualify', updateId: update.id }],
    later: [
      { verb: 'read', articleId },
      { verb: 'write', fateId: toWrite.fateId },
      { verb: 'review', postId: toReview?.post.id },
    ],
    measure: { verb: 'measure', deliveryId: toMeasure.id },
  };
  return { world, channel, jobs };
}

describe('a sweep', () => {
  test('brings up what is due at once, and leaves alone what came less than a minute ago', async () => {
    const { world, jobs } = await everything();
    world.ports.clock.advance(59 * SECOND);
    const made = await swept(world);
    expect(made).toEqual(expect.arrayContaining(jobs.atOnce));
    for (const job of [...jobs.later, jobs.measure]) expect(made).not.toContainEqual(job);
  });

  test('after a minute brings up everything that has lost its job, each once', async () => {
    const { world, jobs } = await everything();
    world.ports.clock.advance(2 * MINUTE);
    const made = await swept(world);
    for (const job of [...jobs.atOnce, ...jobs.later, jobs.measure])
      expect(made.filter((one) => JSON.stringify(one) === JSON.stringify(job))).toEqual([job]);
  });

  test('of all brings up what came just now, too, but nothing before its time', async () => {
    const { world, jobs } = await everything();
    const made = await swept(world, { all: true });
    expect(made).toEqual(expect.arrayContaining([...jobs.atOnce, ...jobs.later]));
    expect(made).not.toContainEqual(jobs.measure);
  });

  test('lets the river run to its end, and then finds nothing more to do', async () => {
    const { world, jobs } = await everything();
    world.ports.clock.advance(2 * MINUTE);
    await sweep(world.ports);
    await world.flow();
    world.ports.clock.advance(2 * MINUTE);
    const made = await swept(world);
    for (const job of [...jobs.later, jobs.measure, jobs.atOnce[1]]) expect(made).not.toContainEqual(job);
  });

  test('does not bring up what a living process is writing', async () => {
    const { world, jobs } = await everything();
    const [, toWrite] = jobs.later as [Job, Extract<Job, { verb: 'write' }>];
    const other = await here().another();
    await other.fates.claim(toWrite.fateId);
    world.ports.clock.advance(2 * MINUTE);
    expect(await swept(world)).not.toContainEqual(toWrite);
    await other.close();
    expect(await swept(world)).toContainEqual(toWrite);
  });

  test('leaves the posts of a manual channel to people', async () => {
    const world = await worldOver(here());
    await world.channel({ auto: false });
    const [view] = await world.written();
    world.ports.clock.advance(2 * MINUTE);
    expect(await swept(world)).not.toContainEqual({ verb: 'review', postId: view?.post.id });
  });

  test('wakes the articles of a brand with a channel, not those of a paused one', async () => {
    const [world, paused] = [await worldOver(here()), await worldOver(here())];
    const [mine, theirs] = [await world.story(), await paused.story()];
    await write(world.ports, mine.fateId, signal);
    await write(paused.ports, theirs.fateId, signal);
    await world.channel();
    await paused.channel();
    await here().store.brands.save({ ...paused.brand, paused: true });
    const made = await swept(world);
    expect(made).toContainEqual({ verb: 'write', fateId: mine.fateId });
    expect(made).not.toContainEqual({ verb: 'write', fateId: theirs.fateId });
  });
});

describe('a send without an end', () => {
  test.each([
    ['whose process is gone', 0, true],
    ['whose process lives', 0, false],
    ['that is older than any send can take, although its process lives', 2 * SEND_DEADLINE_MS + SECOND, false],
  ])('%s', async (_, waitMs, dies) => {
    const world = await worldOver(here());
    const { id, postId } = await world.due();
    const other = await here().another();
    await other.deliveries.begin(id, { id: randomUUID(), body: 'a post' }, world.ports.clock.now());
    if (dies) await other.close();
    world.ports.clock.advance(waitMs);
    await sweep(world.ports);
    const lost = dies || waitMs > 0;
    expect(await here().store.deliveries.get(id)).toMatchObject(
      lost ? { state: 'unclear', reason: DIED } : { state: 'intent', reason: null },
    );
    const post = await here().store.posts.get(postId);
    const [fate] = await here().store.fates.ofArticle(post?.articleId as number);
    expect(fate?.reason ?? '').toMatch(lost ? /^unclear:/u : /^$/u);
    expect(await swept(world)).not.toContainEqual({ verb: 'deliver', deliveryId: id });
    if (!dies) await other.close();
  });
});
