import { describe, expect, test } from 'vitest';
import { FetchError, PlatformError } from '../../src/lib/errors.ts';
import { useStore } from './bench.ts';
import { FEED, storePorts } from './seed.ts';
import { fakeFeeds } from './support.ts';

const bench = useStore();

describe('brand', () => {
  test('shows and changes its settings', async () => {
    expect(
      await bench.crier(
        'brand',
        'set',
        'name=Rīgas Ziņas',
        'timezone=europe/riga',
        'language=lv-LV',
        'tone=warm',
        'cta=',
        'privacy-url=https://a.example/p',
      ),
    ).toMatchObject({ code: 0 });
    const { records } = await bench.crier('brand', 'show', '--json');
    expect(records).toMatchObject([
      {
        name: 'Rīgas Ziņas',
        timeZone: 'Europe/Riga',
        language: 'lv',
        callToAction: null,
        voice: { tone: 'warm' },
        controller: { privacyUrl: 'https://a.example/p' },
      },
    ]);
    expect((await bench.crier('brand', 'show')).out).toMatch(/^timezone +Europe\/Riga +its time zone/mu);
    expect(bench.closed).toBe(3);
  });

  test('names every fault at once and then changes nothing', async () => {
    const { code, error } = await bench.crier(
      'brand',
      'set',
      'name=New',
      'language=latviski',
      'timezone=Riga',
      'colour=red',
      'tone',
      'disclosure=no',
      'privacy-url=ftp://x',
    );
    expect(code).toBe(2);
    expect(error).toContain('language wants a language code');
    expect(error).toContain('timezone wants a name of the IANA list like Europe/Riga.');
    expect(error).toContain('There is no setting "colour".');
    expect(error).toContain('"tone" is not of the form KEY=VALUE.');
    expect(error).toContain('disclosure is one of label, editorial.');
    expect(error).toContain('privacy-url wants an address');
    expect((await bench.ports.store.brands.default()).name).not.toBe('New');
  });

  test('an unknown one is answered with those there are, by every command', async () => {
    const { slug } = await bench.ports.store.brands.default();
    expect(await bench.crier('source', 'list', '--brand', 'nobody')).toMatchObject({
      code: 2,
      error: expect.stringContaining(`There is no brand "nobody".\nThere is: ${slug}`),
    });
    expect(await bench.crier('source', 'list', '--brand', slug)).toMatchObject({ code: 0 });
  });
});

describe('source', () => {
  test('is added, listed, shown by address, paused, resumed and removed', async () => {
    expect(await bench.crier('source', 'list')).toMatchObject({
      code: 0,
      out: 'Nothing yet. Add a source: crier source add URL',
    });
    const added = await bench.crier('source', 'add', FEED, '--first', 'all', '--json');
    expect(added).toMatchObject({
      code: 0,
      records: [{ url: FEED, created: true, found: { kind: 'rss', entries: 2 } }],
    });
    expect((await bench.crier('source', 'list')).out).toMatch(
      /^ *1 +News Example +not read yet|^ *\d+ +https:\/\/news\.example/mu,
    );
    const { records } = await bench.crier('source', 'list', '--json');
    expect(records).toMatchObject([{ url: FEED, state: 'active', counts: { seen: 0 } }]);
    expect(
      (await bench.crier('source', 'pause', 'http://www.news.example/feed.xml?utm_source=x', '--json')).records,
    ).toMatchObject([{ state: 'paused' }]);
    expect((await bench.crier('source', 'show', FEED)).out).toMatch(/^State +paused$/mu);
    expect((await bench.crier('source', 'resume', String(records[0].id))).code).toBe(0);
    expect((await bench.crier('source', 'remove', FEED)).out).toMatch(/^Removed source \d+/u);
    expect((await bench.crier('source', 'list', '--json')).records).toEqual([]);
  });

  test('is read now when a person asks, and when it is resumed', async () => {
    await bench.crier('source', 'add', FEED);
    const polls = async () => (await bench.database.jobs()).filter((job) => job.verb === 'collect').length;
    const before = await polls();
    expect((await bench.crier('source', 'poll', FEED, '--json')).records).toMatchObject([{ state: 'active' }]);
    expect(await polls()).toBe(before + 1);
    await bench.crier('source', 'pause', FEED);
    expect(await bench.crier('source', 'poll', FEED)).toMatchObject({
      code: 2,
      error: expect.stringContaining('crier source resume'),
    });
    await bench.crier('source', 'resume', FEED);
    expect(await polls()).toBe(before + 2);
  });

  test('an unknown one is answered with how to see them, and nothing is changed', async () => {
    await bench.crier('source', 'add', FEED);
    for (const input of ['999', '999999999999', 'https://other.example/feed', '-']) {
      expect(await bench.crier('source', 'pause', FEED, input)).toMatchObject({
        code: 2,
        error: expect.stringContaining('See them with: crier source list'),
      });
    }
    expect((await bench.crier('source', 'list', '--json')).records[0].state).toBe('active');
  });

  test('one that can not be read is refused with the reason', async () => {
    bench.ports = storePorts(bench.database.store, {
      feeds: fakeFeeds({
        failure: () => new FetchError('not-a-feed', 'That is a web page, not a feed.', { cure: 'Look for its feed.' }),
      }),
    });
    expect(await bench.crier('source', 'add', 'https://page.example/')).toMatchObject({
      code: 1,
      error: 'That is a web page, not a feed.\nLook for its feed.',
    });
    expect(await bench.crier('source', 'add', 'nonsense')).toMatchObject({
      code: 2,
      error: expect.stringContaining('Usage: crier source add'),
    });
  });
});

