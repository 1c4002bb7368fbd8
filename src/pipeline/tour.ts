import type { Platforms } from '../ports/app.ts';
import type { Tables } from '../ports/store/index.ts';

/** The sample source ends with the brand's first own source or real channel: its articles belong in no real report. */
export async function endSample(tables: Tables, brandId: number): Promise<void> {
  for (const source of await tables.sources.list(brandId)) {
    if (source.feed.kind === 'sample') await tables.sources.setState(source.id, 'removed');
  }
}

/** Rehearsals pause when the brand's first real channel comes, so that nothing is written twice; a person may resume them. */
export async function endRehearsals(tables: Tables, platforms: Platforms, brandId: number): Promise<void> {
  const channels = await tables.channels.list(brandId);
  const isRehearsal = (platform: string) => platforms.get(platform)?.rehearsal ?? false;
  if (channels.some((channel) => !isRehearsal(channel.platform))) return;
  for (const channel of channels) {
    if (channel.state === 'active') {
      await tables.channels.setState(
        channel.id,
        'paused',
        'paused when the first real channel came; crier channel resume brings it back',
      );
    }
  }
}
