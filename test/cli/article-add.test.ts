import { expect, test } from 'vitest';
import { FetchError } from '../../src/lib/errors.ts';
import { useStore } from './bench.ts';
import { article, fakeFeeds } from './support.ts';

const bench = useStore();
const URL = 'https://other.example/story';

test('article add brings a link in, and tells what became of one that is known', async () => {
  bench.ports = { ...bench.ports, feeds: fakeFeeds({ pages: { [URL]: article({ url: URL, canonicalUrl: URL }) } }) };
  await bench.crier('channel', 'add', 'square:@news');
  const added = await bench.crier('article', 'add', URL, '--channel', 'square:@news', '--json');
  expect(added).toMatchObject({
    code: 0,
    records: [
      { id: 1, url: URL, state: 'waiting', source: null, brought: true, verdict: expect.stringContaining('Waiting') },
    ],
  });
  const again = await bench.crier('article', 'add', URL);
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Known already: article 1') });
  expect(again.out).toContain('brought in by hand by the command line');
  expect((await bench.crier('why', URL)).out).toContain('given by a person');
});

test('article add refuses an unknown channel and a page that is not there, with the reason', async () => {
  bench.ports = {
    ...bench.ports,
    feeds: fakeFeeds({ failure: (url) => new FetchError('status', `${url} answered 404.`, { status: 404 }) }),
  };
  expect(await bench.crier('article', 'add', URL, '--channel', '7')).toMatchObject({ code: 2 });
  expect(await bench.crier('article', 'add', URL)).toMatchObject({ code: 1, error: expect.stringContaining('404') });
});
