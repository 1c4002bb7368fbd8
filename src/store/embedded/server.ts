import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { MINUTE, SECOND } from '../../lib/clock.ts';
import { AppError } from '../../lib/errors.ts';
import type { SocketConnection } from '../connection.ts';
import { databaseError, errorCode } from '../database-error.ts';
import { noBinaries } from './binaries.ts';
import { spawnProgram } from './child.ts';
import type { Cluster } from './cluster.ts';
import { isAlive, isForeign, postmasterPid } from './process.ts';

/** Crash recovery may take a while after a power cut. */
const START_DEADLINE_MS = 5 * MINUTE;
/** A wait that a person wants to be told of. */
const LONG_MS = 3 * SECOND;
const STOP_DEADLINE_MS = 30 * SECOND;
const LOG_LIMIT_BYTES = 5_000_000;

/** No server there, or one that is starting, stopping or was stopped by another process just now. */
const NOT_YET = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', '57P01', '57P03']);

/** Small memory, everything on disk at commit, no TCP. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '16MB',
  max_wal_size: '256MB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  io_method: 'sync', // no worker processes of its own: they cost memory
  max_parallel_workers_per_gather: '0',
  jit: 'off',
  log_checkpoints: 'off',
  log_timezone: 'UTC',
  timezone: 'UTC',
};

/** Connects to the cluster's server as a user of it (see `use`), starting the server where none runs. */
export async function joinOrStart(
  cluster: Cluster,
  connection: SocketConnection,
  progress: (line: string) => void,
): Promise<pg.Client> {
  const begun = performance.now();
  const deadline = begun + START_DEADLINE_MS;
  let told = false;
  let child: ChildProcess | null = null;
  let failures = 0;
  for (let pauseMs = 4; performance.now() < deadline; pauseMs = Math.min(100, pauseMs * 1.5)) {
    try {
      return await use(connection);
    } catch (thrown) {
      const code = errorCode(thrown);
      if (code === '3D000') {
        await nameDatabase(connection);
        continue;
      }
      // Without a code: cut off while connecting.
      if (code !== null && !NOT_YET.has(code)) throw databaseError(thrown);
    }
    if (!told && performance.now() - begun > LONG_MS) {
      told = true;
      progress('Waiting for the database; after a sudden stop it reads its journal first…');
    }
    const pid = await postmasterPid(cluster.dir);
    if (child === null || child.exitCode !== null || child.signalCode !== null) {
      const foreign = pid !== null && (await isForeign(pid));
      if (foreign) await rm(join(cluster.dir, 'postmaster.pid'), { force: true });
      // Where another process starts or stops the server at this moment, ours would give way: wait for that one.
      if (foreign || pid === null || !isAlive(pid)) {
        if (child !== null && ++failures >= 3) throw await startFailed(cluster);
        child = await start(cluster);
      }
    }
    await sleep(pauseMs);
  }
  throw await startFailed(cluster);
}

/** A connection that holds a share of the server: who wants to stop it needs all shares. */
const SHARES = [0x0c71, 0];

async function use(connection: SocketConnection): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, application_name: 'crier-user', keepAlive: true });
  client.on('error', () => {}); // 'end' follows
  try {
    await client.connect();
    await client.query('SELECT pg_advisory_lock_shared($1, $2)', SHARES);
    return client;
  } catch (thrown) {
    await client.end().catch(() => {});
    throw thrown;
  }
}

/**
 * Gives the share back; the last one out stops the server. Two that leave at once can't both stay away from that,
 * and one that comes in between finds the server stopping, waits, and starts it again.
 */
export async function leaveAndStop(cluster: Cluster, client: pg.Client): Promise<'stopped' | 'in-use'> {
  try {
    await client.query('SELECT pg_advisory_unlock_shared($1, $2)', SHARES);
    const { rows } = await client.query<{ alone: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS alone', SHARES);
    const pid = await postmasterPid(cluster.dir);
    if (!rows[0]?.alone || pid === null) return 'in-use';
    process.kill(pid, 'SIGINT');
    const deadline = performance.now() + STOP_DEADLINE_MS;
    // Its pid file goes first, the process a moment later.
    while (((await postmasterPid(cluster.dir)) === pid || isAlive(pid)) && performance.now() < deadline) await sleep(4);
    return 'stopped';
  } catch (thrown) {
    // Cut off: another one that leaves at this instant was quicker to stop it.
    if (errorCode(thrown) === null || NOT_YET.has(errorCode(thrown) as string)) return 'in-use';
    throw databaseError(thrown);
  } finally {
    await client.end().catch(() => {});
  }
}

/** initdb's own database gets our name: that is at once, where CREATE DATABASE copies and syncs files. */
async function nameDatabase({ database, ...server }: SocketConnection): Promise<void> {
  const client = new pg.Client({ ...server, database: 'template1' });
  await client.connect();
  try {
    await client.query(`ALTER DATABASE postgres RENAME TO ${pg.escapeIdentifier(database)}`);
  } catch (thrown) {
    if (errorCode(thrown) !== '3D000') throw thrown; // another process did it
  } finally {
    await client.end();
  }
}

async function start(cluster: Cluster): Promise<ChildProcess> {
  // The folder belongs to the server's account: a link there must not lead our pen elsewhere.
  const flags = constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY | constants.O_NOFOLLOW;
  const log = await open(logPath(cluster), flags, 0o600);
  try {
    if ((await log.stat()).size > LOG_LIMIT_BYTES) await log.truncate();
    const settings = { ...SETTINGS, unix_socket_directories: cluster.socketDir };
    const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawnProgram(cluster.binaries.postgres, ['-D', cluster.dir, ...parameters], cluster.account, [
      'ignore',
      log.fd,
      log.fd,
    ]);
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve);
      child.once('error', (cause: NodeJS.ErrnoException) =>
        reject(cause.code === 'ENOENT' ? noBinaries('this system has no glibc (Alpine?)') : cause),
      );
    });
    child.unref();
    return child;
  } finally {
    await log.close();
  }
}

async function startFailed(cluster: Cluster): Promise<AppError> {
  const said = await readFile(logPath(cluster), 'utf8').catch(() => '');
  const pid = await postmasterPid(cluster.dir);
  const last = said.trim().split('\n').slice(-3).join('\n');
  return new AppError(`The database in ${cluster.dir} does not start. Its last words:\n${last}`, {
    cure:
      pid !== null && isAlive(pid)
        ? `Process ${pid} holds the folder but does not answer: end it with \`kill -INT ${pid}\` and start again.`
        : `Look into ${logPath(cluster)} (disk full? rights?), or restore a backup.`,
  });
}

function logPath(cluster: Cluster): string {
  return join(cluster.dir, 'crier-server.log');
}
