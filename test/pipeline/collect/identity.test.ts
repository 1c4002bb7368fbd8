import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MINUTE } from '../../../src/lib/clock.ts';
import { type Item, type Newsroom, newsroom, rss } from './newsroom.ts';

let room: Newsroom;
beforeAll(async () => {
  room = await newsroom();
});
afterAll(() => room.close());

let feeds = 0;
/** Follows a feed that had `before` and has `after`; what its source has then, by title as the feed had it first. */
async function fatesAfter(before: Item[], ...after: Item[][]) {
  const path = `/identity-${++feeds}`;
  room.publish(path, rss(before));
  const { feedId, sourceId } = await room.follow(path, { firstPosts: 99 });
  await room.collect(feedId);
  const added = [];
  for (const items of after) {
    room.publish(path, rss(items));
    added.push((await room.collect(feedId))?.added);
  }
  return { added, fates: await room.fates(sourceId) };
}
const DATE = 'Mon, 23 Nov 2026 09:00:00 GMT';
const other = (title: string): Item => ({ title, link: `https://news.example/${title}`, guid: title });

describe('an item without link and guid', () => {
  test('that is edited is the same one: its text, or its title, with or without a date', async () => {
    const first: Item = { title: 'Water is off', text: 'From noon to three.', date: DATE };
    expect(
      await fatesAfter(
        [first, other('x')],
        [{ ...first, text: 'From noon to five.' }, other('x')],
        [{ ...first, title: 'Water is back', text: 'From noon to five.' }, other('x')],
      ),
    ).toMatchObject({ added: [0, 0], fates: { length: 2 } });
    const { date: _, ...undated } = first;
    expect(await fatesAfter([undated], [{ ...undated, text: 'All day.' }, other('y')])).toMatchObject({ added: [1] });
  });

  test('stays apart from another of the same title that stands beside it, or comes later', async () => {
    const first: Item = { title: 'Notice', text: 'The library is closed.', date: DATE };
    const second: Item = { title: 'Notice', text: 'The pool is open.', date: DATE };
    expect(await fatesAfter([first], [second, first], [first], [second, first])).toMatchObject({
      added: [1, 0, 0],
      fates: { length: 2 },
    });
    const nextDay: Item = { ...second, date: 'Tue, 24 Nov 2026 09:00:00 GMT' };
    expect(await fatesAfter([first], [nextDay])).toMatchObject({ added: [1] });
  });
});

test('an item whose address and guid were changed with its title is the same one', async () => {
  const at = (slug: string, title: string): Item => ({
    ...{ title, text: 'The council met on Monday.', date: DATE },
    ...{ link: `https://news.example/${slug}`, guid: `https://news.example/${slug}` },
  });
  expect(await fatesAfter([at('old-slug', 'Council meets')], [at('new-slug', 'Council has met')])).toMatchObject({
    added: [0],
    fates: { length: 1 },
  });
});

/** A story that a feed carries in one form or another. */
const STORIES = 8;
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('publish' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('drop' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('guid' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('date' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('text' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('double' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('shuffle' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('slug' as const), story: fc.nat(STORIES - 1) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('host' as const), story: fc.nat(2) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('poll' as const), story: fc.constant(0) }) },
);

test('whatever a feed does to its documents, each story that a poll could see has one fate and no other has', {
  timeout: 240_000,
}, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
      const name = `run-${++run}`;
      const path = `/${name}`;
      /** What the document has of each story, in its order. */
      let document: { story: number; guid: number; slug: number; minute: number; text: number; copies: number }[] = [];
      let host = 0;
      /** An address and guid that a story had once is no other's later. */
      let slugs = 0;
      const seen = new Set<number>();
      const items = () =>
        document.flatMap(({ story, guid, slug, minute, text, copies }) =>
          Array.from({ length: copies }, () => ({
            title: `${name} story ${story}`,
            link: `https://h${host}.example/${name}/${slug}/${story}`,
            guid: `${name}-${story}-${guid}-${slug}`,
            date: new Date(Date.UTC(2026, 10, 22, 8 + story, minute)).toUTCString(),
            text: `${name} tells ${story}, edition ${text}.`,
          })),
        );
      room.publish(path, rss([]));
      const { feedId, sourceId } = await room.follow(path, { firstPosts: 99 });
      await room.collect(feedId);
      /** A move, of the feed or of one story, is seen by one poll before anything else changes, as in life. */
      const poll = async () => {
        room.clock.advance(MINUTE);
        room.publish(path, rss(items()));
        expect((await room.collect(feedId))?.problem).toBeNull();
        for (const { story } of document) seen.add(story);
      };
      for (const one of steps) {
        const found = document.find(({ story }) => story === one.story);
        if (one.do === 'poll') await poll();
        else if (one.do === 'publish' && !found)
          document.unshift({ story: one.story, guid: 0, slug: 0, minute: 0, text: 0, copies: 1 });
        else if (one.do === 'drop') document = document.filter(({ story }) => story !== one.story);
        else if (one.do === 'shuffle') document.reverse();
        else if (one.do === 'host') {
          await poll();
          host = one.story;
          await poll();
        } else if (found) {
          if (one.do === 'slug') {
            await poll();
            found.slug = ++slugs;
            await poll();
          } else if (one.do === 'guid') found.guid += 1;
          else if (one.do === 'date') found.minute = (found.minute + 1) % 60;
          else if (one.do === 'text') found.text += 1;
          else if (one.do === 'double') found.copies = 3 - found.copies;
        }
      }
      await poll();
      const fates = await room.fates(sourceId);
      const stories = fates.map((fate) => Number(fate.url.split('/').at(-1)));
      expect(stories.toSorted()).toEqual([...seen].toSorted());
    }),
    { numRuns: 25 },
  );
});
