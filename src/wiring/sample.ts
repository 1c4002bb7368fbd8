import { OPEN_SCHEDULE } from '../domain/schedule.ts';
import type { Ports } from '../ports/app.ts';

/** The three ways in which the tour shows each post. */
const LOOKS = ['telegram', 'discord', 'x'];

/**
 * An installation without any source and channel gets the tour: the sample source and three preview channels. One
 * that has the tour gets the sample's present address. Returns whether the tour is on.
 */
export async function prepareSample(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  origin: string,
): Promise<boolean> {
  const url = `${origin}/sample/feed.xml`;
  const brand = await store.brands.default();
  const [sources, channels] = await Promise.all([store.sources.list(brand.id), store.channels.list(brand.id)]);
  const sample = sources.find((source) => source.feed.kind === 'sample');
  if (sample !== undefined) {
    if (sample.feed.url !== url)
      await store.sources.saveFeed({ ...sample.feed, url, etag: null, lastModified: null, nextPollAt: clock.now() });
    return sample.state === 'active';
  }
  if (sources.length > 0 || channels.length > 0) return false;
  const now = clock.now();
  await store.transaction(async (tables) => {
    for (const look of LOOKS) {
      await tables.channels.add({
        brandId: brand.id,
        platform: 'preview',
        address: look,
        name: brand.name,
        language: null,
        auto: true,
        state: 'active',
        reason: null,
        schedule: OPEN_SCHEDULE,
        createdAt: now,
      });
    }
    const { source } = await tables.sources.add(
      { brandId: brand.id, url, name: null, firstPosts: 100, sample: true },
      now,
    );
    await tables.jobs.send([{ verb: 'collect', feedId: source.feed.id }]);
  });
  log.info({}, 'the tour was set up: sample source and three preview channels');
  return true;
}
