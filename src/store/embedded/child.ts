import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Account } from './account.ts';

/** Starts one of PostgreSQL's programs as `account`, away from our working folder, our terminal and our PG… variables. */
export function spawnProgram(
  program: string,
  parameters: string[],
  account: Account | null,
  stdio: StdioOptions,
): ChildProcess {
  return spawn(program, parameters, {
    ...account,
    stdio,
    cwd: '/',
    // Ctrl-C reaches the whole process group: the server must outlive it until our last statement is through.
    detached: true,
    env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
  });
}
