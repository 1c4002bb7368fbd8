import type { CliEdges, CliPorts, RunSummary } from '../../src/cli/index.ts';
import { runCli } from '../../src/cli/index.ts';
import { NO_WISHES } from '../../src/domain/polling.ts';
import { settableClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Platforms } from '../../src/ports/app.ts';
import type { ExtractedArticle, Feeds } from '../../src/ports/feeds.ts';
import type { Outlines } from '../../src/ports/outlines.ts';
import type { Platform } from '../../src/ports/platform.ts';
import type { Writer, Writers } from '../../src/ports/writer.ts';

/** What one command line printed. */
export interface Answer {
  code: number;
  out: string;
  error: string;
  /** Every line of standard output as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: a test says itself what it expects in them
  records: any[];
}

export const START = new Date('2026-11-23T10:00:00Z');

/** Edges that keep what is printed; everything that a test doesn't give throws. */
export function testEdges(given: Partial<CliEdges> = {}): { edges: CliEdges; run(...argv: string[]): Promise<Answer> } {
  const out: string[] = [];
  const error: string[] = [];
  const absent = (what: string) => () => {
    throw new Error(`this test gives no ${what}`);
  };
  const edges: CliEdges = {
    version: '1.2.3',
    channelExamples: ['square:@name'],
    open: absent('database'),
    openWithoutStore: absent('outside'),
    start: absent('start'),
    runOnce: absent('runOnce'),
    backup: absent('backup'),
    restore: absent('restore'),
    facts: absent('facts'),
    print: (line) => out.push(line),
    printError: (line) => error.push(line),
    status: () => {},
    readStdin: absent('standard input'),
    readFile: absent('files'),
    streamFile: absent('files'),
    writeFile: absent('files'),
    isTTY: false,
    columns: null,
    signal: new AbortController().signal,
    ...given,
  };
  return {
    edges,
    async run(...argv) {
      out.length = 0;
      error.length = 0;
      const code = await runCli(argv, edges);
      return {
        code,
        out: out.join('\n'),
        error: error.join('\n'),
        records: argv.includes('--json') ? out.map((line) => JSON.parse(line)) : [],
      };
    },
  };
}

/** Ports without a database around hand-written fakes. */
export function outsidePorts(
  given: Partial<Omit<CliPorts, 'store' | 'depths'>> = {},
): Omit<CliPorts, 'store' | 'depths'> {
  return {
    feeds: given.feeds ?? fakeFeeds({}),
    writers: given.writers ?? fakeWriters(),
    platforms: given.platforms ?? fakePlatforms([squarePlatform()]),
    outlines: given.outlines ?? noOutlines,
    clock: given.clock ?? settableClock(START),
    log: silentLog,
    settings: given.settings ?? { publicUrl: 'https://crier.example', publicUrlIsSet: true, version: '1.2.3' },
    close: async () => {},
  };
}

const unexpected = () => {
  throw new Error('this test gives no lists');
};
const noOutlines: Outlines = { fetch: unexpected, read: unexpected, write: unexpected };

export function article(given: Partial<ExtractedArticle> = {}): ExtractedArticle {
  const url = given.url ?? 'https://news.example/a';
  return {
    url,
    canonicalUrl: url,
    title: 'Trees for the river',
    text: 'The town plants 40 trees along the river.\n\nWork begins in spring.',
    language: 'en',
    author: 'Anna Ozola',
    publishedAt: new Date('2026-11-22T08:30:00Z'),
    imageUrl: 'https://news.example/a.jpg',
    siteName: 'News Example',
    textFrom: 'page',
    pageProblem: null,
    ...given,
  };
}

/** Feeds that know some pages and one feed per address; anything else throws what `failure` makes. */
export function fakeFeeds(known: {
  pages?: Record<string, ExtractedArticle>;
  feeds?: Record<string, ExtractedArticle[]>;
  failure?: (url: string) => Error;
}): Feeds {
  const unknown = (url: string) => known.failure?.(url) ?? new Error(`unexpected address ${url}`);
  return {
    async poll({ url }) {
      const articles = known.feeds?.[url];
      if (articles === undefined) throw unknown(url);
      return {
        kind: 'changed',
        feed: { kind: 'rss', title: 'News Example', language: 'en', siteUrl: null },
        entries: articles.map(({ url: address, title, text, author, publishedAt, imageUrl, language }) => ({
          guid: `guid of ${address}`,
          url: address,
          title,
          text,
          author,
          publishedAt,
          imageUrl,
          language,
        })),
        etag: null,
        lastModified: null,
        url,
        wishes: NO_WISHES,
        freshMs: 0,
        movedTo: null,
      };
    },
    askHub: async () => {},
    async read(url) {
      const page = known.pages?.[url];
      if (page === undefined) throw unknown(url);
      return page;
    },
    fromEntry: (entry, pageProblem) =>
      article({
        url: entry.url,
        canonicalUrl: entry.url,
        title: entry.title,
        text: entry.text,
        textFrom: 'feed',
        pageProblem,
      }),
  };
}

/** A writer that repeats the title, and a gate that lets no digit pass that the article lacks. */
export function fakeWriters(): Writers {
  const offline: Writer = {
    name: 'offline',
    write: async ({ article: { title, text }, targets }) => ({
      texts: targets.map(({ id }) => ({ target: id, headline: title, body: text.split('\n')[0] ?? '', hashtags: [] })),
      writer: 'offline',
      inputTokens: 0,
      outputTokens: 0,
      costMicros: 0,
    }),
  };
  return {
    model: null,
    offline,
    judge: null,
    price: () => null,
    ground(source, text) {
      const failures = [...text.replace(/https?:\S+/gu, '').matchAll(/\d+/gu)]
        .map(([span]) => span)
        .filter((span) => !`${source.title} ${source.text}`.includes(span))
        .map((span) => ({ kind: 'number' as const, span, reason: 'the article has no such number' }));
      return { ok: failures.length === 0, failures };
    },
  };
}

export function fakePlatforms(all: Platform[], missing: { name: string; missing: string }[] = []): Platforms {
  return {
    get: (name) => all.find((one) => one.name === name) ?? null,
    all,
    known: [...all.map(({ name }) => ({ name, missing: null })), ...missing],
  };
}

/** A platform where every address begins with @. `publish` and `inspect` answer as told. */
export function squarePlatform(given: Partial<Platform> = {}): Platform {
  return {
    name: 'square',
    local: false,
    rehearsal: false,
    engagementBatch: 1,
    form: () => ({
      format: 'plain',
      oneVoice: false,
      partsOf: (text) => [text],
      label: (line) => line,
      limits: { text: 500, count: (text) => text.length, unit: 'characters', forWriter: 300, hashtags: 0 },
      compose: ({ headline, body, link, aiLabel }) => [headline, body, link?.url, aiLabel].filter(Boolean).join('\n\n'),
      check: (text) => (text.length > 500 ? ['longer than 500 characters'] : []),
      plainText: (text) => text,
      look: { css: '', render: () => '' },
    }),
    parseAddress: (input) =>
      input.startsWith('@') ? { address: input.toLowerCase() } : { error: `"${input}" must begin with @.` },
    body: ({ text }) => text,
    priceMicros: () => 0,
    publish: async () => ({ kind: 'confirmed', remoteId: '1', url: 'https://square.example/1' }),
    inspect: async (address) => ({ title: `The square of ${address}`, problems: [], notes: [] }),
    ...given,
  };
}

export const emptySummary: RunSummary = {
  feedsPolled: 0,
  feedsFailed: 0,
  feedsHeldBack: 0,
  articlesNew: 0,
  postsWritten: 0,
  delivered: 0,
  waitingForReview: 0,
  unclear: 0,
  failed: 0,
  notices: [],
};
