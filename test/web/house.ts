import type { Hono } from 'hono';
import type { Brand } from '../../src/domain/brand.ts';
import type { Member, Role } from '../../src/domain/member.ts';
import { NO_WISHES } from '../../src/domain/polling.ts';
import { OPEN_SCHEDULE } from '../../src/domain/schedule.ts';
import { after, MINUTE, type SettableClock, settableClock } from '../../src/lib/clock.ts';
import { type Log, silentLog } from '../../src/lib/log.ts';
import { newToken, tokenHash } from '../../src/lib/token.ts';
import { createWriters } from '../../src/llm/index.ts';
import { addSource } from '../../src/pipeline/collect/index.ts';
import { jobHandler } from '../../src/pipeline/index.ts';
import { createPlatforms } from '../../src/platforms/index.ts';
import type { Ports } from '../../src/ports/app.ts';
import type { FeedEntry, Feeds } from '../../src/ports/feeds.ts';
import type { Job } from '../../src/ports/queue.ts';
import type { ArticleView, PostView } from '../../src/ports/store/index.ts';
import { createWeb, type Mode } from '../../src/web/index.ts';
import { testStore } from '../support/database.ts';

/** The web on a real store, with the pipeline's own verbs at work behind it and a feed that carries what the test says. */
export interface House {
  app: Hono;
  ports: Ports;
  clock: SettableClock;
  brand: Brand;
  /** Everything logged, as text. */
  logged(): string;
  /** A GET, or what `init` says, as a browser of this site sends it; `as` is a cookie from `login`. */
  ask(path: string, init?: RequestInit & { as?: string }): Promise<Response>;
  /** A form sent by a browser of this site. */
  send(path: string, fields: Record<string, string>, as?: string, headers?: Record<string, string>): Promise<Response>;
  /** A one-time login token for a member of that role. */
  token(role?: Role): Promise<string>;
  /** The cookie of a logged-in member of that role. */
  login(role?: Role): Promise<string>;
  /** The cookie of the owner of another brand in the same installation. */
  loginAsStranger(): Promise<string>;
  /** Puts articles into the feed and lets the pipeline work until nothing is left to do. */
  news(entries: readonly (Partial<FeedEntry> & { title: string; text: string })[]): Promise<void>;
  articles(): Promise<ArticleView[]>;
  posts(): Promise<PostView[]>;
  close(): Promise<void>;
}

export interface HouseOptions {
  publicUrl?: string;
  /** Names of preview channels; a leading `!` = a person approves its posts. */
  channels?: string[];
  mode?: Mode;
  queue?: Parameters<typeof createWeb>[0]['queue'];
}

const FEED_URL = 'https://news.example/feed.xml';

