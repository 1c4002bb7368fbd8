/** A process of its own for embedded.test.ts: uses the database of argv[2] until stdin ends, then leaves. */
import { once } from 'node:events';
import { AppError, messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { openEmbedded } from '../../src/store/embedded/index.ts';

const say = (what: string, more: object) => process.stdout.write(`${JSON.stringify({ what, ...more })}\n`);
try {
  const database = await openEmbedded({
    dataDir: process.argv[2] as string,
    progress: (line) => say('progress', { line }),
    log: silentLog,
  });
  say('ready', { dir: database.dir, connection: database.connection });
  await once(process.stdin.resume(), 'end');
  await database.stop();
  say('stopped', {});
} catch (thrown) {
  say('failed', { message: messageOf(thrown), cure: thrown instanceof AppError ? thrown.cure : null });
}
