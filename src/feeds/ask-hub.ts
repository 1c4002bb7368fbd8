import { FetchError } from '../lib/errors.ts';
import type { Feeds, HubRequest } from '../ports/feeds.ts';
import type { GuardedFetch } from './guarded-fetch.ts';

/** A hub may send the request on to another so often. */
const HOPS = 3;

/** The request to a hub (WebSub 5.1). Each address that a redirect names passes the guard like the first. */
export function createAskHub(guarded: Pick<GuardedFetch, 'post'>): Feeds['askHub'] {
  return async (request, signal) => {
    let address = request.hub;
    for (let hop = 0; hop <= HOPS; hop += 1) {
      const { status, location } = await guarded.post(address, { form: formOf(request), signal });
      if (status >= 200 && status < 300) return;
      if ((status !== 307 && status !== 308) || location === null) throw refusal(address, status);
      address = URL.parse(location, address)?.href ?? location;
    }
    throw new FetchError('redirects', `The hub ${hostOf(request.hub)} sends Crier from one address to the next.`, {
      cure: 'Nothing to do: the feed is polled as usual.',
    });
  };
}

function formOf({ mode, topic, callback, secret, leaseSeconds }: HubRequest): Record<string, string> {
  const asks = { 'hub.mode': mode, 'hub.topic': topic, 'hub.callback': callback };
  if (mode === 'unsubscribe') return asks;
  return { ...asks, 'hub.secret': secret.reveal(), 'hub.lease_seconds': String(leaseSeconds) };
}

function refusal(address: string, status: number): FetchError {
  const what = status >= 500 ? 'has a problem of its own' : 'did not take the request';
  return new FetchError('status', `The hub ${hostOf(address)} ${what} (${status}).`, {
    status,
    cure: 'Nothing to do: the feed is polled as usual.',
  });
}

function hostOf(address: string): string {
  return URL.parse(address)?.host ?? address.slice(0, 100);
}