export async function openHouse(options: HouseOptions = {}): Promise<House> {
  const clock = settableClock(new Date('2026-11-23T12:00:00Z'));
  const database = await testStore();
  const { store } = database;
  const lines: string[] = [];
  const log = recordingLog(lines);
  const entries: FeedEntry[] = [];
  const publicUrl = options.publicUrl ?? 'http://127.0.0.1:3000';
  const ports: Ports = {
    store,
    feeds: feedsOf(entries),
    writers: createWriters({ apiKey: null, baseUrl: null, model: 'none' }, { log: silentLog }),
    platforms: createPlatforms({ telegram: null, discord: null, x: null }, { log: silentLog, clock }),
    clock,
    log,
    settings: { publicUrl, publicUrlIsSet: options.publicUrl !== undefined, version: '0.0.0-test' },
  };
  const brand = await store.brands.default();
  for (const channel of options.channels ?? ['telegram', 'discord', 'x']) {
    await store.channels.add({
      brandId: brand.id,
      platform: 'preview',
      address: channel.replace('!', ''),
      name: brand.name,
      language: null,
      auto: !channel.startsWith('!'),
      state: 'active',
      reason: null,
      schedule: OPEN_SCHEDULE,
      createdAt: clock.now(),
    });
  }
  const app = createWeb({
    ports,
    queue: options.queue ?? { depths: async () => [{ verb: 'write', waiting: 2, active: 1, failed: 0 }] },
    mode: options.mode ?? { preview: false, missing: [] },
  });
  const signal = new AbortController().signal;
  const handle = jobHandler(ports, async () => {});
  const takeJobs = async (): Promise<Job[]> =>
    (await database.sql('DELETE FROM test_job RETURNING id, job'))
      .sort((left, right) => left.id - right.id)
      .map((row) => row.job);
  const members = new Map<Role, Member>();

  const tokenFor = async (member: Member) => {
    const token = newToken();
    await store.members.addLogin(member.id, tokenHash(token), after(clock.now(), 10 * MINUTE));
    return token;
  };
  const enter = async (token: string) => {
    const response = await house.ask(`/login/${token}`);
    const cookie = response.headers.get('set-cookie')?.split(';')[0];
    if (response.status !== 303 || cookie === undefined) throw new Error(`login failed: ${response.status}`);
    return cookie;
  };

  const house: House = {
    app,
    ports,
    clock,
    brand,
    logged: () => lines.join('\n'),
    async ask(path, { as, ...init } = {}) {
      const headers = new Headers(init.headers);
      if (as !== undefined) headers.set('cookie', as);
      return app.request(new URL(path, publicUrl).href, { ...init, headers });
    },
    send: (path, fields, as, headers = {}) =>
      house.ask(path, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: new URL(publicUrl).origin, 'sec-fetch-site': 'same-origin', ...headers },
        ...(as === undefined ? {} : { as }),
      }),
    async token(role = 'owner') {
      let member = members.get(role);
      member ??=
        role === 'owner'
          ? await store.members.owner(brand.id)
          : await store.members.add({ brandId: brand.id, name: `The ${role}`, role, language: 'en' });
      members.set(role, member);
      return tokenFor(member);
    },
    login: async (role = 'owner') => enter(await house.token(role)),
    async loginAsStranger() {
      const columns =
        'name, time_zone, language, voice, call_to_action, disclosure, on_writer_failure, controller, paused';
      const [other] = await database.sql(
        `INSERT INTO brand (slug, ${columns}) SELECT 'other', ${columns} FROM brand WHERE id = $1 RETURNING id`,
        [brand.id],
      );
      return enter(await tokenFor(await store.members.owner(other.id)));
    },
    async news(more) {
      entries.unshift(
        ...more.map((entry, index) => ({
          guid: `${entries.length + index}`,
          url: `https://news.example/${entries.length + index}`,
          author: null,
          publishedAt: after(clock.now(), -MINUTE),
          imageUrl: null,
          language: 'en',
          ...entry,
        })),
      );
      const [known] = await store.sources.list(brand.id);
      if (known === undefined)
        await addSource(ports, { brandId: brand.id, url: FEED_URL, name: null, firstPosts: 100 }, signal);
      else await store.jobs.send([{ verb: 'collect', feedId: known.feed.id }]);
      for (let due = await takeJobs(); due.length > 0; due = await takeJobs())
        for (const job of due) await handle(job, signal);
    },
    articles: () => store.articles.list({ brandId: brand.id, limit: 1000 }),
    posts: () => store.posts.list({ brandId: brand.id, limit: 1000 }),
    close: () => database.close(),
  };
  return house;
}

/** A feed and its pages, made of the entries. */
function feedsOf(entries: readonly FeedEntry[]): Feeds {
  const page = (entry: FeedEntry, pageProblem: string | null) => ({
    ...entry,
    canonicalUrl: entry.url,
    language: entry.language ?? 'und',
    siteName: 'News Example',
    textFrom: pageProblem === null ? ('page' as const) : ('feed' as const),
    pageProblem,
  });
  return {
    poll: async ({ url }) => ({
      kind: 'changed',
      feed: { kind: 'rss', title: 'News Example', language: 'en', siteUrl: null },
      entries: [...entries],
      etag: null,
      lastModified: null,
      url,
      wishes: NO_WISHES,
      freshMs: 0,
      movedTo: null,
    }),
    askHub: async () => {},
    read: async (url, hint) => {
      const entry = hint ?? entries.find((one) => one.url === url);
      if (entry === undefined) throw new Error(`no entry for ${url}`);
      return page(entry, null);
    },
    fromEntry: page,
  };
}

function recordingLog(lines: string[]): Log {
  const write = (fields: object, sentence: string) => {
    lines.push(`${sentence} ${JSON.stringify(fields)}`);
  };
  const log: Log = { debug: write, info: write, warn: write, error: write, child: () => log };
  return log;
}

/** A story long enough to write posts from. */
export const STORY = {
  title: 'A bakery asked its readers first',
  text: [
    'The bakery in the old town asked 2140 readers whether they still want its letter. Only 612 of them said yes.',
    'Orders rose from nine to 31 for each letter in the following twelve weeks. Complaints stopped.',
    'A person reads every draft before it goes out. The bakery keeps the wording of each consent with its date.',
  ].join('\n\n'),
};

/** The codes of the tracked links in the posts' texts, by kind of address. */
export function codesIn(text: string, kind: 'r' | 'l'): string[] {
  return [...text.matchAll(new RegExp(`/${kind}/([0-9A-Za-z]+)`, 'gu'))].map((match) => match[1] as string);
}
