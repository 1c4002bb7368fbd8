import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Agent, buildConnector } from 'undici';
import { type Access, isPublicAddress, privateAddress } from './address.ts';

/** Every address of a name; tests give their own. Errors are those of node:dns. */
export type Resolve = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

/** One pool of connections for each kind of access, so that a guarded request never rides on an open connection. */
export interface Agents {
  for(access: Access): Agent;
  close(): Promise<void>;
}

/** A connection that isn't made by then counts as unreachable. */
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Agents without cookies or a proxy. The guarded one checks literals (node never asks `lookup` about those) and all
 * addresses of a name, and connects to exactly those that were checked, so that a second DNS answer changes nothing.
 */
export async function createAgents(resolve: Resolve = resolveWithSystem): Promise<Agents> {
  const undici = await import('undici');
  const shared = { allowH2: false, timeout: CONNECT_TIMEOUT_MS, autoSelectFamily: true };
  const connectChecked = undici.buildConnector({ ...shared, lookup: lookupOf(resolve, true) });
  const guard: buildConnector.connector = (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/gu, '');
    if (isIP(host) !== 0 && !isPublicAddress(host)) callback(privateAddress(options.hostname), null);
    else connectChecked(options, callback);
  };
  const guarded = new undici.Agent({ connect: guard });
  const open = new undici.Agent({ connect: undici.buildConnector({ ...shared, lookup: lookupOf(resolve, false) }) });
  return {
    for: (access) => (access === 'open' ? open : guarded),
    close: async () => {
      await Promise.all([guarded.destroy(), open.destroy()]);
    },
  };
}

/** What net.connect asks for addresses: one bad answer among the good ones blocks the name. */
function lookupOf(resolve: Resolve, publicOnly: boolean): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (found) => {
        const bad = publicOnly && found.some(({ address }) => !isPublicAddress(address));
        const [first] = found;
        if (bad) callback(privateAddress(hostname), '', 0);
        else if (!first) callback(Object.assign(new Error('no address'), { code: 'ENOTFOUND' }), '', 0);
        else if (options.all) callback(null, [...found]);
        else callback(null, first.address, first.family);
      },
      (problem: NodeJS.ErrnoException) => callback(problem, '', 0),
    );
  };
}

function resolveWithSystem(hostname: string): Promise<{ address: string; family: number }[]> {
  return new Promise((resolve, reject) => {
    systemLookup(hostname, { all: true }, (problem, addresses) => (problem ? reject(problem) : resolve(addresses)));
  });
}
