import { afterEach, beforeEach } from 'vitest';
import type { CliPorts } from '../../src/cli/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { type TestStore, testStore } from '../support/database.ts';
import { storePorts } from './seed.ts';
import { type Answer, fakePlatforms, squarePlatform, testEdges } from './support.ts';

/** A fresh store for each test of the file, and a command line on it. */
export interface StoreBench {
  /** What the commands get; a test may put others in. */
  ports: CliPorts;
  readonly database: TestStore;
  /** How often a command closed what it had opened. */
  readonly closed: number;
  crier(...argv: string[]): Promise<Answer>;
  /** Has the platform answer otherwise; a second one, circle, lacks its keys. */
  withPlatform(given: Partial<Platform>): void;
}

/** Registers the hooks that make and drop the store. */
export function useStore(): StoreBench {
  let database: TestStore;
  let closed = 0;
  const bench: StoreBench = {
    ports: undefined as never,
    get database() {
      return database;
    },
    get closed() {
      return closed;
    },
    crier(...argv) {
      const open = async () => ({
        ...bench.ports,
        close: async () => {
          closed += 1;
        },
      });
      return testEdges({ open }).run(...argv);
    },
    withPlatform(given) {
      const circle = { name: 'circle', missing: 'set CIRCLE_TOKEN in .env' };
      bench.ports = { ...bench.ports, platforms: fakePlatforms([squarePlatform(given)], [circle]) };
    },
  };
  beforeEach(async () => {
    database = await testStore();
    bench.ports = storePorts(database.store);
    closed = 0;
  });
  afterEach(() => database.close());
  return bench;
}
