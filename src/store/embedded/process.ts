import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';

/** Whether a process of that id lives, whoever owns it. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The process that serves the data folder according to its postmaster.pid; null without that file. */
export async function postmasterPid(dir: string): Promise<number | null> {
  const text = await readFile(join(dir, 'postmaster.pid'), 'utf8').catch(() => '');
  return Number(text.split('\n')[0]) || null;
}

/**
 * Whether the id is in use by something that is no PostgreSQL: after a restart of a container ids repeat, and a
 * postmaster.pid of the time before names an innocent process. False when it can't be told.
 */
export async function isForeign(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const program = await (process.platform === 'linux'
    ? readFile(`/proc/${pid}/comm`, 'utf8')
    : promisify(execFile)('ps', ['-o', 'comm=', '-p', String(pid)]).then(({ stdout }) => stdout)
  ).catch(() => null);
  return program !== null && !basename(program.trim()).startsWith('postgres');
}
