import { type Command, CommanderError } from 'commander';
import { AppError, ConfigError, messageOf, UsageError } from '../lib/errors.ts';
import { usageOf } from './command.ts';
import type { CliEdges } from './edges.ts';
import { printable } from './output.ts';
import { createProgram } from './program.ts';
import { createSession } from './session.ts';

export {
  type CliEdges,
  type CliPorts,
  type Facts,
  type OutsidePorts,
  ROLES,
  type Role,
  type RunSummary,
} from './edges.ts';
export { issueLogin } from './login.ts';
export { terminalStatus } from './status.ts';

/** Runs one command line (without node and script name). 0 = done, 1 = failed, 2 = used wrongly; a fault is explained on standard error. */
export async function runCli(argv: string[], edges: CliEdges): Promise<number> {
  const session = createSession(edges);
  const program = createProgram(session, edges);
  let running: Command = program;
  program.hook('preAction', (_program, command) => {
    running = command;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return session.exitCode();
  } catch (error) {
    edges.status('');
    if (edges.signal.aborted && !(error instanceof CommanderError)) {
      edges.printError('Stopped.');
      return 1;
    }
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    explain(error, running, (text) => {
      for (const line of printable(text).split('\n')) edges.printError(line);
    });
    return error instanceof UsageError || error instanceof ConfigError ? 2 : 1;
  }
}

/** What happened and what to do, never a stack. */
function explain(error: unknown, command: Command, print: (text: string) => void): void {
  print(messageOf(error));
  if (error instanceof AppError && error.cure) print(error.cure);
  if (error instanceof UsageError) print(usageOf(command));
  if (!(error instanceof AppError))
    print('Crier did not expect this. LOG_LEVEL=debug shows more; crier doctor looks for a cause.');
}
