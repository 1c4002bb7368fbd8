import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DiscordEmulator, startDiscordEmulator } from '../emulators/discord.ts';
import { type OpenAiEmulator, postsFor, startOpenAiEmulator } from '../emulators/openai.ts';
import { startTelegramEmulator, type TelegramEmulator } from '../emulators/telegram.ts';
import { startXEmulator, type XEmulator } from '../emulators/x.ts';
import { crier, freePort, newDataDir, type Running, startCrier } from '../support/crier.ts';
import { type FeedServer, manyArticles, startFeedServer } from '../support/feed-server.ts';
import { becomes, removeFolder } from './support.ts';

const TELEGRAM_TOKEN = '7000111222:AACanaryTelegramTokenThatNobodyMaySee';
const DISCORD_TOKEN = 'CanaryDiscord.Token.ThatNobodyMaySee';
const OPENAI_KEY = 'sk-canary-openai-key-that-nobody-may-see';

/** Two people: one fills the form, one talks to the bot. Every value is found nowhere else. */
const FORM = {
  name: 'Zelmīra Kanārija',
  email: 'Zelmira.Canary@reader.example',
  phone: '+371 2666 1234',
  message: 'Kanārijputniņš vēlas divus jumtus',
};
const CHATTER = { id: 5550007771, first_name: 'Osvalds', last_name: 'Kanārijs', language_code: 'lv' };
const CHAT_TEXT = 'Gribu trīs dzeltenus būrus pie loga';
const CHAT_PHONE = '37129990001';
const PERSONAL = [
  ...['Zelmīra Kanārija', 'Zelmira.Canary@reader.example', '+371 2666 1234', '37126661234', FORM.message],
  ...[String(CHATTER.id), 'Osvalds', 'Kanārijs', CHAT_TEXT, CHAT_PHONE],
];
/** The address and program of a reader who follows a link. */
const READER = { 'x-forwarded-for': '203.0.113.77', 'user-agent': 'Mozilla/5.0 (CanaryBrowser 77.7) Firefox/140.0' };

let folder: string;
let feed: FeedServer;
let telegram: TelegramEmulator;
let discord: DiscordEmulator;
let x: XEmulator;
let model: OpenAiEmulator;
let env: Record<string, string>;
let secrets: string[];

/** What went to a log or terminal: standard error of all, and standard output of what shows no lead. */
const logs: string[] = [];
const publicPages: string[] = [];
let memberPages = '';
let dump = '';
let cookie = '';
let loginToken = '';

/** A command of the same installation; `tells` = its standard output shows leads to whoever may see them. */
async function run(args: string[], { tells = false } = {}) {
  const done = await crier(args, env);
  logs.push(done.stderr, tells ? '' : done.stdout);
  return done;
}

beforeAll(async () => {
  folder = await newDataDir();
  [feed, telegram, discord, x, model] = await Promise.all([
    startFeedServer(manyArticles(1)),
    startTelegramEmulator({ token: TELEGRAM_TOKEN, acceptAnyChat: true, validate: false }),
    startDiscordEmulator({ token: DISCORD_TOKEN, validate: false }),
    startXEmulator(),
    startOpenAiEmulator(),
  ]);
  env = {
    DATA_DIR: folder,
    PORT: String(await freePort()),
    LOG_LEVEL: 'debug',
    FETCH_ALLOW_PRIVATE: feed.host,
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_API_KEY: OPENAI_KEY,
    TELEGRAM_BOT_TOKEN: TELEGRAM_TOKEN,
    TELEGRAM_API_ROOT: telegram.root,
    DISCORD_BOT_TOKEN: DISCORD_TOKEN,
    DISCORD_API_BASE: discord.apiBase,
    X_APP_KEY: x.keys.appKey.reveal(),
    X_APP_SECRET: x.keys.appSecret.reveal(),
    X_ACCESS_TOKEN: x.keys.accessToken.reveal(),
    X_ACCESS_SECRET: x.keys.accessSecret.reveal(),
    X_API_BASE: x.base,
  };
  await river();
}, 120_000);
afterAll(async () => {
  await Promise.all([feed.close(), discord.close(), x.close(), model.close(), telegram.close()]);
  await removeFolder(folder);
});

