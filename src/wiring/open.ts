import type { Config } from '../config.ts';
import { systemClock } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';
import type { Ports, Settings } from '../ports/app.ts';
import type { Outlines } from '../ports/outlines.ts';
import type { Scheduler } from '../scheduler/index.ts';
import type { Connection } from '../store/index.ts';
import { localUrl } from './local-url.ts';
import { createLog } from './log.ts';
import { withPatience } from './patience.ts';
import { installationSecret } from './secret.ts';

/** Everything wired and nothing started. */
export interface Opened {
  ports: Ports;
  outlines: Outlines;
  scheduler: Scheduler;
  /** Closes what was opened, in the opposite order. */
  close(): Promise<void>;
}

export interface OpenOptions {
  version: string;
  /** Told what takes long, in a person's words. */
  progress(line: string): void;
  /** Whether this process works the queue; otherwise it only sends. */
  works: boolean;
  /** Waits for a database that does not answer instead of giving up. */
  patient: boolean;
  signal: AbortSignal;
}

/** Opens the database, the queue and every adapter that the configuration names. Throws AppError. */
export async function open(config: Config, options: OpenOptions): Promise<Opened> {
  const secret = await installationSecret(config.secret, config.dataDir);
  const log = createLog(config.logLevel, [...secretsOf(config), secret]);
  const closers: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse())
      await closer().catch((error) => log.warn({ reason: messageOf(error) }, 'closing failed'));
  };
  try {
    const [database, { createScheduler }, outside] = await Promise.all([
      import('../store/index.ts'),
      import('../scheduler/index.ts'),
      openOutside(config, options.version, log),
    ]);
    closers.push(outside.close);
    const { connection, stop } = await openDatabase(config, { progress: options.progress, log });
    closers.push(stop);
    const patience = { ...options, log };
    await withPatience(() => database.migrate(connection, log), patience);
    const scheduler = await withPatience(
      () => createScheduler(connection, { log: log.child({ room: 'scheduler' }), works: options.works }),
      patience,
    );
    const store = await withPatience(
      () => database.createStore({ connection, secret, jobsIn: scheduler.jobsIn, log: log.child({ room: 'store' }) }),
      patience,
    ).catch(async (error) => {
      await scheduler.stop();
      throw error;
    });
    // The queue stops before the store closes: the jobs at work still need it.
    closers.push(store.close, scheduler.stop);
    return { ports: { store, ...outside.ports }, outlines: outside.outlines, scheduler, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The database that the configuration names, or the embedded one, started if it doesn't run. Throws AppError. */
export async function openDatabase(
  config: Config,
  { progress, log }: { progress: OpenOptions['progress']; log: Log },
): Promise<{ connection: Connection; stop(): Promise<void> }> {
  if (config.databaseUrl !== null)
    return { connection: { connectionString: config.databaseUrl.reveal() }, stop: async () => {} };
  const { openEmbedded } = await import('../store/index.ts');
  return openEmbedded({ dataDir: config.dataDir, progress, log });
}

/** The adapters that need no database. */
export async function openOutside(
  config: Config,
  version: string,
  log: Log = createLog(config.logLevel, secretsOf(config)),
): Promise<{ ports: Omit<Ports, 'store'>; outlines: Outlines; close(): Promise<void> }> {
  const [{ createFeeds }, { createWriters }, { createPlatforms }] = await Promise.all([
    import('../feeds/index.ts'),
    import('../llm/index.ts'),
    import('../platforms/index.ts'),
  ]);
  const settings: Settings = {
    publicUrl: config.publicUrl ?? localUrl(config.host, config.port),
    publicUrlIsSet: config.publicUrl !== null,
    version,
  };
  const feeds = createFeeds({
    allowPrivate: config.fetchAllowPrivate,
    // The sample articles are our own; nothing else of ours is to be fetched.
    allowUrl: (url) => url.pathname.startsWith('/sample/') && url.origin === localUrl(config.host, config.port),
    userAgent: `Crier/${version} (+https://github.com/crier-bot/crier)`,
    log: log.child({ room: 'feeds' }),
  });
  const platforms = createPlatforms(
    { telegram: config.telegram, discord: config.discord, x: config.x },
    { log: log.child({ room: 'platforms' }), clock: systemClock },
  );
  const writers = createWriters(config.openai, { log: log.child({ room: 'llm' }) });
  return {
    ports: { feeds, writers, platforms, clock: systemClock, log, settings },
    outlines: feeds.outlines,
    close: async () => feeds.close(),
  };
}

/** Every secret of the configuration, for a log that shows none. */
export function secretsOf(config: Config): Secret[] {
  const { databaseUrl, secret, openai, telegram, discord, x } = config;
  return [
    databaseUrl,
    secret,
    openai.apiKey,
    telegram?.token,
    discord?.token,
    x?.appKey,
    x?.appSecret,
    x?.accessToken,
    x?.accessSecret,
  ].filter((value) => value != null);
}
