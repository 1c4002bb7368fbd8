import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks of /proc, 100 a second on every Linux of today. */
const TICK_MS = 10;

/** CPU so far (ms) and memory (MB, proportional set size) of the PostgreSQL whose data lies in `dataDir`. Linux only. */
export function postgresUsage(dataDir: string): { cpuMs: number; memoryMb: number } {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/u.test(name));
  const postmaster = pids.find((pid) => {
    const command = read(pid, 'cmdline').split('\0');
    return command[0]?.endsWith('postgres') && command.some((word) => word.startsWith(dataDir));
  });
  let cpuMs = 0;
  let memoryMb = 0;
  for (const pid of pids) {
    // Fields after the name in parentheses: 2 is the parent, 12–15 the ticks of it and of its children that ended.
    const fields = read(pid, 'stat')
      .replace(/^.*\) /su, '')
      .split(' ');
    if (pid !== postmaster && fields[1] !== postmaster) continue;
    const ticks = pid === postmaster ? fields.slice(11, 15) : fields.slice(11, 13);
    cpuMs += ticks.reduce((sum, each) => sum + Number(each), 0) * TICK_MS;
    memoryMb += memoryOf(pid);
  }
  return { cpuMs, memoryMb };
}

/** Proportional set size of a process, in MB. Linux only. */
export function memoryOf(pid: number | string): number {
  return Number(/^Pss:\s+(\d+) kB/mu.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024;
}

function read(pid: number | string, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}
