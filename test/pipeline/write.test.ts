import { describe, expect, test } from 'vitest';
import { WriterError } from '../../src/lib/errors.ts';
import { write } from '../../src/pipeline/write/index.ts';
import type { Written } from '../../src/ports/writer.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { gate, modelWriters, signal, storeOfFile, textsFor, worldOver } from './world.ts';

const here = storeOfFile();
const nothing = (): Partial<Written> => ({ texts: [] });

describe('an article that was read', () => {
  test('becomes one post per active channel, each with its review in the queue and links of its own', async () => {
    const writers = modelWriters();
    const world = await worldOver(here(), { ports: { writers } });
    const [lv, en, other] = [
      await world.channel({ language: 'lv' }),
      await world.channel(),
      await world.channel({ language: 'lv' }),
    ];
    await world.channel({ state: 'paused' });
    await world.channel({ state: 'attention' });
    await world.channel({ state: 'removed' });
    await world.channel({ platform: 'circle' });
    const story = await world.story({ language: 'en' });
    await write(world.ports, story.fateId, signal);

    const posts = await world.postsOf(story.articleId);
    expect(posts.map(({ post, channel }) => [channel.id, post.language, post.state])).toEqual([
      [lv.id, 'lv', 'review'],
      [en.id, 'en', 'review'],
      [other.id, 'lv', 'review'],
    ]);
    expect(writers.calls.map((call) => [call.language, call.targets.length])).toEqual([
      ['lv', 2],
      ['en', 1],
    ]);
    expect(await world.sent()).toEqual(
      expect.arrayContaining(posts.map(({ post }) => ({ verb: 'review', postId: post.id }))),
    );
    expect(await world.sent()).toHaveLength(3);
    for (const { post, channel } of posts) {
      const links = await here().store.posts.linksOf(post.id);
      expect(links).toEqual([
        expect.objectContaining({ kind: 'article', channelId: channel.id, target: story.url, brandId: world.brand.id }),
      ]);
      expect(post.text).toContain(`https://crier.example/r/${links[0]?.code}`);
    }
    expect(await world.fate(story)).toBe('waiting review');
  });

  test('is written once, however often the job comes', async () => {
    const writers = modelWriters();
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel();
    const story = await world.story();
    for (let time = 0; time < 3; time++) await write(world.ports, story.fateId, signal);
    expect(writers.calls).toHaveLength(1);
    expect(await world.postsOf(story.articleId)).toHaveLength(1);
  });

  test('is written once by two processes at the same moment', async () => {
    const [inside, done] = [gate(), gate()];
    const writers = modelWriters(async () => {
      inside.open();
      await done.opened;
      return {};
    });
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel();
    await world.channel();
    const story = await world.story();
    const other = await here().another();
    const first = write(world.ports, story.fateId, signal);
    await inside.opened;
    await write({ ...world.ports, store: other }, story.fateId, signal);
    await write(world.ports, story.fateId, signal);
    done.open();
    await first;
    expect(writers.calls).toHaveLength(1);
    expect(await world.postsOf(story.articleId)).toHaveLength(2);
    expect(await world.sent()).toHaveLength(2);
  });

  test('of the sample source reaches rehearsal platforms only', async () => {
    const platforms = fakePlatforms([
      squarePlatform(),
      squarePlatform({ name: 'mirror', local: true, rehearsal: true }),
    ]);
    const world = await worldOver(here(), { ports: { platforms }, sample: true });
    await world.channel();
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting channel');
    const rehearsal = await world.channel({ platform: 'mirror' });
    await write(world.ports, story.fateId, signal);
    expect((await world.postsOf(story.articleId)).map(({ channel }) => channel.id)).toEqual([rehearsal.id]);
  });

  test('whose source was removed meanwhile is filtered by that rule', async () => {
    const world = await worldOver(here());
    await world.channel();
    const story = await world.story();
    await here().store.sources.setState(world.source.id, 'removed');
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toMatch(/^filtered source-removed/u);
    expect(await world.postsOf(story.articleId)).toEqual([]);
  });

  test('waits without a word while its brand is paused', async () => {
    const world = await worldOver(here(), { brand: { paused: true } });
    await world.channel();
    const story = await world.story();
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting writer');
    await here().store.brands.save({ ...world.brand, paused: false });
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting review');
  });
});

