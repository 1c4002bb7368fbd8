import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import OAuth from 'oauth-1.0a';
import { Secret } from '../../src/lib/secret.ts';
import { specViolations, type XOperation } from './x-spec.ts';

/** What happens to the next request, once. */
export type XFault = 'ok' | 'hang' | 'reset-after-accept' | '502-after-accept' | 'bad-json' | keyof typeof REFUSALS;

export interface XEmulator {
  /** For `apiBase`. */
  base: string;
  keys: { appKey: Secret; appSecret: Secret; accessToken: Secret; accessSecret: Secret };
  account: { id: string; name: string; username: string; protected: boolean };
  /** Posts that exist, in order. */
  posts: XPost[];
  /** Every request that came, accepted or not. */
  requests: { method: string; path: string; query: Record<string, string>; host: string; body: string }[];
  /** Where a request or an answer broke the specification; empty also when the specification is absent. */
  violations: string[];
  /** The vocabulary it knows; null = both, as X does. */
  dialect: 'post.fields' | 'tweet.fields' | null;
  /** Queued for the coming requests, one each. */
  next(...faults: XFault[]): void;
  /** From now on nobody listens. */
  stopListening(): Promise<void>;
  close(): Promise<void>;
}

export interface XPost {
  id: string;
  text: string;
  /** The post that it answers. */
  replyTo: string | null;
  at: Date;
  metrics: Record<'likes' | 'replies' | 'reposts' | 'quotes' | 'bookmarks' | 'views', number>;
}

/** Answers as X gives them; `about:blank` ones are from life, where the specification knows no such type. */
const REFUSALS = {
  '400': problem(400, 'Invalid Request', 'One or more parameters to your request was invalid.', 'invalid-request'),
  '401': problem(401, 'Unauthorized', 'Unauthorized'),
  '402': problem(402, 'CreditsDepleted', 'Your enrolled account does not have any credits to fulfill this request.'),
  '403': problem(403, 'Forbidden', 'You are not permitted to perform this action.'),
  duplicate: problem(403, 'Forbidden', 'You are not allowed to create a Tweet with duplicate content.'),
  'not-summoned': problem(
    403,
    'Forbidden',
    'You can only reply to or quote posts where you are mentioned or are the author.',
  ),
  'read-only-keys': {
    ...problem(403, 'Forbidden', 'Your client app is not configured with the appropriate oauth1 app permissions.'),
    type: 'https://api.twitter.com/2/problems/oauth1-permissions',
  },
  'usage-capped': {
    ...problem(429, 'UsageCapExceeded', 'Usage cap exceeded: Monthly product cap'),
    type: 'https://api.twitter.com/2/problems/usage-capped',
  },
  '429': problem(429, 'Too Many Requests', 'Too Many Requests'),
  '500': problem(500, 'Internal Error', 'Something went wrong.', 'internal-error'),
  '503': problem(503, 'Service Unavailable', 'Service Unavailable'),
};

function problem(status: number, title: string, detail: string, type?: string) {
  return { title, detail, status, type: type ? `https://api.x.com/2/problems/${type}` : 'about:blank' };
}

const KEYS = {
  appKey: 'emulated-app-key',
  appSecret: 'emulated-app-secret-Zq8',
  accessToken: '4242-emulated-access-token',
  accessSecret: 'emulated-access-secret-Wv3',
};

/**
 * X's API, as far as Crier uses it, on a free port of 127.0.0.1: signatures are verified against https://api.x.com, texts
 * measured by twitter-text, a text taken once (unless `duplicates`).
 */