test('a call to action per language is set and cleared', async () => {
  const set = async (value: string) => (await bench.crier('brand', 'set', value, '--json')).records[0].invitations;
  expect(await set('cta-en=Questions? Write!')).toEqual({ en: 'Questions? Write!' });
  expect(await set('cta-lv=Jautājumi?')).toEqual({ en: 'Questions? Write!', lv: 'Jautājumi?' });
  expect(await set('cta-en=')).toEqual({ lv: 'Jautājumi?' });
});

describe('channel', () => {
  test('is connected, listed, paused, resumed and removed', async () => {
    expect((await bench.crier('channel', 'list')).out).toBe(
      'Nothing yet. Connect a channel: crier channel add square:@name',
    );
    const { code, records } = await bench.crier('channel', 'add', 'square:@News', '--lang', 'lv', '--auto', '--json');
    expect(code).toBe(0);
    expect(records).toMatchObject([
      {
        channel: 'square:@news',
        name: 'The square of @news',
        language: 'lv',
        auto: true,
        state: 'active',
        created: true,
      },
    ]);
    expect((await bench.crier('channel', 'list')).out).toMatch(
      /square:@news +The square of @news +lv +by themselves +active/u,
    );
    expect((await bench.crier('channel', 'pause', 'square:@NEWS', '--json')).records).toMatchObject([
      { state: 'paused' },
    ]);
    expect((await bench.crier('channel', 'resume', String(records[0].id), '--json')).records).toMatchObject([
      { state: 'active' },
    ]);
    const set = (...values: string[]) => bench.crier('channel', 'set', 'square:@news', ...values);
    expect(await set('links=some', 'label=exempt', 'wrong=1')).toMatchObject({
      code: 2,
      error: expect.stringMatching(
        /links is one of all, best, none\.[\s\S]*no setting "wrong"[\s\S]*exempt wants a written reason/u,
      ),
    });
    expect(
      (await set('links=none', 'label=exempt', 'exempt-reason=our own prices', 'name=News', '--json')).records,
    ).toMatchObject([{ name: 'News', style: { links: 'none', label: 'exempt', exemptReason: 'our own prices' } }]);
    expect((await set('auto=no', 'language=', 'preview=small-above', '--json')).records).toMatchObject([
      { auto: false, language: null, style: { links: 'none', preview: 'small', previewAbove: true } },
    ]);
    expect((await set()).out).toMatch(/links +none +none; whatever/u);
    expect((await bench.crier('channel', 'remove', 'square:@news')).code).toBe(0);
    expect((await bench.crier('channel', 'list', '--json')).records).toEqual([]);
  });

  test('a wrong one is refused with what to write', async () => {
    bench.withPlatform({});
    expect(await bench.crier('channel', 'add', 'news')).toMatchObject({
      code: 2,
      error: expect.stringContaining('square:…, circle:…'),
    });
    expect(await bench.crier('channel', 'add', 'square:news')).toMatchObject({
      code: 2,
      error: expect.stringContaining('must begin with @'),
    });
    expect(await bench.crier('channel', 'add', 'circle:news')).toMatchObject({
      code: 2,
      error: expect.stringContaining('CIRCLE_TOKEN'),
    });
    expect(await bench.crier('channel', 'check', 'square:@nobody')).toMatchObject({
      code: 2,
      error: expect.stringContaining('crier channel list'),
    });
  });

  test('check marks a channel that lost its rights, and frees it once they are back', async () => {
    await bench.crier('channel', 'add', 'square:@news');
    bench.withPlatform({
      inspect: async () => ({
        title: 'x',
        problems: [{ problem: 'The bot may not post.', cure: 'Make it an administrator.' }],
        notes: [],
      }),
    });
    const { code, out } = await bench.crier('channel', 'check');
    expect(code).toBe(1);
    expect(out).toContain('✗ square:@news');
    expect(out).toContain('The bot may not post. Make it an administrator.');
    expect((await bench.crier('channel', 'list', '--json')).records).toMatchObject([
      { state: 'attention', reason: 'The bot may not post. Make it an administrator.' },
    ]);
    bench.withPlatform({});
    expect((await bench.crier('channel', 'check', '--json')).records).toMatchObject([
      { channel: 'square:@news', ok: true, problems: [], state: 'active' },
    ]);
    expect((await bench.crier('channel', 'list', '--json')).records).toMatchObject([{ state: 'active', reason: null }]);
  });

  test('check changes nothing while the platform can not be asked, and leaves a paused channel paused', async () => {
    await bench.crier('channel', 'add', 'square:@news');
    bench.withPlatform({ inspect: () => Promise.reject(new PlatformError('unavailable', 'square does not answer.')) });
    expect(await bench.crier('channel', 'check')).toMatchObject({
      code: 1,
      out: expect.stringContaining('square does not answer.'),
    });
    expect((await bench.crier('channel', 'list', '--json')).records).toMatchObject([{ state: 'active' }]);
    bench.withPlatform({});
    await bench.crier('channel', 'pause', 'square:@news');
    expect((await bench.crier('channel', 'check', '--json')).records).toMatchObject([{ ok: true, state: 'paused' }]);
  });
});

