import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import pg from 'pg';
import type { Connection } from '../src/store/connection.ts';

const SCHEMA = {
  path: 'schema.prisma',
  content: readFileSync(new URL('../prisma/schema.prisma', import.meta.url), 'utf8'),
};

/** Gives `work` Prisma's schema engine on a database, with prisma/schema.prisma as its schema. */
export async function withSchemaEngine<T>(
  connection: Connection,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const pool = new pg.Pool(connection);
  const adapter = bindMigrationAwareSqlAdapterFactory(withCharColumns(pool));
  const engine = await SchemaEngine.new({ datamodels: [[SCHEMA.path, SCHEMA.content]] }, () => {}, adapter);
  try {
    return await work(engine);
  } finally {
    engine.free();
    await pool.end();
  }
}

/** The SQL from the database's present schema (or from nothing) to prisma/schema.prisma. Empty when they are the same. */
export async function schemaDiff(connection: Connection, from: 'database' | 'nothing'): Promise<string> {
  return withSchemaEngine(connection, async (engine) => {
    const { stdout } = await engine.diff({
      from: from === 'nothing' ? { tag: 'empty' } : { tag: 'schemaDatasource', configDir: '.', files: [SCHEMA] },
      to: { tag: 'schemaDatamodel', files: [SCHEMA] },
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    });
    const sql = (stdout ?? '').trim();
    return sql === '-- This is an empty migration.' ? '' : sql;
  });
}

/** PostgreSQL's internal one-letter type, and an array type that no catalogue has, to carry it past the adapter. */
const CHAR = 18;
const CHAR_ARRAY = 1002;

/** Prisma's adapter refuses the "char" columns of the catalogues that its own schema engine asks for. */
function withCharColumns(pool: pg.Pool): SqlMigrationAwareDriverAdapterFactory {
  const ask = pool.query.bind(pool) as (...query: unknown[]) => Promise<pg.QueryResult>;
  Object.assign(pool, {
    async query(...query: unknown[]) {
      const result = await ask(...query);
      for (const field of result.fields) if (field.dataTypeID === CHAR) field.dataTypeID = CHAR_ARRAY;
      return result;
    },
  });
  const factory = new PrismaPg(pool);
  const connect = factory.connect.bind(factory);
  return Object.assign(factory, {
    async connect() {
      const adapter = await connect();
      const queryRaw = adapter.queryRaw.bind(adapter);
      return Object.assign(adapter, {
        async queryRaw(query: Parameters<typeof queryRaw>[0]) {
          const result = await queryRaw(query);
          const columnTypes = result.columnTypes.map((type) =>
            type === ColumnTypeEnum.CharacterArray ? ColumnTypeEnum.Character : type,
          );
          return { ...result, columnTypes };
        },
      });
    },
  });
}
