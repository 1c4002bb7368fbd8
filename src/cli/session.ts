import type { Brand } from '../domain/brand.ts';
import type { CliEdges, CliPorts, OutsidePorts } from './edges.ts';
import { findBrand } from './find.ts';
import { createOutput, type Output } from './output.ts';

/** Options that every command has. */
export interface CommonOptions {
  json?: boolean;
}
/** Options of a command that works for one brand. */
export interface BrandOptions extends CommonOptions {
  brand?: string;
}

/** What a command's work gets. It may return an exit code; nothing means 0. */
export interface Call {
  edges: CliEdges;
  output: Output;
  signal: AbortSignal;
}
export interface BrandCall extends Call {
  ports: CliPorts;
  brand: Brand;
}
// biome-ignore lint/suspicious/noConfusingVoidType: most commands return nothing, which is 0
export type Work<C extends Call> = (call: C) => Promise<number | void>;

/** One run of the command line: gives each command what it needs and remembers its exit code. */
export interface Session {
  /** A command that opens nothing. */
  plain(options: CommonOptions, work: Work<Call>): Promise<void>;
  /** A command that only looks at the outside world. */
  outside(options: CommonOptions, work: Work<Call & { ports: OutsidePorts }>): Promise<void>;
  /** A command that works for a brand: the one named, or the first. */
  inBrand(options: BrandOptions, work: Work<BrandCall>): Promise<void>;
  exitCode(): number;
}

/** The session of one command line. */
export function createSession(edges: CliEdges): Session {
  let exitCode = 0;
  const callFor = (options: CommonOptions): Call => ({
    edges,
    output: createOutput(edges.print, options.json ?? false, edges.columns),
    signal: edges.signal,
  });
  const done = (code: unknown) => {
    edges.status('');
    exitCode = typeof code === 'number' ? code : 0;
  };
  return {
    exitCode: () => exitCode,
    async plain(options, work) {
      done(await work(callFor(options)));
    },
    async outside(options, work) {
      const ports = await edges.openWithoutStore();
      try {
        done(await work({ ...callFor(options), ports }));
      } finally {
        await ports.close();
      }
    },
    async inBrand(options, work) {
      const ports = await edges.open();
      try {
        done(await work({ ...callFor(options), ports, brand: await findBrand(ports, options.brand) }));
      } finally {
        await ports.close();
      }
    },
  };
}

/** How many a list shows: what was asked for, else what fits a screen, and everything to programs. */
export function limitFor(options: CommonOptions & { limit?: number }): number {
  return options.limit ?? (options.json ? Number.MAX_SAFE_INTEGER : 20);
}
