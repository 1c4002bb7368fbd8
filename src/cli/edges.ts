import type { Ports } from '../ports/app.ts';
import type { Outlines } from '../ports/outlines.ts';
import type { Queue } from '../ports/queue.ts';

/** What the command line asks of the program around it; main fills it in. */
export interface CliEdges {
  version: string;
  /** References of channels as people type them, one for each platform, for the help. */
  channelExamples: readonly string[];
  /** Opens the database and wires everything, without starting any work. Throws AppError when the database does not answer. */
  open(): Promise<CliPorts>;
  /** The same without the database, for commands that only look at the outside world. */
  openWithoutStore(): Promise<OutsidePorts>;
  /** Runs until it is told to stop. */
  start(options: { role: Role }, print: (line: string) => void): Promise<void>;
  /** One pass over everything that is due. */
  runOnce(print: (line: string) => void): Promise<RunSummary>;
  /** Writes everything into a file, named by the time where `path` is null. Throws AppError. */
  backup(path: string | null): Promise<{ path: string; rows: number; bytes: number }>;
  /** Fills an empty database from such a file. Throws AppError. */
  restore(path: string): Promise<{ madeAt: Date; rows: number }>;
  /** What doctor tells of the configuration. No secrets. Throws ConfigError. */
  facts(): Facts;
  /** One line to standard output. */
  print(line: string): void;
  /** One line to standard error. */
  printError(line: string): void;
  /** Shows one line that the next replaces, on a terminal only; an empty one clears it. See terminalStatus. */
  status(line: string): void;
  /** Standard input as it comes, in pieces of any size. */
  readStdin(): AsyncIterable<string>;
  /** A UTF-8 file. */
  readFile(path: string): Promise<string>;
  /** A file's text in pieces, for files of any size. */
  streamFile(path: string): AsyncIterable<string>;
  /** Writes a UTF-8 file; one that is there is replaced. */
  writeFile(path: string, text: string): Promise<void>;
  /** Whether standard input is a person's keyboard. */
  isTTY: boolean;
  /** Width of the terminal that standard output is; null = it isn't one. */
  columns: number | null;
  /** Aborts when the person presses Ctrl-C. */
  signal: AbortSignal;
}

/** Everything but the database. */
export type OutsidePorts = Omit<Ports, 'store'> & { close(): Promise<void> };

export type CliPorts = Ports & {
  outlines: Outlines;
  depths: Queue['depths'];
  close(): Promise<void>;
};

/** Which part of Crier a process does. */
export type Role = (typeof ROLES)[number];
export const ROLES = ['all', 'web', 'worker', 'chat'] as const;

/** What one pass did. */
export interface RunSummary {
  feedsPolled: number;
  /** Of the polled ones, those that could not be read. */
  feedsFailed: number;
  /** Not polled: they failed before, and the server or the backoff wants them left alone for now. */
  feedsHeldBack: number;
  articlesNew: number;
  postsWritten: number;
  delivered: number;
  waitingForReview: number;
  unclear: number;
  failed: number;
  /** What people should know, for a person. */
  notices: string[];
}

/** The configuration as a person may see it. */
export interface Facts {
  dataDir: string;
  database: 'embedded' | 'DATABASE_URL';
  web: { host: string; port: number };
  publicUrl: string;
  publicUrlIsSet: boolean;
  /** Null = no model is configured: the offline writer writes. */
  writer: {
    model: string;
    baseUrl: string;
    keyIsSet: boolean;
    /** Asks the endpoint for something that costs nothing; throws AppError. Null = can't be asked. */
    ask: ((signal: AbortSignal) => Promise<void>) | null;
  } | null;
}