export async function startXEmulator({ duplicates = false } = {}): Promise<XEmulator> {
  const faults: XFault[] = [];
  const nonces = new Set<string>();
  const { extractUrls, parseTweet } = await import('twitter-text');
  let lastId = 1_900_000_000_000_000_000n;

  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (piece) => {
      body += piece;
    });
    request.on('end', () => answer(request, response, body));
  });
  const emulator: XEmulator = {
    base: '',
    keys: {
      appKey: new Secret(KEYS.appKey),
      appSecret: new Secret(KEYS.appSecret),
      accessToken: new Secret(KEYS.accessToken),
      accessSecret: new Secret(KEYS.accessSecret),
    },
    account: { id: '4242', name: 'Acme News', username: 'AcmeNews', protected: false },
    posts: [],
    requests: [],
    violations: [],
    dialect: null,
    next: (...coming) => {
      faults.push(...coming);
    },
    stopListening: () => stop(),
    close: () => stop(),
  };

  function stop(): Promise<void> {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(() => resolve()));
  }

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const url = new URL(request.url ?? '/', 'https://api.x.com');
    const query = Object.fromEntries(url.searchParams);
    const method = request.method ?? 'GET';
    emulator.requests.push({ method, path: url.pathname, query, host: request.headers.host ?? '', body });
    const fault = faults.shift() ?? 'ok';
    if (fault === 'hang') return;
    const refused = fault in REFUSALS ? REFUSALS[fault as keyof typeof REFUSALS] : signatureProblem(request, url);
    const { operation, status, data } = refused
      ? { operation: null, status: refused.status, data: refused }
      : perform(method, url.pathname, query, body);
    if (fault === 'reset-after-accept') return void request.socket.resetAndDestroy();
    if (fault === '502-after-accept') {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><body>502 Bad Gateway</body></html>');
      return;
    }
    if (operation) emulator.violations.push(...specViolations(operation, { query, body }, { status, data }));
    const remaining = status === 429 ? 0 : 99;
    response.writeHead(status, {
      'content-type': status < 400 ? 'application/json; charset=utf-8' : 'application/problem+json',
      'x-rate-limit-limit': '100',
      'x-rate-limit-remaining': String(remaining),
      'x-rate-limit-reset': String(Math.floor(Date.now() / 1000) + 60),
      'x-access-level': 'read-write',
    });
    response.end(fault === 'bad-json' ? '{"data":{"id":"19' : JSON.stringify(data));
  }

  /** OAuth 1.0a as X checks it: known keys, a fresh nonce, the present time, HMAC-SHA1 over method, address and parameters. */
  function signatureProblem(request: IncomingMessage, url: URL): (typeof REFUSALS)['401'] | null {
    const given = Object.fromEntries(
      [...(request.headers.authorization ?? '').matchAll(/(oauth_\w+)="([^"]*)"/gu)].map(([, name, value]) => [
        name as string,
        decodeURIComponent(value as string),
      ]),
    );
    const oauth = new OAuth({
      consumer: { key: KEYS.appKey, secret: KEYS.appSecret },
      signature_method: 'HMAC-SHA1',
      hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
    });
    const { oauth_signature, ...parameters } = given;
    const expected = oauth.getSignature(
      {
        url: `https://api.x.com${url.pathname}`,
        method: request.method ?? 'GET',
        data: Object.fromEntries(url.searchParams),
      },
      KEYS.accessSecret,
      parameters as never,
    );
    const nonce = given.oauth_nonce ?? '';
    const ageSeconds = Math.abs(Date.now() / 1000 - Number(given.oauth_timestamp));
    const genuine =
      request.headers.host === 'api.x.com' &&
      given.oauth_consumer_key === KEYS.appKey &&
      given.oauth_token === KEYS.accessToken &&
      given.oauth_version === '1.0' &&
      given.oauth_signature_method === 'HMAC-SHA1' &&
      ageSeconds < 300 &&
      nonce !== '' &&
      !nonces.has(nonce) &&
      oauth_signature === expected;
    nonces.add(nonce);
    return genuine ? null : REFUSALS['401'];
  }

  /** As timelines hold it: links wrapped and told apart in `entities`, `&`, `<` and `>` as references. */
  function timelined({ id, text, at }: XPost, query: Record<string, string>): object {
    const fields =
      query[emulator.dialect ?? ('post.fields' in query ? 'post.fields' : 'tweet.fields')]?.split(',') ?? [];
    const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
    let shown = escaped;
    const urls = extractUrls(text).map((url, index) => {
      const wrapped = `https://t.co/${id.slice(-8)}0${index}`;
      shown = shown.replace(url.replaceAll('&', '&amp;'), wrapped);
      return { start: 0, end: 1, url: wrapped, expanded_url: url, display_url: url.slice(8, 30) };
    });
    return {
      id,
      text: shown,
      ...(fields.includes('created_at') ? { created_at: at.toISOString() } : {}),
      ...(fields.includes('entities') && urls.length > 0 ? { entities: { urls } } : {}),
    };
  }

  type Performed = { operation: XOperation | null; status: number; data: unknown };
  function perform(method: string, path: string, query: Record<string, string>, body: string): Performed {
    const refusal = (name: keyof typeof REFUSALS, operation: XOperation | null = null): Performed => ({
      operation,
      status: REFUSALS[name].status,
      data: REFUSALS[name],
    });
    if (method === 'POST' && path === '/2/tweets') {
      const operation = 'createPosts';
      const { text, replyTo } = postOf(body);
      if (text === null || text.trim() === '' || !parseTweet(text).valid) return refusal('400', operation);
      // Programs may answer only where they are summoned, or themselves.
      if (replyTo !== null && emulator.posts.every((post) => post.id !== replyTo))
        return refusal('not-summoned', operation);
      if (!duplicates && emulator.posts.some((post) => post.text === text)) return refusal('duplicate', operation);
      lastId += 1n;
      const metrics = { likes: 0, replies: 0, reposts: 0, quotes: 0, bookmarks: 0, views: 0 };
      emulator.posts.push({ id: String(lastId), text, replyTo, at: new Date(), metrics });
      // As readers get it: every link wrapped.
      const shown = extractUrls(text).reduce((changed, link) => changed.replace(link, 'https://t.co/0123456789'), text);
      return { operation, status: 201, data: { data: { id: String(lastId), text: shown } } };
    }
    if (method === 'GET' && path === '/2/users/me') {
      const { id, name, username } = emulator.account;
      const more = query['user.fields']?.includes('protected') ? { protected: emulator.account.protected } : {};
      return { operation: 'getUsersMe', status: 200, data: { data: { id, name, username, ...more } } };
    }
    if (method === 'GET' && path === `/2/users/${emulator.account.id}/tweets`) {
      const since = Date.parse(query.start_time ?? '1970-01-01T00:00:00Z');
      const shown = emulator.posts.filter((post) => post.at.getTime() >= since).reverse();
      const data = shown.slice(0, Number(query.max_results ?? 10)).map((post) => timelined(post, query));
      const meta = { result_count: data.length };
      return { operation: 'getUsersPosts', status: 200, data: data.length > 0 ? { data, meta } : { meta } };
    }
    if (method === 'GET' && path === '/2/tweets') {
      const ids = (query.ids ?? '').split(',');
      if (ids.length > 100 || ids.some((id) => !/^\d{1,19}$/u.test(id))) return refusal('400', 'getPostsByIds');
      const found = ids.flatMap((id) => emulator.posts.find((post) => post.id === id) ?? []);
      const gone = ids.filter((id) => found.every((post) => post.id !== id));
      const data = found.map((post) => ({
        id: post.id,
        text: post.text,
        ...publicMetrics(post, query, emulator.dialect),
      }));
      return {
        operation: 'getPostsByIds',
        status: 200,
        data: {
          ...(data.length > 0 && { data }),
          ...(gone.length > 0 && { errors: gone.map(notFound) }),
        },
      };
    }
    return { operation: null, status: 404, data: problem(404, 'Not Found', 'Not Found') };
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  emulator.base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return emulator;
}

