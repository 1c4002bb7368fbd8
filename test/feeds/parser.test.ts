import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, describe, expect, test } from 'vitest';
import { createParser, type Parser, type ParserSettings } from '../../src/feeds/parser.ts';
import { FetchError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';

const never = new AbortController().signal;
const MB = 1024 * 1024;
const document = (text: string) => ({
  body: new TextEncoder().encode(text),
  contentType: null,
  url: 'https://river.example/x',
});
const feed = (title: string) =>
  `<rss version="2.0"><channel><title>t</title><language>en</language><item><title>${title}</title><link>/1</link></item></channel></rss>`;

let parser: Parser | undefined;
const open = (settings: Partial<ParserSettings> = {}): Parser => {
  parser = createParser({ log: silentLog, ...settings });
  return parser;
};
afterEach(() => parser?.close());

const titles = async (from: Parser, text: string) => {
  const parsed = await from.feed(document(text), never);
  return parsed.kind === 'feed' ? parsed.entries.map(({ title }) => title) : parsed;
};

describe('a document that is too much', () => {
  const deep = '<div>'.repeat(200_000);
  test.each<[string, Partial<ParserSettings>, string]>([
    ['for the time it has', { limitMs: 2000 }, `<html><body>${'<div><p>a, b, c <b>d</b></p>'.repeat(60_000)}`],
    ['for the memory it has', { heapMb: 24 }, `<html><body>${'<p>a <b>b</b></p>'.repeat(300_000)}`],
  ])('%s is given up, and the next one is read by a new thread', async (_, settings, page) => {
    const own = open(settings);
    const given = own.page(document(page), never).catch((reason: unknown) => reason);
    const next = titles(own, feed('next'));
    expect(await given).toBeInstanceOf(FetchError);
    expect(await given).toMatchObject({ kind: 'unreadable', message: expect.stringMatching(/seconds|memory/u) });
    expect(await next).toEqual(['next']);
  });

  test('or 200,000 levels deep, neither crashes nor hangs', async () => {
    const own = open({ limitMs: 1000 });
    const page = await own.page(document(`<html><body>${deep}hello`), never).catch((reason: unknown) => reason);
    if (page instanceof Error) expect(page).toBeInstanceOf(FetchError);
    const nested = feed('<x>'.repeat(200_000));
    const broken = await own.feed(document(nested), never).catch((reason: unknown) => reason);
    if (broken instanceof Error) expect(broken).toBeInstanceOf(FetchError);
    expect(await titles(own, feed('next'))).toEqual(['next']);
  });
});

test('a 10 MB bomb of character references leaves the event loop alone', async () => {
  const own = open();
  await titles(own, feed('warm'));
  const text = feed('&#65;'.repeat((10 * MB) / 5 - 100));
  const worst: number[] = [];
  // The machine may be busy with something else; what counts is that parsing itself doesn't block.
  for (let round = 0; round < 3; round += 1) {
    const bomb = document(text);
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const found = await own.feed(bomb, never).catch((reason: unknown) => reason);
    delay.disable();
    if (found instanceof Error) expect(found).toBeInstanceOf(FetchError);
    worst.push(delay.max / 1e6);
    if (delay.max / 1e6 < 100) break;
  }
  expect(Math.min(...worst)).toBeLessThan(100);
});

test('documents wait their turn, and one that is no longer wanted is not read', async () => {
  const own = open();
  const stop = new AbortController();
  const first = titles(own, feed('first'));
  const second = own.feed(document(feed('second')), stop.signal);
  const third = titles(own, feed('third'));
  stop.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  expect(await Promise.all([first, third])).toEqual([['first'], ['third']]);
});

test('the thread ends when there is nothing to do, and a new one comes with the next document', async () => {
  const ended = new Promise<void>((resolve) => {
    process.once('worker', (thread) => thread.once('exit', () => resolve()));
  });
  const own = open({ idleMs: 1 });
  expect(await titles(own, feed('one'))).toEqual(['one']);
  await ended;
  expect(await titles(own, feed('two'))).toEqual(['two']);
});

test('closing ends what is being read', async () => {
  const own = open();
  const reading = own.feed(document(feed('late')), never);
  const closed = expect(reading).rejects.toBeInstanceOf(FetchError);
  await own.close();
  await closed;
});
