/** A process of its own for claims.test.ts: takes what stdin names, says so, and waits to be killed. */
import { randomUUID } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { silentLog } from '../../src/lib/log.ts';
import { Secret } from '../../src/lib/secret.ts';
import { createStore } from '../../src/store/index.ts';

// biome-ignore lint/suspicious/noExplicitAny: written a few lines away, by claims.test.ts
const { connection, secret, feedId, fateId, deliveryId, now } = (await json(process.stdin)) as any;
const store = await createStore({
  connection,
  secret: new Secret(secret),
  jobsIn: () => ({ send: async () => {} }),
  log: silentLog,
});
const taken = [
  await store.sources.claimFeed(feedId),
  await store.fates.claim(fateId),
  await store.deliveries.begin(deliveryId, { id: randomUUID(), body: 'a post' }, new Date(now)),
];
process.stdout.write(taken.every(Boolean) ? 'claimed\n' : 'refused\n');
