import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { schemaDiff, withSchemaEngine } from '../../scripts/schema-engine.ts';
import { AppError } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { migrate } from '../../src/store/index.ts';
import { type TestDatabase, testDatabase } from '../support/database.ts';

const MIGRATIONS = new URL('../../prisma/migrations/', import.meta.url).pathname;

let database: TestDatabase;
let folder: string;

beforeEach(async () => {
  database = await testDatabase({ empty: true });
  folder = await mkdtemp(join(tmpdir(), 'crier-migrations-'));
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true });
});

async function write(name: string, sql: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, 'migration.sql'), sql);
}

/** The names of the project's own migrations, in order. */
async function ownNames(): Promise<string[]> {
  const found = await readdir(MIGRATIONS, { withFileTypes: true });
  return found.flatMap((one) => (one.isDirectory() ? [one.name] : [])).sort();
}

const run = () => migrate(database.connection, silentLog, { directory: folder });

test('migrations from zero give exactly what prisma/schema.prisma describes', async () => {
  await migrate(database.connection, silentLog);
  expect(await schemaDiff(database.connection, 'database')).toBe('');
});

test('the comparison sees a column that the schema does not have', async () => {
  await migrate(database.connection, silentLog);
  await database.sql('ALTER TABLE brand ADD COLUMN stray text');
  expect(await schemaDiff(database.connection, 'database')).toContain('DROP COLUMN "stray"');
});

test("Prisma's own diagnosis finds nothing to complain about in the history", async () => {
  await migrate(database.connection, silentLog);
  const names = (await readdir(MIGRATIONS, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const migrationDirectories = await Promise.all(
    names.map(async ({ name }) => ({
      path: name,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: await readFile(join(MIGRATIONS, name, 'migration.sql'), 'utf8') },
      },
    })),
  );
  const diagnosis = await withSchemaEngine(database.connection, (engine) =>
    engine.diagnoseMigrationHistory({
      migrationsList: {
        baseDir: MIGRATIONS,
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories,
      },
      optInToShadowDatabase: false,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  expect(diagnosis).toMatchObject({
    hasMigrationsTable: true,
    history: null,
    editedMigrationNames: [],
    failedMigrationNames: [],
  });
});

test('a second run applies nothing', async () => {
  expect(await migrate(database.connection, silentLog)).toEqual(await ownNames());
  expect(await migrate(database.connection, silentLog)).toEqual([]);
});

test('two at once apply each migration once', async () => {
  await cp(MIGRATIONS, folder, { recursive: true });
  await write('29990101000000_more', 'CREATE TABLE more (id int); INSERT INTO more VALUES (1)');
  const applied = await Promise.all([run(), run(), run()]);
  expect(applied.flat()).toEqual([...(await ownNames()), '29990101000000_more']);
  expect(await database.sql('SELECT * FROM more')).toHaveLength(1);
});

test('new migrations are applied in the order of their names', async () => {
  await write('2_b', 'CREATE TABLE b AS SELECT * FROM a');
  await write('1_a', 'CREATE TABLE a (id int)');
  expect(await run()).toEqual(['1_a', '2_b']);
});

test('line ends of another system are no change', async () => {
  await write('1_a', 'CREATE TABLE a (id int);\nSELECT 1;\n');
  await run();
  await write('1_a', 'CREATE TABLE a (id int);\r\nSELECT 1;\r\n');
  expect(await run()).toEqual([]);
});

describe('refuses with a cure', () => {
  test('when a migration was changed after it was applied', async () => {
    await write('1_a', 'CREATE TABLE a (id int)');
    await run();
    await write('1_a', 'CREATE TABLE a (id bigint)');
    await expect(run()).rejects.toThrow(/1_a was changed after it had been applied/);
    await expect(run()).rejects.toHaveProperty('cure', expect.stringContaining('1_a/migration.sql'));
  });

  test('when a newer Crier made the database', async () => {
    await write('1_a', 'CREATE TABLE a (id int)');
    await write('2_b', 'CREATE TABLE b (id int)');
    await run();
    await rm(join(folder, '2_b'), { recursive: true });
    await expect(run()).rejects.toThrow(/2_b, which this Crier doesn't know/);
  });

  test('when another tool left a migration half done', async () => {
    await write('1_a', 'CREATE TABLE a (id int)');
    await run();
    await database.sql('UPDATE _prisma_migrations SET finished_at = NULL');
    await expect(run()).rejects.toThrow(/1_a was begun by another tool and never finished/);
  });

  test('when a migration fails, and the database is as before', async () => {
    await write('1_a', 'CREATE TABLE a (id int)');
    await write('2_b', 'CREATE TABLE b (id int); SELECT 1 / 0');
    const failure = await run().catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(AppError);
    expect(String(failure)).toContain('2_b failed and was undone');
    const [{ a, b }] = await database.sql(`SELECT to_regclass('a') AS a, to_regclass('b') AS b`);
    expect({ a, b }).toEqual({ a: 'a', b: null });
    await write('2_b', 'CREATE TABLE b (id int)');
    expect(await run()).toEqual(['2_b']);
  });

  test('when nobody answers at the address', async () => {
    const nobody = { connectionString: 'postgresql://crier@127.0.0.1:1/crier' };
    const failure = await migrate(nobody, silentLog).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(AppError);
    expect(failure).toMatchObject({ message: expect.stringContaining('ECONNREFUSED'), cure: expect.any(String) });
  });
});

test('the ledger refuses changes and deletions, by whoever', async () => {
  await migrate(database.connection, silentLog);
  for (const table of ['attempt', 'attempt_outcome']) {
    const triggers = await database.sql(
      `SELECT tgname, pg_get_triggerdef(oid) AS definition FROM pg_trigger WHERE tgrelid = '${table}'::regclass AND NOT tgisinternal`,
    );
    expect(triggers).toEqual([
      expect.objectContaining({ definition: expect.stringMatching(/BEFORE (DELETE OR UPDATE|UPDATE OR DELETE)/) }),
    ]);
  }
});