/** Everything that Crier does, well and badly, with every word of it caught. */
async function river(): Promise<void> {
  model.answer((request) =>
    postsFor(request, () => ({ body: 'The town council agreed to plant trees along the river.' })),
  );
  for (const ref of ['telegram:-1001', `discord:${discord.channelId}`, `x:${x.account.username}`])
    await run(['channel', 'add', ref, '--auto', '--lang', 'en']);
  await run(['source', 'add', feed.feedUrl]);
  secrets = [
    ...[TELEGRAM_TOKEN, TELEGRAM_TOKEN.split(':')[1] as string, DISCORD_TOKEN, OPENAI_KEY],
    ...Object.values(x.keys).map((key) => key.reveal()),
    readFileSync(join(folder, 'secret'), 'utf8').trim(),
  ];
  const running = await startCrier(env);
  await becomes(
    async () => [telegram.sent.length, discord.accepted.length, x.posts.length],
    (counts) => counts.every((count) => count > 0),
  );
  await people(running);
  await troubles();
  await pages(running);
  for (const args of [['doctor'], ['delivery', 'list'], ['source', 'list']]) await run(args);
  for (const args of [['report'], ['lead', 'list'], ['lead', 'export']]) await run(args, { tells: true });
  dump = await dumped();
  await running.stop();
  logs.push(running.output());
}

async function people(running: Running): Promise<void> {
  const link = /href="([^"]+\/r\/\w+)"/u.exec(telegram.sent[0]?.text ?? '')?.[1] as string;
  const form = /\((?:<)?([^)>\s]+\/l\/\w+)/u.exec(discord.accepted[0]?.text ?? '')?.[1] as string;
  expect((await fetch(link, { redirect: 'manual', headers: READER })).status).toBe(302);
  const empty = await (await fetch(form)).text();
  const wordingId = /name="wordingId"[^>]*value="([^"]+)"/u.exec(empty)?.[1] as string;
  const send = (answer: Record<string, string>) =>
    fetch(form, { method: 'POST', headers: READER, body: new URLSearchParams({ ...FORM, wordingId, ...answer }) });
  expect((await send({ agreed: '' })).status).toBe(400);
  expect((await send({ agreed: 'yes', email: 'Zelmira.Canary@reader' })).status).toBe(400);
  expect((await send({ agreed: 'yes' })).status).toBe(200);
  publicPages.push(empty, await (await fetch(form)).text());

  const said = () => telegram.sent.filter((message) => message.chatId === CHATTER.id);
  telegram.pushMessage(`/start ${link.split('/').at(-1)}`, CHATTER);
  await becomes(
    async () => said().length,
    (count) => count === 1,
  );
  telegram.pushButton(said()[0]?.buttons[0]?.data as string, CHATTER);
  await becomes(
    async () => said().length,
    (count) => count === 2,
  );
  telegram.pushMessage(CHAT_TEXT, CHATTER);
  await becomes(
    async () => said().length,
    (count) => count === 3,
  );
  // An answer that can't be delivered names the person to whoever writes careless logs.
  telegram.refuse('sendMessage', 403, `Forbidden: bot was blocked by the user ${CHATTER.id} Osvalds`);
  telegram.refuse('sendMessage', 403, `Forbidden: bot was blocked by the user ${CHATTER.id} Osvalds`);
  telegram.refuse('sendMessage', 403, `Forbidden: bot was blocked by the user ${CHATTER.id} Osvalds`);
  telegram.pushContact(CHAT_PHONE, CHATTER.id, CHATTER);
  await becomes(
    async () => running.output(),
    (text) => text.includes('answer could not be sent'),
  );
}

/** Each platform and the model refuse, with our own secrets in their words, and Telegram goes away. */
async function troubles(): Promise<void> {
  const address = `${telegram.root}/bot${TELEGRAM_TOKEN}/sendMessage`;
  const answered = (code: number) => telegram.waitFor(({ status }) => status === code);
  const states = async () =>
    (await rows('SELECT state, count(*)::int AS count FROM delivery GROUP BY state')) as {
      state: string;
      count: number;
    }[];
  telegram.refuse('sendMessage', 400, `Bad Request: POST ${address} is not valid`);
  discord.next('400');
  x.next('401');
  model.answer({ kind: 'status', status: 401, code: `invalid_api_key ${OPENAI_KEY}` });
  feed.articles.push(...manyArticles(2).slice(1));
  await Promise.all([run(['run', '--once']), answered(400)]);
  await becomes(states, (found) => found.some(({ state }) => state === 'rejected'));
  telegram.refuse('sendMessage', 401, `Unauthorized: ${address}`);
  feed.articles.push(...manyArticles(3).slice(2));
  await Promise.all([run(['run', '--once']), answered(401)]);
  await becomes(states, (found) => found.some(({ state, count }) => state === 'rejected' && count >= 2));
  await run(['channel', 'check']);
  await telegram.down();
  feed.articles.push(...manyArticles(4).slice(3));
  await run(['run', '--once']);
  await becomes(states, (found) => found.some(({ state }) => state === 'waiting'));
  await run(['channel', 'check']);
  await telegram.up();
}

