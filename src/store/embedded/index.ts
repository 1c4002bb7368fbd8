import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { SECOND } from '../../lib/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Log } from '../../lib/log.ts';
import type { SocketConnection } from '../connection.ts';
import { openCluster } from './cluster.ts';
import { joinOrStart, leaveAndStop } from './server.ts';

/** The PostgreSQL that came with npm, serving DATA_DIR on a Unix socket. */
export interface EmbeddedDatabase {
  connection: SocketConnection;
  /** Where the data is, for a person. */
  dir: string;
  /** Ends our use of it. The last user out stops the server; `leave` leaves it running whoever remains. */
  stop(): Promise<void>;
  leave(): Promise<void>;
}

/**
 * Makes the database at the first start, joins the server that another process (or one that was killed) left running,
 * or starts it. While in use, a server that goes away is started again. Throws AppError with a cure.
 */
export async function openEmbedded({
  dataDir,
  progress,
  log,
}: {
  dataDir: string;
  /** Lines for a person who waits. */
  progress: (line: string) => void;
  log: Log;
}): Promise<EmbeddedDatabase> {
  const cluster = await openCluster(resolve(dataDir), progress);
  const connection: SocketConnection = {
    host: cluster.socketDir,
    port: 5432,
    user: 'crier',
    database: 'crier',
    ssl: false,
  };
  let open = true;
  let share: Promise<pg.Client | null> = joinOrStart(cluster, connection, progress).then(watch);
  await share;

  function watch(client: pg.Client): pg.Client {
    client.once('end', () => {
      if (open) share = rejoin();
    });
    return client;
  }
  async function rejoin(): Promise<pg.Client | null> {
    log.warn({}, 'database server lost, starting it again');
    while (open) {
      try {
        const client = await joinOrStart(cluster, connection, () => {});
        log.info({}, 'database server is back');
        return watch(client);
      } catch (thrown) {
        log.error({ reason: messageOf(thrown) }, 'database server does not start');
        await sleep(5 * SECOND);
      }
    }
    return null;
  }

  return {
    connection,
    dir: cluster.dir,
    async stop() {
      if (!open) return;
      open = false;
      const client = await share;
      if (client === null) return;
      const outcome = await leaveAndStop(cluster, client);
      log.debug({ outcome }, 'database left');
    },
    async leave() {
      if (!open) return;
      open = false;
      await (await share)?.end();
    },
  };
}
