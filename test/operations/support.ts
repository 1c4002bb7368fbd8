import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { eventually } from '../support/crier.ts';

/** Only there can be seen which processes run in a folder. */
export const ON_LINUX = process.platform === 'linux';

/** Removes the folder once its processes are gone; those that were left behind are ended first. */
export async function removeFolder(folder: string): Promise<void> {
  for (const { pid } of processesIn(folder)) signal(pid, 'SIGKILL');
  await eventually(
    async () => processesIn(folder).length,
    (count) => count === 0,
    5000,
  );
  await rm(folder, { recursive: true, force: true });
}

/** Every process that works in the folder or was started with its name: Crier, PostgreSQL and its children. Linux only. */
export function processesIn(folder: string): { pid: number; command: string }[] {
  if (!ON_LINUX) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/u.test(name) && Number(name) !== process.pid)
    .flatMap((name) => {
      try {
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        const here = command.includes(folder) || readlinkSync(`/proc/${name}/cwd`).startsWith(folder);
        return here ? [{ pid: Number(name), command }] : [];
      } catch {
        return []; // it ended meanwhile
      }
    });
}

/** Sends a signal to a process, or with a negative id to its group, if it still lives. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // it ended meanwhile
  }
}

/** Asks until the answer pleases and gives it; throws with the last answer when it never does. */
export async function becomes<T>(
  ask: () => Promise<T>,
  pleases: (answer: T) => boolean,
  deadlineMs?: number,
): Promise<T> {
  const answer = await eventually(ask, pleases, deadlineMs);
  if (pleases(answer)) return answer;
  throw new Error(`It did not come to that in time. The last answer: ${JSON.stringify(answer)}`);
}

/** What a running process has printed so far, both streams together. */
export function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  return () => output;
}

/** The answer of a path: status and text; 0 while nobody answers. */
export async function ask(url: string, path: string): Promise<{ status: number; text: string }> {
  try {
    const response = await fetch(new URL(path, url), { redirect: 'manual' });
    return { status: response.status, text: await response.text() };
  } catch {
    return { status: 0, text: '' };
  }
}

export interface TcpDoor {
  port: number;
  /** Cuts every connection and takes no more; `open` lets them in again. */
  shut(): Promise<void>;
  open(): Promise<void>;
}

/** A TCP port that leads to a Unix socket, as a network between Crier and its database. */
export async function tcpDoor(socketPath: string, port = 0): Promise<TcpDoor> {
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    const far = connect(socketPath);
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one
        .on('error', () => other.destroy())
        .on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      one.pipe(other);
    }
  });
  const listen = async (wanted: number) => {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(port);
  const taken = (server.address() as { port: number }).port;
  return {
    port: taken,
    async shut() {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    open: () => listen(taken),
  };
}
