import { AppError } from '../lib/errors.ts';

/** Standard output, whose reader may go away. */
export interface StandardOutput {
  /** Writes one line. Throws AppError once a write has failed, so that a command stops making what nobody gets. */
  print(line: string): void;
  /** The code of the write that failed; null = all is well. */
  problem(): string | null;
}

/** `crier post list | head -1` closes our output early (EPIPE); a full disk gives ENOSPC, a closed terminal EIO. */
export function standardOutput(): StandardOutput {
  let problem: string | null = null;
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    problem ??= error.code ?? error.message;
  });
  // What can't be told there can't be told anywhere; it is no reason to end.
  process.stderr.on('error', () => {});
  return {
    print(line) {
      if (problem !== null)
        throw new AppError(`Standard output can't be written (${problem}).`, {
          cure: 'Look at where it goes: the disk may be full.',
        });
      process.stdout.write(`${line}\n`);
    },
    problem: () => problem,
  };
}
