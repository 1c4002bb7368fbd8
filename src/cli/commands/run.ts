import { type Command, Option } from 'commander';
import { UsageError } from '../../lib/errors.ts';
import { addCommand } from '../command.ts';
import { ROLES, type Role, type RunSummary } from '../edges.ts';
import type { CommonOptions, Session } from '../session.ts';
import { table } from '../table.ts';

/** `start` and `run --once`. */
export function addRunCommands(program: Command, session: Session): void {
  addCommand(program, 'start', 'Run until stopped: collect, write, deliver, measure, answer', 'crier start')
    .addOption(new Option('--role <role>', 'what this process does').choices(ROLES).default('all'))
    .action((options: CommonOptions & { role: Role }) =>
      session.plain(options, async ({ edges, output }) => {
        await edges.start({ role: options.role }, (line) => {
          output.say(line);
          output.record({ message: line });
        });
      }),
    );

  addCommand(program, 'run', 'Do once what is due, print a summary and end: for cron', 'crier run --once')
    .option('--once', 'one pass')
    .action((options: CommonOptions & { once?: boolean }) =>
      session.plain(options, async ({ edges, output }) => {
        if (!options.once) throw new UsageError('run wants --once.', { cure: 'To run all the time: crier start' });
        const summary = await edges.runOnce((line) => edges.status(line));
        edges.status('');
        output.record(summary);
        for (const line of summaryLines(summary)) output.say(line);
        for (const notice of summary.notices) output.say(`! ${notice}`);
        return nothingWorked(summary) ? 1 : 0;
      }),
    );
}

/** Single sources may fail; when every one does and nothing else moved, the pass did. */
function nothingWorked(summary: RunSummary): boolean {
  const { feedsPolled, feedsFailed, feedsHeldBack, articlesNew, postsWritten, delivered } = summary;
  return feedsPolled + feedsHeldBack > 0 && feedsFailed === feedsPolled && articlesNew + postsWritten + delivered === 0;
}

function summaryLines(summary: RunSummary): string[] {
  const rows: [string, number, string][] = [
    [
      'feeds polled',
      summary.feedsPolled,
      summary.feedsPolled + summary.feedsHeldBack === 0 ? 'Add a source: crier source add URL' : '',
    ],
    ['feeds that could not be read', summary.feedsFailed, 'Why: crier source list'],
    ['failing feeds left alone for now', summary.feedsHeldBack, 'Until when: crier source show SOURCE'],
    ['articles new', summary.articlesNew, ''],
    ['posts written', summary.postsWritten, ''],
    ['delivered', summary.delivered, ''],
    ['waiting for review', summary.waitingForReview, 'See them: crier post list --state review'],
    ['unclear', summary.unclear, 'See them: crier delivery list --state unclear'],
    ['failed', summary.failed, 'See them: crier delivery list --state rejected'],
  ];
  return table(
    [
      { title: 'This pass', value: ([what]) => what },
      { title: '', value: ([, count]) => count, align: 'right' },
      { title: '', value: ([, count, hint]) => (count > 0 || hint.startsWith('Add') ? hint : '') },
    ],
    rows,
    null,
  );
}
