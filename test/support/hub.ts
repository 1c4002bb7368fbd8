import { createHmac, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the hub treats the next requests. `good`: takes them and confirms; a number: answers that status. */
export type HubManner = 'good' | 'silent' | 'denies' | 'wrong-topic' | 'hang-up' | number | { redirectTo: string };

/** A subscription as the hub keeps it. */
export interface HubRecord {
  mode: string;
  topic: string;
  callback: string;
  secret: string | null;
  leaseSeconds: number | null;
}

/** A WebSub hub on loopback that behaves, or misbehaves as it is told. */
export interface TestHub {
  url: string;
  /** host:port, for FETCH_ALLOW_PRIVATE. */
  host: string;
  manner: HubManner;
  /** What it grants. */
  leaseSeconds: number | null;
  /** Every request that it was sent. */
  asked: HubRecord[];
  /** What the callback answered to each verification: status and whether it gave the challenge back. */
  verified: { status: number; echoed: boolean }[];
  /** Those that hold, by callback. */
  subscriptions: Map<string, HubRecord>;
  /** Resolves when every verification that began has its answer. */
  settled(): Promise<void>;
  /** Asks at a callback whether it meant it; the status and body of the answer. */
  verify(callback: string, query: Record<string, string>): Promise<{ status: number; body: string }>;
  /** Delivers to every subscription, or to one callback; the statuses. */
  deliver(body: string | Uint8Array, options?: Delivery): Promise<number[]>;
  close(): Promise<void>;
}

/** What is unusual about a delivery. */
export interface Delivery {
  callback?: string;
  method?: string;
  /** Signs with this instead of the subscription's. */
  secret?: string;
  /** The whole header; null = none. */
  signature?: string | null;
}

/** Starts one; close it. */
export async function startHub(): Promise<TestHub> {
  const pending = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    void (async () => {
      const form = new URLSearchParams(await textOf(request));
      const lease = form.get('hub.lease_seconds');
      const record: HubRecord = {
        mode: form.get('hub.mode') ?? '',
        topic: form.get('hub.topic') ?? '',
        callback: form.get('hub.callback') ?? '',
        secret: form.get('hub.secret'),
        leaseSeconds: lease === null ? null : Number(lease),
      };
      hub.asked.push(record);
      const { manner } = hub;
      if (manner === 'hang-up') return void request.socket.destroy();
      if (typeof manner === 'number') return void response.writeHead(manner).end('no');
      if (typeof manner === 'object') return void response.writeHead(307, { location: manner.redirectTo }).end();
      response.writeHead(202).end();
      if (manner === 'silent') return;
      const verification = confirm(record, manner).finally(() => pending.delete(verification));
      pending.add(verification);
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function confirm(record: HubRecord, manner: HubManner): Promise<void> {
    if (manner === 'denies') {
      await hub.verify(record.callback, {
        'hub.mode': 'denied',
        'hub.topic': record.topic,
        'hub.reason': 'not\u0000 you',
      });
      return;
    }
    const challenge = randomBytes(12).toString('hex');
    const answer = await hub.verify(record.callback, {
      'hub.mode': record.mode,
      'hub.topic': manner === 'wrong-topic' ? `${record.topic}?other` : record.topic,
      'hub.challenge': challenge,
      ...(hub.leaseSeconds === null ? {} : { 'hub.lease_seconds': String(hub.leaseSeconds) }),
    });
    const echoed = answer.body === challenge;
    hub.verified.push({ status: answer.status, echoed });
    if (answer.status !== 200 || !echoed) return;
    if (record.mode === 'subscribe') hub.subscriptions.set(record.callback, record);
    else hub.subscriptions.delete(record.callback);
  }

  const hub: TestHub = {
    url: `http://127.0.0.1:${port}/`,
    host: `127.0.0.1:${port}`,
    manner: 'good',
    leaseSeconds: 86_400,
    asked: [],
    verified: [],
    subscriptions: new Map(),
    async settled() {
      while (pending.size > 0) await Promise.all(pending);
    },
    async verify(callback, query) {
      const answer = await fetch(`${callback}?${new URLSearchParams(query)}`);
      return { status: answer.status, body: await answer.text() };
    },
    async deliver(body, { callback, method = 'sha256', secret, signature } = {}) {
      const to = callback === undefined ? [...hub.subscriptions.keys()] : [callback];
      return Promise.all(
        to.map(async (address) => {
          const key = secret ?? hub.subscriptions.get(address)?.secret ?? '';
          const signed = `${method}=${createHmac(method, key).update(body).digest('hex')}`;
          const header = signature === undefined ? signed : signature;
          const answer = await fetch(address, {
            method: 'POST',
            body: typeof body === 'string' ? body : new Blob([new Uint8Array(body)]),
            headers: {
              'content-type': 'application/rss+xml',
              // What is refused in the middle ends its connection; the next delivery must not meet that.
              connection: 'close',
              ...(header === null ? {} : { 'x-hub-signature': header }),
            },
          });
          await answer.text();
          return answer.status;
        }),
      );
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return hub;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
