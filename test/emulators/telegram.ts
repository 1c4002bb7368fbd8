import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault } from '../contracts/platform.ts';
import { createChats, type EmulatedChat, Refusal, type SentMessage } from './telegram-chats.ts';
import { loadTelegramSchema } from './telegram-schema.ts';
import { createUpdates, type Pushing } from './telegram-updates.ts';

/** One request as it came. */
export interface EmulatedCall {
  method: string;
  payload: Record<string, unknown>;
  /** The request's body, letter for letter. */
  raw: string;
  /** HTTP status of the answer; null when none was given. */
  status: number | null;
}

/** What a test holds of a running emulator. */
export interface TelegramEmulator extends Pushing {
  /** What TELEGRAM_API_ROOT is set to. */
  root: string;
  token: string;
  username: string;
  chats: Map<number, EmulatedChat>;
  /** Everything that was accepted, in order. */
  sent: SentMessage[];
  /** Every call that came, in order; there from its arrival on. */
  journal: EmulatedCall[];
  /** Requests and answers that the Bot API's description forbids; `close` throws when there are any. */
  violations: string[];
  addChat(chat: Partial<EmulatedChat> & Pick<EmulatedChat, 'id'>): EmulatedChat;
  /** What happens to the next call of the method (sendMessage), once; `times` for more. */
  next(fault: Fault, options?: { method?: string; times?: number }): Promise<void>;
  /** The next call of the method gets this error. */
  refuse(method: string, code: number, description: string, parameters?: object): void;
  /** Updates that nobody has confirmed yet. */
  unconfirmed(): number;
  /** The first call, past or future, that the predicate takes; asked when a call comes and when it was answered. */
  waitFor(predicate: (call: EmulatedCall) => boolean): Promise<EmulatedCall>;
  /** Stops listening, or listens again at the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** All of it optional. */
export interface EmulatorOptions {
  token?: string;
  username?: string;
  /** Any chat that is written to exists, and the bot may post there. */
  acceptAnyChat?: boolean;
  chats?: (Partial<EmulatedChat> & Pick<EmulatedChat, 'id'>)[];
  /** Whether the bot's privacy mode is off. */
  readsGroups?: boolean;
  /** False where starting fast matters more than checking against the Bot API's description. */
  validate?: boolean;
}

const RETRY_AFTER_SECONDS = 3;

/** The Bot API on 127.0.0.1: the methods that Crier calls, with the real server's checks, errors and long poll. */
export async function startTelegramEmulator(options: EmulatorOptions = {}): Promise<TelegramEmulator> {
  const token = options.token ?? '123456789:AAEmulatedTokenOfTheTelegramEmulator';
  const username = options.username ?? 'crier_test_bot';
  const bot = { id: 123456789, is_bot: true, first_name: 'Crier', username };
  // Only getMe tells what bots may do.
  const me = { ...bot, can_join_groups: true, can_read_all_group_messages: options.readsGroups ?? false };
  const validator = options.validate === false ? null : await loadTelegramSchema();
  const journal: EmulatedCall[] = [];
  const violations: string[] = [];
  const faults: { method: string; fault: Fault | Refusal }[] = [];
  const waiting: { predicate: (call: EmulatedCall) => boolean; resolve: (call: EmulatedCall) => void }[] = [];
  const chats = createChats(bot, options.acceptAnyChat ?? false);
  for (const chat of options.chats ?? []) chats.addChat(chat);
  const { getUpdates, endPoll, unconfirmed, pushing } = createUpdates(chats, (update) => {
    const odd = validator?.('Update', update);
    if (odd) violations.push(`update ${odd}`);
  });

  const METHODS: Record<string, (payload: Record<string, unknown>, gone: Promise<void>) => unknown> = {
    getMe: () => me,
    getChat: chats.getChat,
    getChatMember: chats.getChatMember,
    sendMessage: chats.sendMessage,
    getUpdates,
    deleteWebhook: () => true,
    answerCallbackQuery: () => true,
    setMyCommands: () => true,
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await read(request).catch(() => null);
    // The caller died while it was sending.
    if (raw === null) return;
    const [, given, method = ''] = /^\/bot([^/]+)\/(\w+)$/u.exec(request.url ?? '') ?? [];
    const call: EmulatedCall = { method, payload: raw === '' ? {} : JSON.parse(raw), raw, status: null };
    const reply = (status: number, body: string, headers: Record<string, string> = {}): void => {
      call.status = status;
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    };
    const refuse = ({ code, message, parameters }: Refusal): void => {
      const retryAfter = (parameters as { retry_after?: number } | undefined)?.retry_after;
      const body = { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) };
      reply(code, JSON.stringify(body), retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) });
    };
    const tell = (): void => {
      for (const one of [...waiting]) {
        if (!one.predicate(call)) continue;
        waiting.splice(waiting.indexOf(one), 1);
        one.resolve(call);
      }
    };
    const index = faults.findIndex((one) => one.method === method);
    const fault = index < 0 ? 'ok' : (faults.splice(index, 1)[0]?.fault ?? 'ok');
    journal.push(call);
    tell();
    if (fault === 'hang') return;
    const gone = new Promise<void>((resolve) => response.once('close', resolve));
    try {
      if (given !== token) throw new Refusal(401, 'Unauthorized');
      const handle = METHODS[method];
      if (!handle) throw new Refusal(404, 'Not Found: method not found');
      const wrong = validator?.(`method:${method}`, call.payload);
      if (wrong) violations.push(`request ${wrong}`);
      if (fault instanceof Refusal) throw fault;
      const refusal = REFUSALS[fault];
      if (refusal) throw refusal;
      const result = await handle(call.payload, gone);
      const odd = validator?.(`result:${method}`, result);
      if (odd) violations.push(`answer ${odd}`);
      if (fault === 'reset-after-accept') request.socket.resetAndDestroy();
      else if (fault === '502-after-accept') reply(502, '<html>Bad Gateway</html>', { 'content-type': 'text/html' });
      else if (fault === 'bad-json') reply(200, '<html>Welcome</html>', { 'content-type': 'text/html' });
      else reply(200, JSON.stringify({ ok: true, result }));
    } catch (error) {
      if (error instanceof Refusal) refuse(error);
      else {
        violations.push(`the emulator failed: ${String(error)}`);
        reply(500, '');
      }
    }
    tell();
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => violations.push(`the emulator failed: ${String(error)}`));
  });
  const listen = (port: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.removeListener('error', reject);
        resolve();
      });
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const down = async (): Promise<void> => {
    endPoll();
    if (!server.listening) return;
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };

  return {
    root: `http://127.0.0.1:${port}`,
    token,
    username,
    chats: chats.chats,
    sent: chats.sent,
    journal,
    violations,
    addChat: chats.addChat,
    async next(fault, { method = 'sendMessage', times = 1 } = {}) {
      if (fault === 'refused') return down();
      for (let count = 0; count < times; count += 1) faults.push({ method, fault });
    },
    refuse: (method, code, description, parameters) => {
      faults.push({ method, fault: new Refusal(code, description, parameters) });
    },
    ...pushing,
    unconfirmed,
    waitFor: (predicate) => {
      const past = journal.find(predicate);
      return past ? Promise.resolve(past) : new Promise((resolve) => waiting.push({ predicate, resolve }));
    },
    down,
    up: () => (server.listening ? Promise.resolve() : listen(port)),
    async close() {
      await down();
      if (violations.length > 0) throw new Error(`The Bot API forbids this:\n${violations.join('\n')}`);
    },
  };
}

const REFUSALS: Partial<Record<Fault, Refusal>> = {
  '500': new Refusal(500, 'Internal Server Error'),
  '429': new Refusal(429, `Too Many Requests: retry after ${RETRY_AFTER_SECONDS}`, {
    retry_after: RETRY_AFTER_SECONDS,
  }),
  '400': new Refusal(400, 'Bad Request: message text is empty'),
  '401': new Refusal(401, 'Unauthorized'),
  '403': new Refusal(403, 'Forbidden: bot was kicked from the channel chat'),
};

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
