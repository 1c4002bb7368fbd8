import { type Command, Option } from 'commander';

/** Adds a command with what all have: a summary, one example in its help, and --json. `form` is commander's, `add <url>`. */
export function addCommand(parent: Command, form: string, summary: string, example: string): Command {
  return parent
    .command(form)
    .description(summary)
    .option('--json', 'one JSON object a line')
    .addHelpText('after', `\nExample:\n  ${example}`);
}

/** A command that only holds others: `source`. */
export function addGroup(program: Command, name: string, summary: string): Command {
  return program.command(name).description(summary);
}

/** `--brand`, for commands that work for one brand. */
export function brandOption(): Option {
  return new Option('--brand <slug>', 'which brand; the first one otherwise');
}

/** Sets, for a command and all below it, what is printed after a fault of the command line. */
export function usageAfterErrors(command: Command): void {
  command.showHelpAfterError(usageOf(command));
  for (const below of command.commands) usageAfterErrors(below);
}

/** `Usage: crier source add [options] <url>` and where to read more. */
export function usageOf(command: Command): string {
  const usage = command.createHelp().commandUsage(command);
  return `Usage: ${usage}\nMore: ${nameOf(command)} --help`;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}
