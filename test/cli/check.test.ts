import { describe, expect, test } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { createWriters } from '../../src/llm/index.ts';
import { outsidePorts, testEdges } from './support.ts';

const pair = (article: unknown, text: unknown) => JSON.stringify({ article, text });

describe('check', () => {
  const withInput = (pieces: string[]) =>
    testEdges({
      openWithoutStore: async () => outsidePorts(),
      readStdin: async function* () {
        yield* pieces;
      },
    });

  test('reads a pair a line, the article as text or as an object, and prints what goes beyond it', async () => {
    const lines = [
      JSON.stringify({ article: 'It rained for 3 days.', text: 'It rained 3 days.' }),
      '',
      JSON.stringify({
        article: { title: '7 days', text: 'It rained.', url: 'https://news.example/a' },
        text: 'It rained 7 days and 9 nights: https://news.example/a',
      }),
    ].join('\n');
    // Cut in the middle of a line, as a pipe does.
    const { code, records } = await withInput([lines.slice(0, 20), lines.slice(20, 70), lines.slice(70)]).run(
      'check',
      '--json',
    );
    expect(code).toBe(0);
    expect(records).toEqual([
      { ok: true, failures: [] },
      { ok: false, failures: [{ kind: 'number', span: '9', reason: 'the article has no such number' }] },
    ]);
  });

  test('says which line is wrong', async () => {
    const { code, error } = await withInput(['{"article": "a", "text": "b"}\n', '{"article": 7}\n']).run('check');
    expect(code).toBe(2);
    expect(error).toContain('Line 2 is not {"article": …, "text": …}.');
    expect((await withInput(['not json']).run('check')).error).toContain('Line 1 is not JSON.');
  });

  test('answers a bad line in its line, and checks the rest', async () => {
    const lines = [
      'not json',
      pair('It rained.', 'It rained 3 days.'),
      pair(['a'], 'b'),
      pair({ title: 'a' }, 'b'),
      '7',
    ];
    const { code, records } = await withInput([lines.join('\r\n')]).run('check', '--json');
    expect(code).toBe(2);
    expect(records.map(({ ok, error }) => [ok, error])).toEqual([
      [false, 'Line 1 is not JSON.'],
      [false, undefined],
      [false, 'Line 3 is not {"article": …, "text": …}.'],
      [false, 'Line 4 is not {"article": …, "text": …}.'],
      [false, 'Line 5 is not {"article": …, "text": …}.'],
    ]);
  });

  test('a line without end is refused and never held as a whole, and the next one is checked', async () => {
    let open = 0;
    const { run } = testEdges({
      openWithoutStore: async () => outsidePorts(),
      readStdin: async function* () {
        for (open = 0; open < 300; open += 1) yield 'x'.repeat(50_000);
        yield `\n${pair('a 5', 'b 5')}\n`;
      },
    });
    const { code, records } = await run('check', '--json');
    expect(code).toBe(2);
    expect(records).toEqual([
      { ok: false, failures: [], error: 'Line 1 is longer than 4 million characters.' },
      { ok: true, failures: [] },
    ]);
  });

  test('answers each line as it comes, not at the end', async () => {
    const edges = testEdges({
      openWithoutStore: async () => outsidePorts(),
      readStdin: async function* () {
        yield `${pair('a 5', 'b 5')}\n`;
        expect(printed).toHaveLength(1);
        yield `${pair('a 5', 'b 6')}\n`;
      },
      print: (line) => printed.push(line),
    });
    const printed: string[] = [];
    expect((await edges.run('check')).code).toBe(0);
    expect(printed.join('\n')).toContain('✗ line 2');
  });

  test('reads a file, and says so when it can not or when nothing comes', async () => {
    const edges = testEdges({
      isTTY: true,
      openWithoutStore: async () => outsidePorts(),
      streamFile: async function* (path) {
        if (path !== 'pairs.ndjson') throw new Error('ENOENT');
        yield '{"article": "a 5", "text": "b 5"}\n';
      },
    });
    expect(await edges.run('check', 'pairs.ndjson')).toMatchObject({
      code: 0,
      out: '✓ line 1: all of it is in the article',
    });
    expect(await edges.run('check', 'none')).toMatchObject({
      code: 2,
      error: expect.stringContaining("The file none can't be read."),
    });
    expect(await edges.run('check')).toMatchObject({
      code: 2,
      error: expect.stringContaining('Nothing comes on standard input.'),
    });
  });

  test('with the real gate: every kind of claim, the article as an object with its date and address', async () => {
    const writers = createWriters({ apiKey: null, baseUrl: null, model: 'none' }, { log: silentLog });
    const story = {
      title: 'Sawmill in Liepāja closes',
      text: 'Nordic Timber will close its sawmill on Friday, cutting 214 jobs. The loss was €3.4 million. “We looked at every alternative,” said Mikael Lindqvist.',
      url: 'https://news.example/sawmill',
      author: 'Anna Ozola',
      siteName: 'News Example',
      publishedAt: '2026-06-23T08:00:00Z',
      language: 'en',
    };
    const texts = [
      'Nordic Timber slēgs kokzāģētavu Liepājā 26. jūnijā: https://news.example/sawmill (Anna Ozola, News Example)',
      '241 jobs go.',
      'The loss was $3.4 million.',
      'It closes on 27 June.',
      'Juhan Agur of Nordic Timber regrets it.',
      '“We considered every alternative,” he said.',
      'See www.other.example',
      'Ask @nordictimber',
      'Call +371 20 000 000',
      'No\u200bthing is hidden.',
    ];
    const { run } = testEdges({
      openWithoutStore: async () => outsidePorts({ writers }),
      readStdin: async function* () {
        for (const text of texts) yield `${pair(story, text)}\n`;
      },
    });
    const { code, records } = await run('check', '--json');
    expect(code).toBe(0);
    expect(records.map(({ failures }) => failures.map(({ kind }: { kind: string }) => kind).join())).toEqual([
      '',
      'number',
      'money',
      'date',
      'name',
      'quote',
      'url',
      'mention',
      'phone',
      'hidden',
    ]);
    const { out } = await run('check');
    expect(out).toContain('⟦241⟧ jobs go.');
    expect(out).toContain('! money "$3.4 million": the article gives this amount in another currency or not as money');
    expect(out).toContain('It closes on ⟦27 June⟧.');
  });
});