describe('the brand’s voice and model', () => {
  test('are set, shown and checked', async () => {
    const set = (...assignments: string[]) => bench.crier('brand', 'set', ...assignments, '--json');
    const { records } = await set(
      'avoid=cheap, best of all ,cheap',
      'formality=formal',
      'emoji=none',
      'model=small-1',
      'temperature=0,7',
      'max-tokens=3000',
      'variants=2',
      'second-opinion=on',
    );
    expect(records).toMatchObject([
      {
        voice: { avoid: ['cheap', 'best of all'], formality: 'formal', emoji: 'none' },
        modelSettings: { model: 'small-1', temperature: 0.7, maxTokens: 3000, variants: 2, secondOpinion: true },
      },
    ]);
    expect((await set('model=', 'temperature=', 'max-tokens=', 'variants=1')).records).toMatchObject([
      { modelSettings: { model: null, temperature: null, maxTokens: null, variants: 1, secondOpinion: true } },
    ]);
    const { code, error } = await set(
      'temperature=2.5',
      'max-tokens=10',
      'variants=3',
      'emoji=lots',
      'formality=rude',
      'model=two words',
      `avoid=${'x'.repeat(61)}`,
    );
    expect(code).toBe(2);
    expect(error).toContain('temperature wants a number from 0 to 2.');
    expect(error).toContain('max-tokens wants a number from 200 to 100000.');
    expect(error).toContain('variants is one of 1, 2.');
    expect(error).toContain('emoji is one of none, few, many.');
    expect(error).toContain('formality is one of any, informal, formal.');
    expect(error).toContain('model wants a name');
    expect(error).toContain('avoid takes words of at most 60 characters');
  });

  test('good posts are added, listed and removed; at most ten of 500 characters', async () => {
    const example = (...rest: string[]) => bench.crier('brand', 'example', ...rest);
    expect((await example('list')).out).toContain('No examples yet.');
    for (let number = 1; number <= 10; number++) await example('add', `Post ${number}\nwith a second line`);
    expect(await example('add', 'one too many')).toMatchObject({ code: 2 });
    expect((await example('remove', '2', '--json')).records).toHaveLength(9);
    expect(await example('add', 'x'.repeat(501))).toMatchObject({
      code: 2,
      error: expect.stringContaining('at most 500'),
    });
    expect(await example('remove', '12')).toMatchObject({ code: 2 });
    const { records } = await example('list', '--json');
    expect(records[1]).toEqual({ number: 2, text: 'Post 3\nwith a second line' });
  });
});

describe('source add of a chat', () => {
  const hears = async () => ({ title: 'News desk', problems: [], notes: [] });
  const chat = { listen: async () => {}, send: async () => {}, deepLink: async () => null };

  test('follows it, names it well everywhere, and takes every spelling of its address', async () => {
    bench.withPlatform({ chat: { ...chat, hears } });
    const { out } = await bench.crier('source', 'add', 'square:@Desk');
    expect(out).toContain('Added source 1, Square chat “News desk”.');
    expect((await bench.crier('source', 'list')).out).toContain('Square chat “News desk”');
    const { records } = await bench.crier('source', 'show', 'square:@DESK', '--json');
    expect(records).toMatchObject([{ url: 'square:@desk', kind: 'chat', nextPollAt: null, push: null }]);
    expect((await bench.crier('source', 'show', '1')).out).toMatch(/^Last link +-/mu);
    expect(await bench.crier('source', 'poll', '1')).toMatchObject({
      code: 2,
      error: expect.stringContaining('it is heard, not read'),
    });
    expect((await bench.crier('source', 'remove', 'square:@desk')).out).toContain('Removed source 1');
  });

  test('of a platform without keys, or that Crier can not hear, says what to do', async () => {
    bench.withPlatform({});
    expect(await bench.crier('source', 'add', 'circle:x')).toMatchObject({
      code: 2,
      error: expect.stringContaining('CIRCLE_TOKEN'),
    });
    expect(await bench.crier('source', 'add', 'square:@desk')).toMatchObject({
      code: 2,
      error: expect.stringContaining("can't take in links from square"),
    });
  });
});
