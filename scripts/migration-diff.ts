/**
 * Prints the SQL that brings the migrations up to prisma/schema.prisma; nothing when they agree.
 * `node scripts/migration-diff.ts --empty` prints the whole schema instead. For people who change the schema: the
 * output, read and corrected, becomes prisma/migrations/TIME_NAME/migration.sql.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../src/lib/log.ts';
import { migrate, openEmbedded } from '../src/store/index.ts';
import { schemaDiff } from './schema-engine.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'crier-diff-'));
chmodSync(dataDir, 0o711); // as root the server runs as another user, who must pass through
try {
  const database = await openEmbedded({ dataDir, progress: () => {}, log: silentLog });
  try {
    await migrate(database.connection, silentLog);
    const from = process.argv.includes('--empty') ? 'nothing' : 'database';
    const sql = await schemaDiff(database.connection, from);
    process.stdout.write(sql === '' ? '' : `${sql}\n`);
  } finally {
    await database.stop();
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
