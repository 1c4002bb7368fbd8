import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DiscordWorld } from './discord-world.ts';

export interface DiscordGateway {
  /** How many clients identified, and how many resumed. */
  identified: number;
  resumed: number;
  /** Intents of the last identify. */
  intents: number;
  /** Sockets that are open now. */
  open(): number;
  /** Identifies that ask for more than this are closed with 4014. */
  allow(intents: number): void;
  /** Closes every connection with a code: 1000 and more, 4000 = "try again". */
  disconnect(code: number): void;
  /** Resolves when a client is ready (identified or resumed); at once when one is. */
  ready(): Promise<void>;
  dispatch(event: string, intent: number, data: object): void;
  /** The answer to GET /gateway/bot. */
  information(port: number): object;
  close(): void;
}

interface Session {
  id: string;
  intents: number;
  events: { t: string; s: number; d: object }[];
  socket: WebSocket | null;
}

const MESSAGE_CONTENT = 1 << 15;

/** A message as bots get it that may not read what people write. */
function withoutContent(data: object, botId: string): object {
  if (!('content' in data) || (data as { author?: { id: string } }).author?.id === botId) return data;
  const { message_snapshots: _, ...message } = data as Record<string, unknown>;
  return { ...message, content: '', embeds: [], attachments: [], components: [] };
}

/** Hello, identify, resume with replay, heartbeats and dispatch by intents, in JSON without compression. */
export function createDiscordGateway(server: Server, token: string, world: DiscordWorld): DiscordGateway {
  const sockets = new WebSocketServer({ server });
  const sessions = new Map<string, Session>();
  let url = '';
  let allowed = ~0;
  let waiting: (() => void)[] = [];

  function send(session: Session, t: string, d: object): void {
    const event = { t, s: session.events.length + 1, d };
    session.events.push(event);
    session.socket?.send(JSON.stringify({ op: 0, ...event }));
  }
  function wakeAll(): void {
    for (const wake of waiting) wake();
    waiting = [];
  }

  sockets.on('connection', (socket) => {
    let session: Session | undefined;
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 41_250 } }));
    socket.on('error', () => {});
    socket.on('close', () => {
      if (session?.socket === socket) session.socket = null;
    });
    socket.on('message', (raw) => {
      const { op, d } = JSON.parse(String(raw)) as { op: number; d: Record<string, unknown> };
      if (op === 1) socket.send(JSON.stringify({ op: 11 }));
      if (op !== 2 && op !== 6) return;
      if (d.token !== token) return socket.close(4004, 'Authentication failed.');
      if (op === 6) {
        session = sessions.get(String(d.session_id));
        if (session === undefined) return socket.send(JSON.stringify({ op: 9, d: false }));
        session.socket = socket;
        for (const event of session.events.slice(Number(d.seq))) socket.send(JSON.stringify({ op: 0, ...event }));
        gateway.resumed += 1;
        send(session, 'RESUMED', {});
        return wakeAll();
      }
      const intents = Number(d.intents);
      if ((intents & ~allowed) !== 0) return socket.close(4014, 'Disallowed intent(s).');
      gateway.identified += 1;
      gateway.intents = intents;
      session = { id: `session-${gateway.identified}`, intents, events: [], socket };
      sessions.set(session.id, session);
      send(session, 'READY', {
        v: 10,
        user: world.botUser(),
        guilds: [{ id: world.guildId, unavailable: true }],
        session_id: session.id,
        resume_gateway_url: url,
        session_type: 'normal',
        private_channels: [],
        application: { id: world.bot.id, flags: 0 },
      });
      send(session, 'GUILD_CREATE', world.guildForGateway());
      wakeAll();
    });
  });

  const gateway: DiscordGateway = {
    identified: 0,
    resumed: 0,
    intents: 0,
    open: () => sockets.clients.size,
    allow(intents) {
      allowed = intents;
    },
    disconnect(code) {
      for (const socket of sockets.clients) socket.close(code);
      for (const session of sessions.values()) session.socket = null;
    },
    async ready() {
      if ([...sessions.values()].some((session) => session.socket !== null)) return;
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
    dispatch(event, intent, data) {
      for (const session of sessions.values()) {
        if ((session.intents & intent) === 0) continue;
        send(session, event, (session.intents & MESSAGE_CONTENT) === 0 ? withoutContent(data, world.bot.id) : data);
      }
    },
    information(port) {
      url = `ws://127.0.0.1:${port}`;
      return {
        url,
        shards: 1,
        session_start_limit: { total: 1000, remaining: 1000 - gateway.identified, reset_after: 0, max_concurrency: 1 },
      };
    },
    close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
  return gateway;
}
