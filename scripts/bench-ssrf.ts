/**
 * How many addresses of the public SSRF collection (corpora security/payloads, which nobody here wrote) are reached
 * through the guarded fetch: given directly, behind a redirect of an allowed server, and by names whose second answer
 * is another than their first. `npm run bench:ssrf` prints a table in Markdown and fails when one was reached.
 *
 * Reached is counted where it can't be argued away: every attempt of this process to connect, whether or not anything
 * answers there, and every connection that a trap on this machine sees. A control shows that both are seen.
 */
import { subscribe } from 'node:diagnostics_channel';
import { readFileSync } from 'node:fs';
import { isIP, type Socket } from 'node:net';
import { isPublicAddress } from '../src/feeds/address.ts';
import type { Resolve } from '../src/feeds/connect.ts';
import { createGuardedFetch } from '../src/feeds/guarded-fetch.ts';
import { FetchError } from '../src/lib/errors.ts';
import { serve } from '../test/feeds/server.ts';
import { sharedPath } from '../test/support/shared.ts';

interface Case {
  url: string;
  class: string;
}

const path = sharedPath('corpora', 'security', 'payloads', 'ssrf_urls.json');
if (path === null) throw new Error('The corpora are not there: put them beside the repository, or set CRIER_SHARED.');
const all = JSON.parse(readFileSync(path, 'utf8')) as Case[];
const cases = all.filter((one) => /^must-block|^invalid-url/u.test(one.class));

/** Global unicast by its form, but of a block that was given to nobody: a connection to it gets nowhere. */
const NOWHERE = '2d00::1';
const INSIDE = '127.0.0.1';
const { signal } = new AbortController();

/** Attempts to connect, as `address:port`. */
const attempts: string[] = [];
subscribe('net.client.socket', (message) => {
  const { socket } = message as { socket: Socket };
  socket.on('connectionAttempt', (address, port) => attempts.push(`${address}:${port}`));
});

const trap = await serve({ '/': 'inside' }, '0.0.0.0');
const redirector = await serve({
  '/to': (request, response) => {
    const target = new URL(request.url ?? '', 'http://any').searchParams.get('url') ?? '';
    // Header bytes as sloppy servers send them: UTF-8, unescaped; what no header can hold is left out.
    const location = Buffer.from(target.replace(/[\r\n\0]/gu, '')).toString('latin1');
    response.writeHead(302, { location }).end();
  },
});

interface Outcome {
  reached: number;
  /** Not refused by the guard but failed for another reason; nothing was reached. */
  otherwise: number;
}

/** Opens an address, `times` times with one guarded fetch, and counts what was reached. */
async function tried(address: string, resolve: Resolve, times = 1): Promise<Outcome> {
  const guarded = createGuardedFetch({
    allowPrivate: [redirector.host],
    userAgent: 'Crier/bench',
    resolve,
    deadlineMs: 400,
  });
  const [before, connected] = [attempts.length, trap.connections()];
  let otherwise = 0;
  let opened = 0;
  for (let round = 0; round < times; round += 1) {
    try {
      await guarded.get(address, { signal });
      opened += 1;
    } catch (thrown) {
      if (!(thrown instanceof FetchError)) throw thrown;
      if (thrown.kind !== 'blocked') otherwise += 1;
    }
  }
  await guarded.close();
  const inside = attempts.slice(before).filter((one) => !isPublicAddress(one.replace(/:\d+$/u, '')));
  const reached = inside.filter((one) => one !== `127.0.0.1:${redirector.port}`).length;
  return { reached: Math.max(reached, trap.connections() - connected, opened), otherwise };
}

/** The same address on the trap's port, where something would answer. */
function onTrap(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/u.test(url.protocol)) return null;
  url.protocol = 'http:';
  url.port = String(trap.port);
  return url.href;
}

const leadsInside: Resolve = async () => [{ address: INSIDE, family: 4 }];

/** Answers with a public address first, then with the one inside. */
function rebinding(inside: string): Resolve {
  let asked = 0;
  return async () => {
    asked += 1;
    const address = asked === 1 ? NOWHERE : inside;
    return [{ address, family: isIP(address) }];
  };
}

/** A name of its own for an address that is a number, and the number that it leads to; null where there is no host. */
function asName(address: string): { url: string; inside: string } | null {
  const url = URL.parse(onTrap(address) ?? '');
  if (url === null) return null;
  const literal = url.hostname.replace(/^\[|\]$/gu, '');
  if (isIP(literal) === 0) return { url: url.href, inside: INSIDE };
  url.hostname = 'rebind.example';
  return { url: url.href, inside: literal };
}

const control = await (async () => {
  const [before, connected] = [attempts.length, trap.connections()];
  await (await fetch(trap.url)).text();
  return attempts.length > before && trap.connections() > connected;
})();
if (!control) throw new Error('The control was not seen: this benchmark proves nothing here.');

const ways: { name: string; run(one: Case): Promise<Outcome[]> }[] = [
  {
    name: 'given directly',
    run: async ({ url }) => [
      await tried(url, leadsInside),
      ...(onTrap(url) === null ? [] : [await tried(onTrap(url) as string, leadsInside)]),
    ],
  },
  {
    name: 'behind a redirect',
    run: async ({ url }) =>
      Promise.all(
        [url, onTrap(url)]
          .filter((one) => one !== null)
          .map((one) => tried(`${redirector.url}/to?url=${encodeURIComponent(one)}`, leadsInside)),
      ),
  },
  {
    name: 'by a rebinding name',
    run: async ({ url }) => {
      const named = asName(url);
      return named === null ? [] : [await tried(named.url, rebinding(named.inside), 3)];
    },
  },
];

let reachedInAll = 0;
console.log(`| class | cases | ${ways.map(({ name }) => name).join(' | ')} | reach | reached |`);
console.log(`|---|---|${ways.map(() => '---|').join('')}---|---|`);
for (const name of [...new Set(cases.map((one) => one.class))].sort()) {
  const own = cases.filter((one) => one.class === name);
  const columns: string[] = [];
  let reached = 0;
  for (const way of ways) {
    let count = 0;
    for (const one of own) {
      const outcomes = await way.run(one);
      count += outcomes.length;
      const got = outcomes.reduce((sum, outcome) => sum + outcome.reached, 0);
      if (got > 0) console.error(`reached ${way.name}: ${one.url}`);
      reached += got;
    }
    columns.push(`${count} tries`);
  }
  reachedInAll += reached;
  console.log(`| ${name} | ${own.length} | ${columns.join(' | ')} | 0 | **${reached}** |`);
}
const aside = all.length - cases.length;
console.log(
  `\n${cases.length} of ${all.length} addresses; ${aside} are names that lead to public sites and are left aside.`,
);
await Promise.all([trap.close(), redirector.close()]);
process.exitCode = reachedInAll > 0 ? 1 : 0;
