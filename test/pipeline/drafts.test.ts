import { describe, expect, test } from 'vitest';
import { type Brand, firstBrand } from '../../src/domain/brand.ts';
import { type ChannelStyle, PLAIN_STYLE } from '../../src/domain/channel.ts';
import { silentLog } from '../../src/lib/log.ts';
import { type Draft, writeDrafts } from '../../src/pipeline/write/index.ts';
import type { Settings } from '../../src/ports/app.ts';
import type { Platform } from '../../src/ports/platform.ts';
import type { Writers } from '../../src/ports/writer.ts';
import { article, fakePlatforms, fakeWriters, START, squarePlatform } from '../cli/support.ts';
import { freePurse, modelWriters, signal, textsFor } from './world.ts';

const CONTROLLER = { name: 'Harbour Press Ltd', contact: 'privacy@harbour.example', privacyUrl: null };

/** Writes every part on a line of its own, so that a test sees which are there. */
const lines: Platform['form'] = () => ({
  ...squarePlatform().form('@a'),
  compose: ({ headline, body, link, callToAction, aiLabel }) =>
    [headline, body, link?.url, callToAction && `${callToAction.text} ${callToAction.url}`, aiLabel]
      .filter(Boolean)
      .join('\n'),
});
const square = squarePlatform({ form: lines });
const local = squarePlatform({ name: 'mirror', local: true, rehearsal: true, form: lines });

function draft(
  given: {
    places?: Draft['place'][];
    writers?: Writers;
    brand?: Partial<Brand>;
    publicUrl?: string;
    text?: Partial<ReturnType<typeof article>>;
  } = {},
) {
  const settings: Settings = {
    publicUrl: given.publicUrl ?? 'https://crier.example',
    publicUrlIsSet: true,
    version: '1.2.3',
  };
  return writeDrafts(
    {
      writers: given.writers ?? fakeWriters(),
      platforms: fakePlatforms([square, local]),
      settings,
      log: silentLog,
    },
    {
      brand: { id: 1, ...firstBrand('Europe/Riga'), controller: CONTROLLER, ...given.brand },
      article: { ...article(given.text), id: 1, feedId: null, guid: null, seenAt: START, frozenAt: START },
      places: given.places ?? [place('@a')],
      purse: freePurse(),
    },
    signal,
  );
}
const place = (address: string, language: string | null = null, platform = 'square') => ({
  platform,
  address,
  language,
});

