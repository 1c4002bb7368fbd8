import type { Command } from 'commander';
import { addCommand } from '../command.ts';
import type { CommonOptions, Session } from '../session.ts';

/** `backup` and `restore`: everything in one file, and back. */
export function addBackupCommands(program: Command, session: Session): void {
  addCommand(program, 'backup [file]', 'Write everything into one file, also while Crier runs', 'crier backup')
    .addHelpText(
      'after',
      '\nWithout a name it becomes crier-<time>.backup in this folder. Keep the secret elsewhere (CRIER_SECRET, or the file' +
        '\nsecret in DATA_DIR): it is not in the backup, and without it the contacts of your leads can not be read.',
    )
    .action((file: string | undefined, options: CommonOptions) =>
      session.plain(options, async ({ edges, output }) => {
        const made = await edges.backup(file ?? null);
        output.record(made);
        output.say(`${made.rows} rows written to ${made.path} (${Math.ceil(made.bytes / 1024)} kB).`);
      }),
    );

  addCommand(program, 'restore <file>', 'Fill an empty database from a backup', 'crier restore crier-2026.backup')
    .addHelpText(
      'after',
      '\nNothing that may have gone out since the backup goes out again by itself: posts that waited become unclear' +
        '\n(crier delivery list --state unclear), articles not yet written are filtered, sources begin anew.',
    )
    .action((file: string, options: CommonOptions) =>
      session.plain(options, async ({ edges, output }) => {
        const { rows, madeAt } = await edges.restore(file);
        output.record({ rows, madeAt });
        output.say(
          `${rows} rows restored, as of ${madeAt.toISOString()}.\n` +
            'What waited to be sent then is unclear now: crier delivery list --state unclear',
        );
      }),
    );
}
