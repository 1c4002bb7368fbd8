import { createHmac, timingSafeEqual } from 'node:crypto';
import { confirmed, delivered, refused, type Subscription } from '../../domain/subscription.ts';
import { plainLine, truncate } from '../../lib/text.ts';
import type { Ports } from '../../ports/app.ts';

type CallbackPorts = Pick<Ports, 'store' | 'clock' | 'log'>;

/** A delivery may be so long: as a feed. */
export const DELIVERY_BYTES = 10 * 1024 * 1024;

/** What a hub asks at the callback before it does what it was asked for. */
export interface HubIntent {
  mode: string;
  topic: string;
  leaseSeconds: number | null;
  reason: string | null;
}

/**
 * Whether Crier did ask for that, at this callback and for exactly this topic; then it holds from now on. `noted`: the
 * hub refuses, and needs no answer.
 */
export async function answerIntent(
  { store, clock, log }: CallbackPorts,
  code: string,
  intent: HubIntent,
): Promise<'confirmed' | 'noted' | 'unknown'> {
  return store.transaction(async (tables) => {
    const now = clock.now();
    const subscription = await tables.subscriptions.take({ code });
    if (subscription === null || subscription.topic !== intent.topic) return 'unknown';
    const { feedId, pending } = subscription;
    if (intent.mode === 'denied') {
      const said = truncate(plainLine(intent.reason ?? ''), 200);
      const reason = `The hub refuses to push this feed${said === '' ? '.' : `: “${said}”.`}`;
      await tables.subscriptions.save(refused(subscription, reason, now), now);
      log.warn({ feedId }, 'hub refuses the subscription');
      return 'noted';
    }
    if (pending === null || intent.mode !== pending) return 'unknown';
    if (pending === 'unsubscribe') await tables.subscriptions.remove(feedId, now);
    else {
      const next = confirmed(subscription, intent.leaseSeconds, now);
      await tables.subscriptions.save(next, now);
      if (next.freshAt !== null) await tables.jobs.send([{ verb: 'push', feedId }]);
    }
    log.info({ feedId, mode: pending }, 'hub confirmed');
    return 'confirmed';
  });
}

/**
 * Takes a delivery: with a good signature its feed is due, which is stored when this resolves; any other is counted and
 * changes nothing. Nothing of its body is kept. `unknown`: nobody asked for deliveries there.
 */
export async function takeDelivery(
  { store, clock, log }: CallbackPorts,
  code: string,
  delivery: { signature: string | null; body: AsyncIterable<Uint8Array> },
): Promise<'taken' | 'ignored' | 'too-large' | 'unknown'> {
  const known = await store.subscriptions.byCode(code);
  if (known === null) return 'unknown';
  const verdict = await verify(known, delivery);
  return store.transaction(async (tables) => {
    const now = clock.now();
    const subscription = await tables.subscriptions.take({ code });
    if (subscription === null || subscription.state === 'ending') return 'unknown';
    const { feedId, ignored } = subscription;
    if (verdict === 'good') {
      await tables.subscriptions.save(delivered(subscription, now), now);
      await tables.jobs.send([{ verb: 'push', feedId }]);
      return 'taken';
    }
    await tables.subscriptions.save({ ...subscription, ignored: ignored + 1 }, now);
    log.warn({ feedId, verdict }, 'delivery at the hub callback ignored');
    return verdict === 'too-large' ? 'too-large' : 'ignored';
  });
}

const METHODS = /^(sha1|sha256|sha384|sha512)=([\da-f]{40,128})$/iu;

/** WebSub 7.1: the HMAC of the whole body under the subscription's secret, compared in constant time. */
async function verify(
  { secret }: Subscription,
  { signature, body }: { signature: string | null; body: AsyncIterable<Uint8Array> },
): Promise<'good' | 'unsigned' | 'forged' | 'too-large'> {
  const [, method, hex] = METHODS.exec(signature?.trim() ?? '') ?? [];
  if (method === undefined || hex === undefined) return 'unsigned';
  const hmac = createHmac(method.toLowerCase(), secret.reveal());
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.byteLength;
    if (bytes > DELIVERY_BYTES) return 'too-large';
    hmac.update(chunk);
  }
  const own = hmac.digest();
  const given = Buffer.from(hex, 'hex');
  return given.byteLength === own.byteLength && timingSafeEqual(given, own) ? 'good' : 'forged';
}