function postOf(body: string): { text: string | null; replyTo: string | null } {
  try {
    const { text, reply } = JSON.parse(body) as { text?: unknown; reply?: { in_reply_to_tweet_id?: unknown } };
    const replyTo = reply?.in_reply_to_tweet_id;
    return {
      text: typeof text === 'string' ? text : null,
      replyTo: typeof replyTo === 'string' ? replyTo : null,
    };
  } catch {
    return { text: null, replyTo: null };
  }
}

/** Numbers in the vocabulary that was asked for; a field that isn't known is left out without a word. */
function publicMetrics({ metrics }: XPost, query: Record<string, string>, dialect: XEmulator['dialect']) {
  const asked = (name: string) => (dialect ?? name) === name && query[name]?.split(',').includes('public_metrics');
  if (!asked('post.fields') && !asked('tweet.fields')) return {};
  const reposts = asked('post.fields') ? 'repost_count' : 'retweet_count';
  return {
    public_metrics: {
      [reposts]: metrics.reposts,
      reply_count: metrics.replies,
      like_count: metrics.likes,
      quote_count: metrics.quotes,
      bookmark_count: metrics.bookmarks,
      impression_count: metrics.views,
    },
  };
}

function notFound(id: string) {
  return {
    value: id,
    detail: `Could not find tweet with ids: [${id}].`,
    title: 'Not Found Error',
    resource_type: 'tweet',
    parameter: 'ids',
    resource_id: id,
    type: 'https://api.x.com/2/problems/resource-not-found',
  };
}