describe('the writer', () => {
  test('is called once per language, for all places of it', async () => {
    const writers = modelWriters();
    const drafts = await draft({
      writers,
      places: [place('@a', 'lv'), place('@b', 'en'), place('@c', 'lv'), place('@d')],
    });
    expect(writers.calls.map((call) => [call.language, call.targets.length])).toEqual([
      ['lv', 2],
      ['en', 2],
    ]);
    expect(drafts.map((one) => one.writer)).toEqual(['clever-1', 'clever-1', 'clever-1', 'clever-1']);
  });

  test('gives each place its own text, in the order of the places', async () => {
    const places = [place('@a', 'lv'), place('@b', 'en'), place('@c', 'lv')];
    const writers = modelWriters((request) => ({
      texts: request.targets
        .map(({ id }, index) => ({ target: id, headline: `${request.language} ${index}`, body: 'Body.', hashtags: [] }))
        .reverse(),
    }));
    const drafts = await draft({ writers, places });
    expect(drafts.map((one) => [one.place.address, one.language, one.text.split('\n')[0]])).toEqual([
      ['@a', 'lv', 'lv 0'],
      ['@b', 'en', 'en 0'],
      ['@c', 'lv', 'lv 1'],
    ]);
  });

  test('writes in the language of the article where the place has none, in the brand’s when it is unknown', async () => {
    expect((await draft({ text: { language: 'ru' }, brand: { language: 'lv' } }))[0]?.language).toBe('ru');
    expect((await draft({ text: { language: 'und' }, brand: { language: 'lv' } }))[0]?.language).toBe('lv');
  });

  test.each([
    [10, 3, [4, 3, 3]],
    [2, 3, [2, 0, 0]],
    [9, 3, [3, 3, 3]],
    [0, 3, [0, 0, 0]],
  ])('that costs %d for %d posts has its price shared without loss', async (costMicros, count, shares) => {
    const places = Array.from({ length: count }, (_, index) => place(`@${index}`));
    const drafts = await draft({ writers: modelWriters(() => ({ costMicros })), places });
    expect(drafts.map((one) => one.costMicros)).toEqual(shares);
  });

  test('that put in what the article lacks marks the post even when it was taken out again', async () => {
    const removed = [{ kind: 'number' as const, span: '7 million', reason: 'the article gives no such number' }];
    const writers = modelWriters((request) => ({
      texts: textsFor(request, 'Nothing wrong is left.').map((text) => ({ ...text, removed })),
    }));
    expect((await draft({ writers }))[0]?.grounding).toEqual({ ok: false, failures: removed });
  });

  test('that breaks a rule of the platform raises a concern', async () => {
    const writers = modelWriters((request) => ({ texts: textsFor(request, 'long '.repeat(200)) }));
    expect((await draft({ writers }))[0]?.concern).toBe('square would refuse it: longer than 500 characters');
  });

  test('is not asked for a platform that is not configured', async () => {
    const writers = modelWriters();
    await expect(draft({ writers, places: [place('@a', null, 'circle')] })).rejects.toThrow('circle is not configured');
  });
});

describe('links', () => {
  test('are tracked where readers can open them, and only those that stand in the text are kept', async () => {
    const [one] = await draft();
    const codes = Object.fromEntries((one?.links ?? []).map((link) => [link.kind, link.code]));
    expect(one?.text).toContain(`https://crier.example/r/${codes.article}`);
    expect(one?.text).toContain(`https://crier.example/l/${codes.lead}`);
    expect(one?.text).not.toContain('https://news.example');
    expect(one?.links.every((link) => link.target === 'https://news.example/a')).toBe(true);
    expect(codes.article).not.toBe(codes.lead);
  });

  test('to the form are left out while nobody is named who answers for personal data, but for the preview', async () => {
    const controller = { name: 'My brand', contact: '', privacyUrl: null };
    const [outside, here] = await draft({ brand: { controller }, places: [place('@a'), place('@b', null, 'mirror')] });
    expect(outside?.links.map((link) => link.kind)).toEqual(['article']);
    expect(here?.links.map((link) => link.kind)).toEqual(['article', 'lead']);
  });

  test('of a post without room for the invitation are the article’s only', async () => {
    const platforms = fakePlatforms([squarePlatform()]); // its form leaves the invitation out
    const [one] = await writeDrafts(
      {
        writers: fakeWriters(),
        platforms,
        settings: { publicUrl: 'https://crier.example', publicUrlIsSet: true, version: '1' },
        log: silentLog,
      },
      {
        brand: { id: 1, ...firstBrand('Europe/Riga'), controller: CONTROLLER },
        article: { ...article(), id: 1, feedId: null, guid: null, seenAt: START, frozenAt: START },
        places: [place('@a')],
        purse: freePurse(),
      },
      signal,
    );
    expect(one?.links.map((link) => link.kind)).toEqual(['article']);
  });

  test.each(['http://127.0.0.1:3000', 'http://localhost:3000', 'http://[::1]:3000'])(
    'that only this machine can open (%s) never reach other people',
    async (publicUrl) => {
      const [outside, here] = await draft({ publicUrl, places: [place('@a'), place('@b', null, 'mirror')] });
      expect(outside?.text).toContain('https://news.example/a');
      expect(outside?.text).not.toContain(publicUrl);
      expect(outside?.text).not.toContain('Questions?');
      expect(outside?.links).toEqual([]);
      expect(here?.text).toContain(`${publicUrl}/r/`);
      expect(here?.text).toContain(`${publicUrl}/l/`);
    },
  );
});

