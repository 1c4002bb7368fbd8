import { PrismaPg } from '@prisma/adapter-pg';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import type { Jobs } from '../ports/queue.ts';
import type { Store, Tables } from '../ports/store/index.ts';
import { createArticles } from './articles.ts';
import { createBrands } from './brands.ts';
import { createBreakers } from './breakers.ts';
import { createChannels } from './channels.ts';
import type { Connection } from './connection.ts';
import type { Context } from './context.ts';
import { databaseError } from './database-error.ts';
import { createDeliveries } from './deliveries.ts';
import { createEngagements } from './engagements.ts';
import { createFates } from './fates.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { readHealth } from './health.ts';
import { holdToSecret } from './installation.ts';
import { createLeads } from './leads.ts';
import { createMembers } from './members.ts';
import { createNotices } from './notices.ts';
import { createPosts } from './posts.ts';
import { createRelevances } from './relevance.ts';
import { createReports } from './reports.ts';
import { createSources } from './sources.ts';
import { createSpendings } from './spending.ts';
import { createSubscriptions } from './subscriptions.ts';
import { createUpdates } from './updates.ts';
import { createVault } from './vault.ts';
import { createWorker } from './worker.ts';
import { createWritings } from './writings.ts';

export { backupLines } from './backup.ts';
export { type Connection, connectionUrl } from './connection.ts';
export { type EmbeddedDatabase, openEmbedded } from './embedded/index.ts';
export { migrate } from './migrate.ts';
export { restoreLines } from './restore.ts';

/** Runs SQL on the connection or transaction that the store works on; what pg-boss calls a database. */
export interface SqlExecutor {
  // biome-ignore lint/suspicious/noExplicitAny: pg-boss's own type of a row
  executeSql(text: string, values?: unknown[]): Promise<{ rows: any[] }>;
}

/** Connections that the store holds at most, besides the one of its worker. */
const POOL = 10;
/** A transaction that is still open by then is undone. */
const TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;

/**
 * Everything Crier keeps, in a PostgreSQL that `migrate` has brought up to date. `secret` is the installation's key
 * material: whatever is personal is sealed with keys made from it. `jobsIn` gives the queue for a connection, so that
 * jobs sent inside a transaction commit with it. Throws AppError when the database doesn't answer.
 */
export async function createStore({
  connection,
  secret,
  jobsIn,
  log,
}: {
  connection: Connection;
  secret: Secret;
  jobsIn: (sql: SqlExecutor) => Jobs;
  log: Log;
}): Promise<Store> {
  const adapter = new PrismaPg(
    { ...connection, max: POOL, connectionTimeoutMillis: CONNECT_TIMEOUT_MS, application_name: 'crier-store' },
    {
      onPoolError: (error) => log.warn({ reason: messageOf(error) }, 'database connection lost, another will be made'),
      onConnectionError: (error) => log.debug({ reason: messageOf(error) }, 'database connection closed'),
    },
  );
  const prisma = new PrismaClient({ adapter });
  const worker = createWorker(connection);
  const vault = createVault(secret);

  function contextOn(db: Prisma.TransactionClient): Context {
    const inside: Context = {
      db,
      worker,
      vault,
      jobs: jobsIn(executor(db)),
      atomically: (work) => work(inside),
    };
    return inside;
  }
  const atomically: Context['atomically'] = (work) =>
    prisma.$transaction((transaction) => work(contextOn(transaction)), {
      timeout: TRANSACTION_TIMEOUT_MS,
      maxWait: CONNECT_TIMEOUT_MS,
    });

  const store: Store = {
    ...tablesOf({ ...contextOn(prisma), atomically }),
    transaction: (work) => atomically((context) => work(tablesOf(context))),
    async ping() {
      await prisma.$queryRaw`SELECT 1 AS alive`.catch((thrown: unknown) => {
        throw databaseError(thrown);
      });
    },
    health: (now) => readHealth(prisma, now),
    async close() {
      await Promise.all([worker.end(), prisma.$disconnect()]);
    },
  };
  try {
    await store.ping();
    await holdToSecret(prisma, vault.keyMark);
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
  return store;
}

function tablesOf(context: Context): Tables {
  return {
    brands: createBrands(context),
    members: createMembers(context),
    sources: createSources(context),
    subscriptions: createSubscriptions(context),
    articles: createArticles(context),
    fates: createFates(context),
    channels: createChannels(context),
    breakers: createBreakers(context),
    posts: createPosts(context),
    writings: createWritings(context),
    deliveries: createDeliveries(context),
    engagements: createEngagements(context),
    leads: createLeads(context),
    updates: createUpdates(context),
    reports: createReports(context),
    spending: createSpendings(context),
    notices: createNotices(context),
    relevance: createRelevances(context),
    jobs: context.jobs,
  };
}

function executor(db: Prisma.TransactionClient): SqlExecutor {
  return {
    async executeSql(text, values = []) {
      const rows = await db.$queryRawUnsafe(text, ...values);
      return { rows: Array.isArray(rows) ? rows : [] };
    },
  };
}
