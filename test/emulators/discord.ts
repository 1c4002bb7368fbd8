import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createDiscordGateway, type DiscordGateway } from './discord-gateway.ts';
import type { SentEmbed } from './discord-shapes.ts';
import { createDiscordSpec } from './discord-spec.ts';
import { createDiscordWorld, type DiscordWorld, type Refusal } from './discord-world.ts';

/** What the next request meets, once. Without `on` it is the next Create Message. */
export type DiscordFault =
  | 'ok'
  | 'hang'
  | 'reset-after-accept'
  | '500'
  | '502-after-accept'
  | '429'
  | '400'
  | '401'
  | '403'
  | 'bad-json'
  | 'refused';

export interface DiscordRequest {
  method: string;
  /** Without `/api/v10`, with the query. */
  path: string;
  body: string;
}

export interface DiscordEmulator {
  /** For DISCORD_API_BASE. */
  apiBase: string;
  token: string;
  botId: string;
  guildId: string;
  channelId: string;
  /** The server, its channel and its messages; also what readers do: react, reply. */
  world: DiscordWorld;
  gateway: DiscordGateway;
  /** Every request, in order. */
  requests: DiscordRequest[];
  /** The texts of every Create Message that was accepted, those too that a nonce led to an existing message. */
  accepted: { text: string }[];
  /** Requests and answers that break Discord's specification; `unchecked` when it is absent. */
  violations: string[];
  checked: boolean;
  next(
    fault: DiscordFault,
    detail?: { on?: string; code?: number; retryAfterSeconds?: number; global?: boolean },
  ): void;
  close(): Promise<void>;
}

export interface DiscordEmulatorOptions {
  token?: string;
  port?: number;
  /** Create Messages a channel takes in 5 s before it answers 429. */
  perChannel?: number;
  /** Check requests and answers against shared/specs (costs a second at first use). True by default. */
  validate?: boolean;
}

const BUCKET_SECONDS = 5;