describe('a model that fails', () => {
  test.each([
    ['unavailable', 2],
    ['timeout', 2],
    ['bad-answer', 2],
    ['rate-limited', 1],
    ['unauthorized', 1],
    ['refused', 1],
    ['over-budget', 1],
  ] as const)('with %s is asked %d times, then the offline writer stands in', async (kind, calls) => {
    const writers = modelWriters(() => {
      throw new WriterError(kind, 'The model is not itself today.');
    });
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel();
    const [view] = await world.written();
    expect(writers.calls).toHaveLength(calls);
    expect(view?.post).toMatchObject({ writer: 'offline', state: 'review', reason: null, costMicros: 0 });
    expect(view?.post.text).toContain(view?.article.title);
  });

  test('is left to a person where the brand wants that, on an automatic channel too', async () => {
    const writers = modelWriters(() => {
      throw new WriterError('unauthorized', 'The key was not accepted.');
    });
    const world = await worldOver(here(), { ports: { writers }, brand: { onWriterFailure: 'review' } });
    await world.channel({ auto: true });
    const [view] = await world.written();
    await world.flow();
    expect((await here().store.posts.get(view?.post.id as number))?.state).toBe('review');
    expect(view?.post.reason).toBe(
      'the model gave no usable text (The key was not accepted.); this is the offline writer’s'.replace('’', "'"),
    );
    expect(view?.post.writer).toBe('offline');
  });

  test('once is asked again, and its second answer counts', async () => {
    const writers = modelWriters((_, call) => {
      if (call === 1) throw new WriterError('timeout', 'Too slow.');
      return { costMicros: 7 };
    });
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel();
    const [view] = await world.written();
    expect(view?.post).toMatchObject({ writer: 'clever-1', costMicros: 7 });
  });

  test.each([
    ['leaves a place out', nothing],
    ['leaves one of two places out', (texts: Written['texts']) => ({ texts: texts.slice(1) })],
    [
      'writes only white space',
      (texts: Written['texts']) => ({ texts: texts.map((text) => ({ ...text, headline: ' ', body: '\n' })) }),
    ],
  ])('because it %s is asked again, then the offline writer stands in', async (_, spoil) => {
    const writers = modelWriters((request) => spoil(textsFor(request, 'Body.')));
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel();
    await world.channel();
    const posts = await world.written();
    expect(writers.calls).toHaveLength(2);
    expect(posts.map(({ post }) => post.writer)).toEqual(['offline', 'offline']);
  });

  test('with something nobody foresaw is treated like one that gives no answer', async () => {
    const writers = modelWriters(() => {
      throw new TypeError('x is not a function');
    });
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel();
    const [view] = await world.written();
    expect(view?.post.writer).toBe('offline');
  });
});

describe('no article is lost', () => {
  test('when composing throws: it waits for the writer and a later run writes it', async () => {
    let broken = true;
    const platform = squarePlatform();
    const platforms = fakePlatforms([
      {
        ...platform,
        form: (address) => {
          if (broken) throw new Error('a bug in the platform');
          return platform.form(address);
        },
      },
    ]);
    const world = await worldOver(here(), { ports: { platforms } });
    await world.channel();
    const story = await world.story();
    await expect(write(world.ports, story.fateId, signal)).rejects.toThrow('a bug in the platform');
    expect(await world.fate(story)).toBe('waiting writer');
    expect(await world.sent()).toEqual([]);
    broken = false;
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting review');
  });

  test('when the process is told to stop in the middle', async () => {
    const stop = new AbortController();
    const writers = modelWriters((_, call) => {
      if (call > 1) return {};
      stop.abort();
      throw new WriterError('timeout', 'It was interrupted.');
    });
    const world = await worldOver(here(), { ports: { writers } });
    await world.channel();
    const story = await world.story();
    await expect(write(world.ports, story.fateId, stop.signal)).rejects.toThrow();
    expect(await world.fate(story)).toBe('waiting writer');
    expect(await world.postsOf(story.articleId)).toEqual([]);
    await write(world.ports, story.fateId, signal);
    expect((await world.postsOf(story.articleId))[0]?.post.writer).toBe('clever-1');
  });

  test('when the database refuses the second of two posts: neither is kept, both come later', async () => {
    const world = await worldOver(here());
    await world.channel();
    const second = await world.channel();
    const story = await world.story();
    await here().sql(
      `CREATE FUNCTION refuse_${second.id}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
         IF NEW.channel_id = ${second.id} THEN RAISE 'no space left'; END IF; RETURN NEW; END $$`,
    );
    await here().sql(
      `CREATE TRIGGER refuse_${second.id} BEFORE INSERT ON post FOR EACH ROW EXECUTE FUNCTION refuse_${second.id}()`,
    );
    await expect(write(world.ports, story.fateId, signal)).rejects.toThrow();
    expect(await world.postsOf(story.articleId)).toEqual([]);
    expect(await world.sent()).toEqual([]);
    expect(await world.fate(story)).toBe('waiting writer');
    await here().sql(`DROP TRIGGER refuse_${second.id} ON post`);
    await write(world.ports, story.fateId, signal);
    expect(await world.postsOf(story.articleId)).toHaveLength(2);
  });

  test('when the process dies while writing: another one takes over at once', async () => {
    const world = await worldOver(here());
    await world.channel();
    const story = await world.story();
    const dying = await here().another();
    expect(await dying.fates.claim(story.fateId)).not.toBeNull();
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting writer');
    await dying.close();
    await write(world.ports, story.fateId, signal);
    expect(await world.fate(story)).toBe('waiting review');
  });
});
