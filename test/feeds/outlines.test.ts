import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { tidyTags } from '../../src/domain/tag.ts';
import { createFeeds } from '../../src/feeds/index.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Outline } from '../../src/ports/outlines.ts';
import { serve } from './server.ts';

const server = await serve({
  // ū in windows-1257, as the first line says.
  '/list.opml': Buffer.from(
    `<?xml version="1.0" encoding="windows-1257"?><opml><body><outline text="\u00fbdens" xmlUrl="https://a.example/"/></body></opml>`,
    'latin1',
  ),
});
const feeds = createFeeds({ allowPrivate: [server.host], userAgent: 'test', log: silentLog });
afterAll(async () => {
  await feeds.close();
  await server.close();
});
const { signal } = new AbortController();
const read = (text: string) => feeds.outlines.read(text, signal);
const head = { title: 'My brand', createdAt: new Date('2026-11-23T10:00:00Z') };

describe('a list of feeds', () => {
  test('gives every feed with the folders above it, in order, and keeps what names no feed', async () => {
    const outlines = await read(`<?xml version="1.0" encoding="windows-1257"?>
      <opml version="1.0"><head><title>Mine</title></head><body>
        <outline text="Ziņas &amp; laiks"><outline text="Rīga">
          <outline type="rss" text="Delfi" title="DELFI" xmlUrl=" https://delfi.example/rss?a=1&amp;b=2 "/>
        </outline><outline text="LSM" XMLURL="https://lsm.example/feed"/></outline>
        <outline text="Only a note"/><outline isComment="true" text="A comment"/>
        <outline type="link" text="A link" url="https://link.example/"/>
        <outline type="rss" text="By url" url="https://old.example/rss"/>
        <outline xmlUrl="https://nameless.example/"/>
      </body></opml>`);
    expect(outlines).toEqual([
      { url: 'https://delfi.example/rss?a=1&b=2', title: 'DELFI', tags: ['Ziņas & laiks', 'Rīga'] },
      { url: 'https://lsm.example/feed', title: 'LSM', tags: ['Ziņas & laiks'] },
      { url: null, title: 'Only a note', tags: [] },
      { url: null, title: 'A link', tags: [] },
      { url: 'https://old.example/rss', title: 'By url', tags: [] },
      { url: 'https://nameless.example/', title: null, tags: [] },
    ]);
  });

  test.each([
    ['', 'not an OPML list'],
    ['{"feeds": []}', 'not an OPML list but <json>'],
    ['<rss version="2.0"><channel/></rss>', 'not an OPML list but <rss>'],
    ['<!DOCTYPE x [<!ENTITY a "1"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;"/></body></opml>', 'attack'],
    ['<opml><body><outline text="a"', 'broken'],
  ])('that is none is refused: %s', async (text, message) => {
    await expect(read(text)).rejects.toThrow(message);
  });

  test('at a web address comes through the guarded fetch, in its own charset', async () => {
    expect(await feeds.outlines.fetch(`${server.url}/list.opml`, signal)).toEqual([
      { url: 'https://a.example/', title: 'ūdens', tags: [] },
    ]);
    await expect(feeds.outlines.fetch('http://127.0.0.1:1/list.opml', signal)).rejects.toMatchObject({
      kind: 'blocked',
    });
    await expect(feeds.outlines.fetch(`${server.url}/other`, signal)).rejects.toMatchObject({ status: 404 });
  });

  test('without a single outline is empty', async () => {
    expect(await read('<opml version="2.0"><head/><body></body></opml>')).toEqual([]);
    expect(await read(feeds.outlines.write([], head))).toEqual([]);
  });

  test('nested as deep as an attacker likes ends in an answer', async () => {
    const depth = 200_000;
    const deep = `<opml><body>${'<outline text="a">'.repeat(depth)}${'</outline>'.repeat(depth)}</body></opml>`;
    await expect(read(deep)).rejects.toThrow(FetchError);
    expect(await read('<opml><body><outline text="b" xmlUrl="https://b.example/"/></body></opml>')).toHaveLength(1);
  });

  test('that was written is read back as it was, whatever the names', async () => {
    const name = fc.string({ unit: 'grapheme', maxLength: 20 });
    const outline = fc.record({
      url: fc.webUrl({ withQueryParameters: true }),
      title: name,
      tags: fc.array(name, { maxLength: 3 }).map(tidyTags),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(outline, { maxLength: 8, selector: ({ url }) => url }), async (outlines) => {
        const back = new Map<string, string[]>();
        for (const { url, tags } of await read(feeds.outlines.write(outlines as Outline[], head)))
          back.set(url ?? '', [...(back.get(url ?? '') ?? []), ...tags]);
        expect(new Map([...back].map(([url, tags]) => [url, tags.sort()]))).toEqual(
          new Map(outlines.map(({ url, tags }) => [url, [...tags].sort()])),
        );
      }),
      { numRuns: 50 },
    );
  });
});