/** Discord's REST interface and gateway on 127.0.0.1, as far as posting bots use them, with faults on demand. */
export async function startDiscordEmulator(options: DiscordEmulatorOptions = {}): Promise<DiscordEmulator> {
  const token = options.token ?? 'emulated.discord.token';
  const spec = createDiscordSpec(options.validate ?? true);
  const requests: DiscordRequest[] = [];
  const accepted: { text: string }[] = [];
  const faults: { fault: DiscordFault; on: string; code?: number; retryAfterSeconds?: number; global?: boolean }[] = [];
  const buckets = new Map<string, { used: number; endsAt: number }>();
  const perChannel = options.perChannel ?? 1000;
  const world = createDiscordWorld((event, intent, data) => gateway.dispatch(event, intent, data));

  const server = createServer((request, response) => {
    void answer(request, response).catch((error) => {
      spec.violations.push(`the emulator failed: ${String(error)}`);
      response.destroy();
    });
  });
  const gateway = createDiscordGateway(server, token, world);
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const chunk of request) body += chunk;
    const method = request.method ?? 'GET';
    const path = (request.url ?? '').replace(/^\/api\/v10/u, '');
    requests.push({ method, path, body });
    const send = (status: number, data: unknown, headers: Record<string, string> = {}): void => {
      spec.checkAnswer(method, path, status, data);
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(data));
    };
    const refuse = ({ status, code, message }: Refusal): void => send(status, { message, code });

    const index = faults.findIndex((one) => `${method} ${path}`.startsWith(one.on));
    const fault = index < 0 ? undefined : faults.splice(index, 1)[0];
    if (request.headers.authorization !== `Bot ${token}` || fault?.fault === '401')
      return refuse({ status: 401, code: 0, message: '401: Unauthorized' });
    switch (fault?.fault) {
      case 'hang':
        return;
      case '500':
        return refuse({ status: 500, code: 0, message: '500: Internal Server Error' });
      case '429':
        return limit(send, path, fault.retryAfterSeconds ?? 2, fault.global ?? false);
      case '400':
        return refuse({ status: 400, code: fault.code ?? 50035, message: 'Invalid Form Body' });
      case '403':
        return refuse({ status: 403, code: fault.code ?? 50013, message: 'Missing Permissions' });
    }

    const creating = method === 'POST' && /^\/channels\/\d+\/messages$/u.test(path);
    const bucket = creating ? take(path) : null;
    if (bucket !== null && bucket.used > perChannel)
      return limit(send, path, (bucket.endsAt - Date.now()) / 1000, false);
    const problem = body === '' ? null : spec.checkRequest(method, path, body);
    if (problem !== null) return refuse({ status: 400, code: 50035, message: `Invalid Form Body: ${problem}` });
    if (path === '/gateway/bot') return send(200, gateway.information(port));

    const result = world.answer(method, path, body);
    if ('refusal' in result) return refuse(result.refusal);
    if (creating) accepted.push({ text: wordsOf(body) });
    if (fault?.fault === 'reset-after-accept') return void request.socket.resetAndDestroy();
    if (fault?.fault === '502-after-accept')
      return void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>502</h1>');
    if (fault?.fault === 'bad-json')
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"id": "12');
    send(200, result.data, bucket === null ? {} : limitHeaders(path, bucket, perChannel));
  }

  function take(path: string): { used: number; endsAt: number } {
    const known = buckets.get(path);
    const bucket =
      known !== undefined && known.endsAt > Date.now()
        ? known
        : { used: 0, endsAt: Date.now() + BUCKET_SECONDS * 1000 };
    bucket.used += 1;
    buckets.set(path, bucket);
    return bucket;
  }

  return {
    apiBase: `http://127.0.0.1:${port}/api`,
    token,
    botId: world.bot.id,
    guildId: world.guildId,
    channelId: world.channelId,
    world,
    gateway,
    requests,
    accepted,
    violations: spec.violations,
    checked: spec.checked,
    next(fault, { on = 'POST /channels/', ...detail } = {}) {
      if (fault === 'refused') {
        server.close();
        server.closeAllConnections();
      } else if (fault !== 'ok') faults.push({ fault, on, ...detail });
    },
    async close() {
      gateway.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      // What a client was told by the closing sockets is dealt with before the next test begins.
      await delay(0);
    },
  };
}

/** What people read of a message: its text, or its card from top to bottom. */
function wordsOf(body: string): string {
  const { content, embeds = [] } = JSON.parse(body) as { content?: string; embeds?: SentEmbed[] };
  const cards = embeds.flatMap(({ title, description, footer }) => [title, description, footer?.text]);
  return [content, ...cards].filter(Boolean).join('\n');
}

type Send = (status: number, data: unknown, headers?: Record<string, string>) => void;

function limit(send: Send, path: string, retryAfterSeconds: number, global: boolean): void {
  send(
    429,
    { message: 'You are being rate limited.', retry_after: retryAfterSeconds, global, code: 0 },
    {
      'retry-after': String(Math.ceil(retryAfterSeconds)),
      'x-ratelimit-scope': global ? 'global' : 'user',
      ...(global
        ? { 'x-ratelimit-global': 'true' }
        : limitHeaders(path, { used: 1, endsAt: Date.now() + retryAfterSeconds * 1000 }, 1)),
    },
  );
}

function limitHeaders(path: string, bucket: { used: number; endsAt: number }, most: number): Record<string, string> {
  return {
    'x-ratelimit-limit': String(most),
    'x-ratelimit-remaining': String(Math.max(0, most - bucket.used)),
    'x-ratelimit-reset': String(bucket.endsAt / 1000),
    'x-ratelimit-reset-after': String(Math.max(0, (bucket.endsAt - Date.now()) / 1000)),
    'x-ratelimit-bucket': `create-message-${path.split('/')[2]}`,
  };
}
