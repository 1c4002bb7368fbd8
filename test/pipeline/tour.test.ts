import { expect, test } from 'vitest';
import { addSource } from '../../src/pipeline/collect/index.ts';
import { connectChannel } from '../../src/pipeline/deliver/index.ts';
import { prepareSample } from '../../src/wiring/sample.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { testStore } from '../support/database.ts';
import { riverOver, scriptedFeeds } from './river.ts';

const { signal } = new AbortController();

test('the tour begins in an empty installation and ends with the first own source and the first real channel', async () => {
  const here = await testStore();
  try {
    const platforms = fakePlatforms([
      squarePlatform(),
      squarePlatform({ name: 'preview', rehearsal: true, local: true, parseAddress: (address) => ({ address }) }),
    ]);
    const { ports } = await riverOver(here, { platforms, feeds: scriptedFeeds({ entries: [] }) });
    const { id: brandId } = await here.store.brands.default();
    const kinds = async () => (await here.store.sources.list(brandId)).map((source) => source.feed.kind);
    const channels = async () =>
      (await here.store.channels.list(brandId)).map(
        (channel) => `${channel.platform}:${channel.address} ${channel.state}`,
      );

    expect(await prepareSample(ports, 'http://127.0.0.1:3000')).toBe(true);
    expect(await kinds()).toEqual(['sample']);
    expect(await channels()).toEqual(['preview:telegram active', 'preview:discord active', 'preview:x active']);

    await addSource(ports, { brandId, url: 'https://news.example/feed.xml', name: null, firstPosts: 1 }, signal);
    expect(await kinds()).not.toContain('sample');
    expect(
      (await channels()).every((line) => line.endsWith('active')),
      'previews still show the own source',
    ).toBe(true);

    await connectChannel(ports, { brandId, ref: 'square:@news', language: null, auto: true }, signal);
    expect(await channels()).toEqual([
      'preview:telegram paused',
      'preview:discord paused',
      'preview:x paused',
      'square:@news active',
    ]);

    await connectChannel(ports, { brandId, ref: 'preview:x', language: null, auto: true }, signal);
    await connectChannel(ports, { brandId, ref: 'square:@more', language: null, auto: true }, signal);
    expect(await channels(), 'a rehearsal that a person asked for stays').toContain('preview:x active');
    expect(await prepareSample(ports, 'http://127.0.0.1:3000'), 'and the tour does not come back').toBe(false);
  } finally {
    await here.close();
  }
});
