import { Command } from 'commander';
import { usageAfterErrors } from './command.ts';
import { addArticleCommands } from './commands/article.ts';
import { addBackupCommands } from './commands/backup.ts';
import { addBrandCommands } from './commands/brand.ts';
import { addChannelCommands } from './commands/channel.ts';
import { addCheckCommand } from './commands/check.ts';
import { addDeliveryCommands } from './commands/delivery.ts';
import { addDoctorCommand } from './commands/doctor.ts';
import { addLeadCommands } from './commands/lead.ts';
import { addLoginCommand } from './commands/login.ts';
import { addPostCommands } from './commands/post.ts';
import { addReportCommand } from './commands/report.ts';
import { addRunCommands } from './commands/run.ts';
import { addSourceCommands } from './commands/source.ts';
import { addWhyCommand } from './commands/why.ts';
import { addWriteCommand } from './commands/write.ts';
import type { CliEdges } from './edges.ts';
import type { Session } from './session.ts';

/** The whole command line. It never ends the process: faults of use are thrown as CommanderError after they are printed. */
export function createProgram(session: Session, edges: CliEdges): Command {
  const program = new Command('crier')
    .description('Turns the news a brand follows into posts, and the people who answer into leads.')
    .version(edges.version, '--version', 'print the version')
    .helpOption('-h, --help', 'explain the command')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => lines(text).forEach(edges.print),
      writeErr: (text) => lines(text).forEach(edges.printError),
      outputError: (text, write) => write(text.replace(/^error: /u, '')),
      getOutHelpWidth: () => edges.columns ?? 100,
      getErrHelpWidth: () => edges.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText(
      'after',
      `\nBegin with:\n  crier start\n  crier source add https://example.org/feed.xml\n  crier channel add ${edges.channelExamples[0]} --auto`,
    );
  const parts = [
    addRunCommands,
    addBrandCommands,
    addSourceCommands,
    addChannelCommands,
    addArticleCommands,
    addWhyCommand,
    addPostCommands,
    addWriteCommand,
    addCheckCommand,
    addDeliveryCommands,
    addLeadCommands,
    addReportCommand,
    addLoginCommand,
    addDoctorCommand,
    addBackupCommands,
  ];
  for (const add of parts) add(program, session, edges);
  usageAfterErrors(program);
  return program;
}

function lines(text: string): string[] {
  return text.replace(/\n$/u, '').split('\n');
}
