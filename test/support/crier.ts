import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

export interface Finished {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  /** Every line of standard output as JSON. */
  json<T = Record<string, unknown>>(): T[];
}

/** Only what a program needs of the surroundings: settings of this machine must not leak into a test. */
function surroundings(env: Record<string, string>): NodeJS.ProcessEnv {
  const kept = Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE'].flatMap((name) =>
      process.env[name] ? [[name, process.env[name]]] : [],
    ),
  );
  return { LOG_LEVEL: 'warn', ...kept, ...env };
}

/** Starts Crier's command line as a process of its own, in a folder without .env. `detached`: with a process group of its own. */
export function spawnCrier(
  args: readonly string[],
  env: Record<string, string>,
  { cwd = env.DATA_DIR ?? '/', detached = false }: { cwd?: string; detached?: boolean } = {},
): ChildProcess {
  return spawn(process.execPath, [resolve(root, 'src/main.ts'), ...args], {
    cwd,
    detached,
    env: surroundings(env),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs one command to its end. */
export async function crier(args: readonly string[], env: Record<string, string>, input = ''): Promise<Finished> {
  const child = spawnCrier(args, env);
  child.stdin?.end(input);
  return finish(child);
}

/** Waits for the end of a process and gives what it printed. */
export async function finish(child: ChildProcess): Promise<Finished> {
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return {
    code,
    signal,
    stdout,
    stderr,
    json: () =>
      stdout
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line)),
  };
}

export interface Running {
  /** The address it printed. */
  url: string;
  loginUrl: string;
  child: ChildProcess;
  output(): string;
  /** Ends it as Ctrl-C does and gives its exit code. */
  stop(): Promise<number | null>;
}

/** Starts `crier start` and waits until it has printed its address. Rejects with what it printed when it ends before. */
export async function startCrier(env: Record<string, string>, args: readonly string[] = ['start']): Promise<Running> {
  const child = spawnCrier(args, env);
  let output = '';
  const ended = once(child, 'close') as Promise<[number | null]>;
  await new Promise<void>((ready, fail) => {
    const take = (text: string) => {
      output += text;
      if (/\/login\/\S+/u.test(output)) ready();
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    ended.then(() => fail(new Error(`crier ended before it was ready:\n${output}`)));
  });
  const loginUrl = /(http\S+\/login\/\S+)/u.exec(output)?.[1] as string;
  return {
    url: new URL(loginUrl).origin,
    loginUrl,
    child,
    output: () => output,
    async stop() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGINT');
      return (await ended)[0];
    },
  };
}

/** A port of this machine that is free now. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net');
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Asks until the answer pleases or the deadline is over; gives the last answer. For what another process does in its own time. */
export async function eventually<T>(
  ask: () => Promise<T>,
  pleases: (answer: T) => boolean,
  deadlineMs = 15_000,
): Promise<T> {
  const end = performance.now() + deadlineMs;
  for (;;) {
    const answer = await ask();
    if (pleases(answer) || performance.now() > end) return answer;
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

/** An empty folder for DATA_DIR. Run by root, the database's own user must be able to pass through it. */
export async function newDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-data-'));
  await chmod(folder, 0o711);
  return folder;
}
