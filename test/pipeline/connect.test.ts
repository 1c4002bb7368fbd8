import { describe, expect, test } from 'vitest';
import { DAY, HOUR, MINUTE } from '../../src/lib/clock.ts';
import { PlatformError, UsageError } from '../../src/lib/errors.ts';
import { addSource } from '../../src/pipeline/collect/index.ts';
import { connectChannel } from '../../src/pipeline/deliver/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import { write } from '../../src/pipeline/write/index.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { scriptedFeeds } from './river.ts';
import { fresh, modelWriters, signal, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const wish = (world: World, ref = `square:@${fresh('place')}`) => ({
  brandId: world.brand.id,
  ref,
  language: null,
  auto: false,
});

describe('an article without a channel', () => {
  test('waits for one and is written when it comes', async () => {
    const world = await worldOver(here());
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting channel');
    world.ports.clock.advance(23 * HOUR);
    await connectChannel(world.ports, wish(world), signal);
    await world.flow();
    expect(await world.fate(story)).toBe('waiting review');
  });

  test('is filtered with the reason when it has waited for more than a day', async () => {
    const world = await worldOver(here());
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    world.ports.clock.advance(DAY + MINUTE);
    await connectChannel(world.ports, wish(world), signal);
    await world.flow();
    expect(await world.fate(story)).toBe('filtered no-channel: no channel was connected when it came');
    expect(await world.postsOf(story.articleId)).toEqual([]);
  });

  test('does not grow young again by a channel that can’t be used', async () => {
    const world = await worldOver(here(), {
      ports: {
        platforms: fakePlatforms([
          squarePlatform({
            inspect: async (address) => ({
              title: address,
              problems: address === '@locked' ? [{ problem: 'No right to post.', cure: 'Give it.' }] : [],
              notes: [],
            }),
          }),
        ]),
      },
    });
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    world.ports.clock.advance(20 * HOUR);
    const { channel } = await connectChannel(world.ports, wish(world, 'square:@locked'), signal);
    expect(channel).toMatchObject({ state: 'attention', reason: 'No right to post. Give it.' });
    await world.flow();
    expect(await world.fate(story)).toBe('waiting channel');
    world.ports.clock.advance(20 * HOUR);
    await connectChannel(world.ports, wish(world, 'square:@locked'), signal);
    expect(await world.fate(story)).toBe('waiting channel');
    await connectChannel(world.ports, wish(world), signal);
    await world.flow();
    expect(await world.fate(story)).toMatch(/^filtered no-channel/u);
  });

  test('is brought up again by the sweep when its job is lost', async () => {
    const world = await worldOver(here());
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    await connectChannel(world.ports, wish(world), signal);
    const lost = (await world.sent()).length;
    expect(lost).toBe(1);
    world.ports.clock.advance(2 * MINUTE);
    await sweep(world.ports);
    expect((await world.sent()).slice(lost)).toContainEqual({ verb: 'write', fateId: story.fateId });
  });

  test('is written when its paused channel is resumed', async () => {
    const world = await worldOver(here());
    const channel = await world.channel({ state: 'paused' });
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting channel');
    world.ports.clock.advance(2 * MINUTE);
    await sweep(world.ports);
    await world.flow();
    expect(await world.fate(story)).toBe('waiting channel');
    await here().store.channels.setState(channel.id, 'active', null);
    await sweep(world.ports);
    await world.flow();
    expect(await world.fate(story)).toBe('waiting review');
  });
});

describe('a wish for a channel', () => {
  test.each([
    ['not a reference', 'square', 'does not name a channel'],
    ['an unknown platform', 'circle:@a', 'There is no platform "circle"'],
    ['a platform without keys', 'triangle:@a', 'triangle is not configured: TRIANGLE_TOKEN is not set'],
    ['an address that the platform does not take', 'square:a', '"a" must begin with @.'],
  ])('that is %s is refused with what to do', async (_, ref, message) => {
    const world = await worldOver(here(), {
      ports: {
        platforms: fakePlatforms([squarePlatform()], [{ name: 'triangle', missing: 'TRIANGLE_TOKEN is not set' }]),
      },
    });
    const refusal = connectChannel(world.ports, wish(world, ref), signal);
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(message);
    expect(await here().store.channels.list(world.brand.id)).toEqual([]);
  });

  test('is stored in the platform’s own spelling, once, and a second wish changes its settings', async () => {
    const world = await worldOver(here());
    const name = fresh('place');
    const first = await connectChannel(world.ports, wish(world, `square:@${name.toUpperCase()}`), signal);
    expect(first).toMatchObject({
      created: true,
      channel: { address: `@${name}`, name: `The square of @${name}`, state: 'active' },
    });
    const again = await connectChannel(
      world.ports,
      { ...wish(world, `square:@${name}`), language: 'lv', auto: true },
      signal,
    );
    expect(again).toMatchObject({ created: false, channel: { id: first.channel.id, language: 'lv', auto: true } });
  });

  test('brings a removed one back under its old number', async () => {
    const world = await worldOver(here());
    const { channel } = await connectChannel(world.ports, wish(world), signal);
    await here().store.channels.setState(channel.id, 'removed', null);
    const back = await connectChannel(world.ports, wish(world, `square:${channel.address}`), signal);
    expect(back).toMatchObject({ created: true, channel: { id: channel.id, state: 'active' } });
  });

  test('that can’t be checked now is stored as one that needs attention', async () => {
    const inspect = async () => {
      throw new PlatformError('unavailable', 'The square does not answer.');
    };
    const world = await worldOver(here(), { ports: { platforms: fakePlatforms([squarePlatform({ inspect })]) } });
    const { channel } = await connectChannel(world.ports, wish(world), signal);
    expect(channel).toMatchObject({
      state: 'attention',
      reason: 'It could not be asked: The square does not answer. Check it later with: crier channel check',
    });
  });
});

test('articles of another brand are left to that brand', async () => {
  const writers = modelWriters();
  const [one, other] = [await worldOver(here(), { ports: { writers } }), await worldOver(here())];
  const story = await other.story();
  await write(other.ports, story.fateId, signal);
  await connectChannel(one.ports, wish(one), signal);
  await one.flow();
  expect(await other.fate(story)).toBe('waiting channel');
});

describe('the tour', () => {
  const mirror = squarePlatform({ name: 'mirror', local: true, rehearsal: true });
  const platforms = fakePlatforms([squarePlatform(), mirror]);
  const states = async (world: World) =>
    (await here().store.channels.list(world.brand.id)).map((channel) => [channel.platform, channel.state]);
  async function tour() {
    const world = await worldOver(here(), { ports: { platforms }, sample: true });
    await world.channel({ platform: 'mirror' });
    await world.channel({ platform: 'mirror' });
    return world;
  }

  test('ends with the first real channel: no sample any more, and rehearsals pause', async () => {
    const world = await tour();
    await connectChannel(world.ports, wish(world), signal);
    expect((await here().store.sources.get(world.source.id))?.state).toBe('removed');
    expect(await states(world)).toEqual([
      ['mirror', 'paused'],
      ['mirror', 'paused'],
      ['square', 'active'],
    ]);
  });

  test('goes on with another rehearsal', async () => {
    const world = await tour();
    await connectChannel(world.ports, wish(world, 'mirror:@again'), signal);
    expect((await here().store.sources.get(world.source.id))?.state).toBe('active');
    expect((await states(world)).map(([, state]) => state)).toEqual(['active', 'active', 'active']);
  });

  test('that ended does not pause what a person has resumed', async () => {
    const world = await tour();
    await connectChannel(world.ports, wish(world), signal);
    const [first] = await here().store.channels.list(world.brand.id);
    await here().store.channels.setState(first?.id as number, 'active', null);
    await connectChannel(world.ports, wish(world), signal);
    expect(await states(world)).toEqual([
      ['mirror', 'active'],
      ['mirror', 'paused'],
      ['square', 'active'],
      ['square', 'active'],
    ]);
  });

  test('loses its sample to the first own source, and keeps its channels', async () => {
    const world = await tour();
    await addSource(
      { ...world.ports, feeds: scriptedFeeds({ entries: [] }) },
      { brandId: world.brand.id, url: `https://news.example/${fresh('own')}.xml`, name: null, firstPosts: 1 },
      signal,
    );
    expect((await here().store.sources.get(world.source.id))?.state).toBe('removed');
    expect((await states(world)).map(([, state]) => state)).toEqual(['active', 'active']);
  });

  test('of one brand does not end because of another', async () => {
    const [mine, theirs] = [await tour(), await tour()];
    await connectChannel(mine.ports, wish(mine), signal);
    expect((await here().store.sources.get(theirs.source.id))?.state).toBe('active');
    expect((await states(theirs)).map(([, state]) => state)).toEqual(['active', 'active']);
  });
});
