import { Hono } from 'hono';
import { Gauge, Registry } from 'prom-client';
import { messageOf } from '../lib/errors.ts';
import type { Ports } from '../ports/app.ts';
import type { Queue } from '../ports/queue.ts';

/** /metrics in Prometheus' text format. Every number is read when it is asked for. */
export function metricsRoutes(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'settings' | 'log'>,
  queue: Pick<Queue, 'depths'>,
): Hono {
  const app = new Hono();
  app.get('/metrics', async (c) => {
    const registry = await scrape(ports, queue);
    return c.body(await registry.metrics(), 200, { 'content-type': registry.contentType, 'cache-control': 'no-store' });
  });
  return app;
}

const OF_SOURCE = ['brand', 'source'];

/** A registry of its own for each scrape: two at once must not mix. */
async function scrape(
  ports: Pick<Ports, 'store' | 'platforms' | 'clock' | 'settings' | 'log'>,
  queue: Pick<Queue, 'depths'>,
): Promise<Registry> {
  const registry = new Registry();
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers: [registry] });
  gauge('crier_info', 'Always 1; the label tells the version.', ['version']).set(
    { version: ports.settings.version },
    1,
  );
  gauge('process_resident_memory_bytes', 'Resident memory of the Node process.').set(process.memoryUsage.rss());
  const up = gauge('crier_database_up', '1 when database and queue answered this scrape.');
  try {
    const [totals, sources, pushes, states, classes, health, spent, depths, breakers] = await Promise.all([
      ports.store.reports.totals(),
      ports.store.sources.counts(),
      ports.store.subscriptions.totals(),
      ports.store.deliveries.counts(null),
      ports.store.engagements.clickCounts(),
      ports.store.health(ports.clock.now()),
      ports.store.spending.totals(),
      queue.depths(),
      ports.store.breakers.list(),
    ]);
    up.set(1);
    const articles = gauge('crier_articles', 'Articles by what became of them, over all brands.', ['fate']);
    for (const [fate, count] of Object.entries(totals.byFate)) articles.set({ fate }, count);
    const seen = gauge(
      'crier_source_seen',
      'Articles seen in a source: the sum of its crier_source_articles.',
      OF_SOURCE,
    );
    const bySource = gauge('crier_source_articles', 'Articles of a source by what became of them.', [
      ...OF_SOURCE,
      'fate',
    ]);
    for (const { sourceId, brand, counts } of sources) {
      const { seen: all, ...fates } = counts;
      seen.set({ brand, source: sourceId }, all);
      for (const [fate, count] of Object.entries(fates)) bySource.set({ brand, source: sourceId, fate }, count);
    }
    const subscriptions = gauge('crier_hub_subscriptions', 'Feeds whose news a hub is to push, by state.', ['state']);
    for (const [state, count] of Object.entries(pushes.byState)) subscriptions.set({ state }, count);
    const pushed = gauge('crier_hub_deliveries', 'Deliveries of hubs; ignored are those without a good signature.', [
      'outcome',
    ]);
    pushed.set({ outcome: 'taken' }, pushes.deliveries);
    pushed.set({ outcome: 'ignored' }, pushes.ignored);
    const deliveries = gauge('crier_deliveries', 'Deliveries by state.', ['state']);
    for (const [state, count] of Object.entries(states)) deliveries.set({ state }, count);
    const down = gauge('crier_platform_down', '1 while nothing is sent to a platform because it fails.', ['platform']);
    for (const { name } of ports.platforms.known)
      down.set({ platform: name }, breakers.some((one) => one.platform === name && one.openUntil !== null) ? 1 : 0);
    const clicks = gauge('crier_clicks', 'Hits on tracked links by class; only persons count in reports.', ['class']);
    for (const [kind, count] of Object.entries(classes)) clicks.set({ class: kind }, count);
    const OF_MONEY = ['brand', 'purpose', 'payee'];
    const dollars = gauge('crier_spent_dollars', 'US dollars spent or held, by the ledger of money.', OF_MONEY);
    const tokens = gauge('crier_unpriced_tokens', 'Tokens of models whose price is not known.', OF_MONEY);
    for (const { brand, purpose, payee, micros, unpricedTokens } of spent) {
      dollars.set({ brand, purpose, payee }, micros / 1e6);
      if (unpricedTokens > 0) tokens.set({ brand, purpose, payee }, unpricedTokens);
    }
    gauge('crier_posts', 'Posts written.').set(totals.posts);
    gauge('crier_leads', 'People who agreed to be contacted.').set(totals.leads);
    gauge('crier_oldest_unsent_seconds', 'Age of the oldest delivery that is due and not tried; 0 when none is.').set(
      health.oldestUnsentSeconds ?? 0,
    );
    gauge('crier_database_bytes', 'Size of the database.').set(health.sizeBytes);
    const jobs = gauge('crier_queue_jobs', 'Jobs by verb and state.', ['verb', 'state']);
    for (const depth of depths) {
      for (const state of ['waiting', 'active', 'failed'] as const) jobs.set({ verb: depth.verb, state }, depth[state]);
    }
  } catch (error) {
    ports.log.warn({ reason: messageOf(error) }, 'metrics without the database');
    up.set(0);
  }
  return registry;
}