async function pages(running: Running): Promise<void> {
  const get = async (path: string, headers: Record<string, string> = {}) =>
    (await fetch(new URL(path, running.url), { headers, redirect: 'manual' })).text();
  const [post] = (await run(['post', 'list', '--json'])).json<{ url: string }>();
  expect(post).toBeDefined();
  const codes = (await rows('SELECT code FROM post')).map(({ code }) => code as string);
  for (const path of [
    '/',
    '/leads',
    '/leads/1',
    '/leads.csv',
    '/report.csv',
    '/metrics',
    '/healthz',
    '/readyz',
    '/nowhere',
  ])
    publicPages.push(await get(path));
  for (const code of codes) publicPages.push(await get(`/p/${code}`));

  loginToken = running.loginUrl.split('/').at(-1) as string;
  const entered = await fetch(running.loginUrl, { redirect: 'manual', headers: READER });
  cookie = (entered.headers.get('set-cookie') ?? '').split(';')[0] as string;
  const ids = (await rows('SELECT id FROM lead')).map(({ id }) => id as number);
  const paths = ['/', '/leads', ...ids.map((id) => `/leads/${id}`)];
  memberPages = (await Promise.all(paths.map((path) => get(path, { cookie })))).join('\n');
}

// biome-ignore lint/suspicious/noExplicitAny: rows of any query
async function rows(query: string): Promise<any[]> {
  const client = new pg.Client({ host: join(folder, 'postgres'), port: 5432, user: 'crier', database: 'crier' });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

/** Every row of every table, the queue's too; binary columns as hex. */
async function dumped(): Promise<string> {
  const tables = await rows(`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['public.lead', 'public.post', 'pgboss.version']),
  );
  const parts: string[] = [];
  for (const { name } of tables)
    parts.push(...(await rows(`SELECT row::text AS text FROM ${name} AS row`)).map(({ text }) => text));
  return parts.join('\n');
}

/** The canaries that stand in the text: as they are, without case, or in the usual codings. */
function found(text: string, canaries: readonly string[]): string[] {
  const lower = text.toLowerCase();
  return canaries.filter((canary) => {
    const bytes = Buffer.from(canary);
    const forms = [canary, encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1), bytes.toString('hex')];
    const exact = [bytes.toString('base64').replace(/=+$/u, '').slice(0, -1), bytes.toString('base64url').slice(0, -1)];
    return forms.some((form) => lower.includes(form.toLowerCase())) || exact.some((form) => text.includes(form));
  });
}

describe('canaries', () => {
  test('were really there: the platforms, the model and the members saw them', () => {
    expect(found(memberPages, PERSONAL)).toEqual(
      expect.arrayContaining([FORM.name, FORM.message, 'Osvalds', CHAT_TEXT, '37126661234']),
    );
    expect(model.journal.every(({ authorization }) => authorization === `Bearer ${OPENAI_KEY}`)).toBe(true);
    expect(telegram.journal.map(({ status }) => status)).toEqual(expect.arrayContaining([200, 400, 401, 403]));
    expect(found(`x${Buffer.from(FORM.name).toString('hex')}`, PERSONAL)).toEqual([FORM.name]);
    expect(dump.length).toBeGreaterThan(5000);
    expect(cookie).toMatch(/=.{40,}/u);
  });

  test('no secret is in a log, on a page or in the database', () => {
    expect(found(logs.join('\n'), secrets)).toEqual([]);
    expect(found(publicPages.join('\n') + memberPages, secrets)).toEqual([]);
    expect(found(dump, secrets)).toEqual([]);
  });

  test('nothing personal is in a log, on a page for everybody, or readable in the database', () => {
    expect(found(logs.join('\n'), PERSONAL)).toEqual([]);
    expect(found(publicPages.join('\n'), PERSONAL)).toEqual([]);
    expect(found(dump, PERSONAL)).toEqual([]);
  });

  test('the address and browser of a reader are kept nowhere', () => {
    const reader = [READER['x-forwarded-for'], 'CanaryBrowser'];
    expect(found(logs.join('\n'), reader)).toEqual([]);
    expect(found(dump, reader)).toEqual([]);
  });

  test('login links and sessions can not be taken from the database or the log', () => {
    const tokens = [loginToken, cookie.split('=')[1] as string];
    expect(found(dump, tokens)).toEqual([]);
    const lines = logs.join('\n').split('\n');
    expect(found(lines.filter((line) => line.startsWith('{')).join('\n'), tokens)).toEqual([]);
  });

  test('no file of the data folder holds any of it, but for the key', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' }).filter(
      (entry) => entry.isFile() && !(entry.parentPath === folder && entry.name === 'secret'),
    );
    expect(files.length).toBeGreaterThan(100);
    const canaries = [...secrets, ...PERSONAL, loginToken, READER['x-forwarded-for'], 'CanaryBrowser'];
    const held = files.flatMap((entry) => {
      const text = readFileSync(join(entry.parentPath, entry.name)).toString('latin1');
      return canaries
        .filter((canary) => text.includes(Buffer.from(canary).toString('latin1')))
        .map((canary) => `${entry.name}: ${canary}`);
    });
    expect(held).toEqual([]);
  });
});