describe('the line that says a machine wrote it', () => {
  test.each([
    ['label', 'model', 'lv', 'Rakstījis MI (AI)'],
    ['editorial', 'model', 'en', 'Written by AI'],
    ['label', 'offline', 'en', 'Automatic excerpt'],
    ['label', 'model', 'ja', 'Written by AI'],
  ] as const)('with disclosure %s and the %s writer in %s is “%s”', async (disclosure, writer, language, label) => {
    const [one] = await draft({
      brand: { disclosure },
      writers: writer === 'model' ? modelWriters() : fakeWriters(),
      places: [place('@a', language)],
    });
    expect(one?.text.split('\n').at(-1)).toBe(label);
  });

  test('is in the article’s language when the offline writer could not translate', async () => {
    const [one] = await draft({ text: { language: 'lv' }, places: [place('@a', 'en')] });
    expect(one?.text).toContain('Automātisks izvilkums');
    expect(one?.text).not.toContain('Automatic excerpt');
  });

  test.each([
    [
      'lv',
      'en',
      'this is in Latvian and the channel wants English; the offline writer can’t translate: translate it, or reject it',
    ],
    ['und', 'en', 'nobody could tell the article’s language, and this channel wants English: look before it goes out'],
    ['lv', 'lv', null],
    ['lv', null, null],
    ['und', null, null],
  ])(
    'of an article in %s for a channel in %s by the offline writer raises the concern %s',
    async (from, to, concern) => {
      const [one] = await draft({ text: { language: from }, places: [place('@a', to)] });
      expect(one?.concern).toBe(concern);
    },
  );

  test('of a model in the channel’s language raises none', async () => {
    const [one] = await draft({ writers: modelWriters(), text: { language: 'lv' }, places: [place('@a', 'en')] });
    expect(one?.concern).toBeNull();
  });

  test('is left out where the channel is exempt, unless its posts go out by themselves', async () => {
    const style: ChannelStyle = { ...PLAIN_STYLE, label: 'exempt', exemptReason: 'only prices of our own shop' };
    const places = [false, true].map((auto) => ({ ...place('@a', 'en'), style, auto }));
    const drafts = await draft({ writers: modelWriters(), places });
    expect(drafts.map((one) => one.label)).toEqual([null, 'Written by AI']);
    expect(drafts.map((one) => one.text.includes('AI'))).toEqual([false, true]);
  });
});

test('the brand’s own invitation may hold a number that the article lacks; the text may not', async () => {
  const brand = { callToAction: 'Call 67 000 111 today' };
  const [invited] = await draft({ brand });
  expect(invited?.text).toContain('Call 67 000 111 today https://crier.example/l/');
  expect(invited?.grounding).toEqual({ ok: true, failures: [] });
  const writers = modelWriters((request) => ({ texts: textsFor(request, 'They plant 9000 trees.') }));
  const [claiming] = await draft({ brand, writers });
  expect(claiming?.grounding.failures.map((failure) => failure.span)).toEqual(['9000']);
});

test('the invitation is the brand’s own in the language of the post, or Crier’s own words, never another language’s', async () => {
  const brand = { language: 'lv', callToAction: 'Jautājumi? Zvaniet!', invitations: { en: 'Call us, in English' } };
  const places = ['lv', 'en', 'de'].map((language) => place('@a', language));
  const drafts = await draft({ brand, places, writers: modelWriters() });
  const invitations = drafts.map((one) => / \S+\/l\//u[Symbol.split](one.text)[0]?.split('\n').at(-1));
  expect(invitations).toEqual(['Jautājumi? Zvaniet!', 'Call us, in English', 'Fragen? Schreiben Sie uns']);
});
