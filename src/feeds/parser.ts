import { Worker } from 'node:worker_threads';
import { FetchError } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { Outline } from '../ports/outlines.ts';
import type { LastDocument, ParsedFeed, RawDocument } from './parse-feed.ts';
import type { ParsedPage } from './parse-page.ts';
import type { ParseReply, ParseResult, ParseTask } from './parse-worker.ts';

/** Parses foreign documents away from the event loop. Failures are FetchError; the document's bytes are given away. */
export interface Parser {
  feed(document: RawDocument, signal: AbortSignal, last?: LastDocument): Promise<ParsedFeed>;
  page(document: RawDocument, signal: AbortSignal): Promise<ParsedPage>;
  outlines(document: RawDocument, signal: AbortSignal): Promise<Outline[]>;
  close(): Promise<void>;
}

/** The limits are for tests. */
export interface ParserSettings {
  log: Log;
  /** What one document may take, counted from when the libraries are loaded. */
  limitMs?: number;
  /** How long the thread is kept for the next document. */
  idleMs?: number;
  /** What the thread's JavaScript may hold. */
  heapMb?: number;
}

const LIMIT_MS = 5_000;
const IDLE_MS = 30_000;
const HEAP_MB = 384;
/** Loading the libraries on a busy small machine. */
const START_LIMIT_MS = 30_000;

interface Job {
  task: ParseTask;
  resolve(result: ParseResult): void;
  reject(problem: unknown): void;
}

/** One worker thread, started with the first document, ended when idle, replaced when a document is too much for it. */
export function createParser({ log, limitMs = LIMIT_MS, idleMs = IDLE_MS, heapMb = HEAP_MB }: ParserSettings): Parser {
  const waiting: Job[] = [];
  let current: Job | null = null;
  let worker: Worker | null = null;
  let timer: NodeJS.Timeout | undefined;

  const startWorker = (): Worker => {
    const started = new Worker(new URL('./parse-worker.ts', import.meta.url), {
      // Nothing in there needs a secret.
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 16 },
    });
    started.on('message', (reply: ParseReply) => {
      if (worker === started) receive(reply);
    });
    started.on('error', (thrown: NodeJS.ErrnoException) => {
      if (worker !== started) return;
      const memory = thrown.code === 'ERR_WORKER_OUT_OF_MEMORY';
      giveUp(memory ? 'it needs too much memory' : 'the parser stopped on it', thrown);
    });
    started.on('exit', () => {
      if (worker === started) giveUp('the parser stopped on it');
    });
    return started;
  };

  const receive = (reply: ParseReply): void => {
    if (reply.state === 'started') {
      clearTimeout(timer);
      timer = setTimeout(() => giveUp(`it takes more than ${limitMs / 1000} seconds`), limitMs);
      return;
    }
    const job = finish();
    if (reply.state === 'done') job?.resolve(reply.result);
    else job?.reject(new FetchError(reply.kind, reply.message, { cure: reply.cure }));
    next();
  };

  /** Ends the thread together with the document that it is stuck on. */
  const giveUp = (why: string, cause?: unknown): void => {
    void endWorker();
    const job = finish();
    if (job) {
      log.warn({ kind: job.task.kind, host: hostOf(job.task.document.url), why }, 'document given up, parser replaced');
      job.reject(
        new FetchError('unreadable', `The ${job.task.kind} can't be read: ${why}.`, {
          cure: 'Open it in a browser; if it is as it should be, tell us about it.',
          cause,
        }),
      );
    }
    next();
  };

  const finish = (): Job | null => {
    clearTimeout(timer);
    const job = current;
    current = null;
    return job;
  };

  const next = (): void => {
    const job = waiting.shift();
    if (!job) {
      if (!worker) return;
      worker.unref();
      clearTimeout(timer);
      timer = setTimeout(() => void endWorker(), idleMs).unref();
      return;
    }
    current = job;
    clearTimeout(timer);
    timer = setTimeout(() => giveUp('the parser does not start'), START_LIMIT_MS);
    worker ??= startWorker();
    worker.ref();
    const { buffer } = job.task.document.body;
    worker.postMessage(job.task, buffer instanceof ArrayBuffer ? [buffer] : []);
  };

  const endWorker = async (): Promise<void> => {
    const ended = worker;
    worker = null;
    await ended?.terminate();
  };

  const run = <Result extends ParseResult>(task: ParseTask, signal: AbortSignal): Promise<Result> => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    signal.throwIfAborted();
    const job: Job = { task, resolve: resolve as Job['resolve'], reject };
    const abort = () => {
      const place = waiting.indexOf(job);
      if (place >= 0) waiting.splice(place, 1);
      reject(signal.reason);
    };
    signal.addEventListener('abort', abort, { once: true });
    waiting.push(job);
    if (!current) next();
    return promise.finally(() => signal.removeEventListener('abort', abort));
  };

  return {
    feed: async (document, signal, last) =>
      run<ParsedFeed>({ kind: 'feed', document, ...(last === undefined ? {} : { last }) }, signal),
    page: async (document, signal) => run<ParsedPage>({ kind: 'page', document }, signal),
    outlines: async (document, signal) => run<Outline[]>({ kind: 'list', document }, signal),
    close: async () => {
      const stopped = new FetchError('unreadable', 'Crier is stopping.');
      for (const job of waiting.splice(0)) job.reject(stopped);
      finish()?.reject(stopped);
      await endWorker();
    },
  };
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? '';
}
