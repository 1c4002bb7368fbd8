import { createBot } from '../../src/bot/index.ts';
import type { Ports } from '../../src/ports/app.ts';
import type { Chat, ChatMessage, IncomingEvent, IncomingUpdate } from '../../src/ports/chat.ts';
import { fakePlatforms, START, squarePlatform } from '../cli/support.ts';
import { fresh, signal, type World, worldOver } from '../pipeline/world.ts';
import type { TestStore } from '../support/database.ts';

export interface Sent extends ChatMessage {
  to: string;
}

/** A chat that keeps what is sent and hands on what a test lets arrive. `fails` = how many sends fail first. */
export function fakeChat(): Chat & {
  sent: Sent[];
  fails: number;
  tries: number;
  arrive(update: IncomingUpdate): Promise<void>;
} {
  let take: ((update: IncomingUpdate) => Promise<void>) | null = null;
  return {
    sent: [],
    fails: 0,
    tries: 0,
    async arrive(update) {
      if (take === null) throw new Error('nobody listens');
      await take(update);
    },
    listen(store, until) {
      take = store;
      return new Promise((resolve) => until.addEventListener('abort', () => resolve(), { once: true }));
    },
    async send(to, message) {
      this.tries++;
      if (this.fails-- > 0) throw new Error('the chat does not answer');
      this.sent.push({ to, ...message });
    },
    deepLink: async (payload) => `https://square.example/bot?start=${payload}`,
  };
}

/** Somebody who writes to the bot. */
export interface Reader {
  id: string;
  says(text: string): Promise<Sent[]>;
  /** Follows a link that opens the conversation. */
  starts(code: string | null): Promise<Sent[]>;
  presses(label: string): Promise<Sent[]>;
  pressesData(data: string): Promise<Sent[]>;
  shares(phone: string): Promise<Sent[]>;
}

export interface BotWorld {
  world: World;
  ports: Ports & World['ports'];
  bot: ReturnType<typeof createBot>;
  chat: ReturnType<typeof fakeChat>;
  reader(language?: string | null, name?: string): Reader;
  /** A post and the code of its link. */
  post(
    language?: string,
    world?: World,
  ): Promise<{ postId: number; articleId: number; channel: string; code: string; title: string }>;
}

/** The bot over a real store, for a brand of its own. */
export async function botOver(here: TestStore, given: { ports?: Partial<Ports> } = {}): Promise<BotWorld> {
  const chat = fakeChat();
  const platforms = fakePlatforms([squarePlatform({ chat })]);
  const world = await worldOver(here, { ports: { platforms, ...given.ports } });
  const { ports } = world;
  const bot = createBot(ports);

  async function happens(event: IncomingEvent): Promise<Sent[]> {
    const before = chat.sent.length;
    const key = fresh('update');
    await here.store.updates.add('square', { key, at: ports.clock.now(), event }, ports.clock.now());
    const [row] = await here.sql('SELECT id FROM "update" WHERE key = $1', [key]);
    await bot.handle(row.id, signal);
    return chat.sent.slice(before);
  }
  return {
    world,
    ports,
    bot,
    chat,
    reader(language = 'en', name = 'Anna Ozola') {
      const id = fresh('person');
      const person = { id, name, language };
      const to = `chat of ${id}`;
      let buttons: Sent['buttons'] = [];
      const heard = (sent: Sent[]) => {
        buttons = sent.findLast((message) => message.buttons !== undefined)?.buttons ?? buttons;
        return sent;
      };
      const says = async (text: string, start: string | null = null) =>
        heard(await happens({ kind: 'message', person, to, text, start }));
      const pressesData = async (data: string) => heard(await happens({ kind: 'button', person, to, data }));
      return {
        id,
        says: (text) => says(text),
        starts: (code) => says(code === null ? '/start' : `/start ${code}`, code),
        async presses(label) {
          const button = buttons?.find((one) => one.label === label);
          if (button === undefined) throw new Error(`there is no button "${label}"`);
          return pressesData(button.data);
        },
        pressesData,
        shares: async (phone) => heard(await happens({ kind: 'contact', person, to, phone })),
      };
    },
    async post(language = 'lv', of = world) {
      const channel = await of.channel({ language });
      const view = (await of.written()).at(-1);
      const [link] = await here.store.posts.linksOf(view?.post.id as number);
      if (view === undefined || link === undefined) throw new Error('nothing was written');
      return {
        postId: view.post.id,
        articleId: view.article.id,
        channel: `square:${channel.address}`,
        code: link.code,
        title: view.article.title,
      };
    },
  };
}

/** Which of these words stand anywhere in the database in what is about people. */
export async function traces(here: TestStore, words: readonly string[]): Promise<string[]> {
  const tables = ['lead', 'lead_contact', 'lead_message', 'consent', 'touch', 'conversation', '"update"'];
  const rows: unknown[] = [];
  for (const table of tables) rows.push(...(await here.sql(`SELECT * FROM ${table}`)));
  const dump = JSON.stringify(rows, (_, value) =>
    // Bytes as text, so that nothing hides in them.
    value?.type === 'Buffer' ? Buffer.from(value.data).toString() : value,
  );
  return words.filter((word) => dump.includes(word));
}
export { START };
