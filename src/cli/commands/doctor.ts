import type { Command } from 'commander';
import { addCommand, brandOption } from '../command.ts';
import { examine, type Finding } from '../doctor/index.ts';
import type { BrandOptions, Session } from '../session.ts';

const SIGNS: Record<Finding['state'], string> = { ok: '✓', warning: '!', failed: '✗', off: '–' };

/** The longest name of a check that is usual. */
const WIDEST = 18;

/** `doctor`: what works and what doesn't, each with cause and cure. */
export function addDoctorCommand(program: Command, session: Session): void {
  addCommand(program, 'doctor', 'Check everything that Crier needs, and say cause and cure', 'crier doctor')
    .addOption(brandOption())
    .action((options: BrandOptions) =>
      session.plain(options, async ({ edges, output }) => {
        const counts: Record<Finding['state'], number> = { ok: 0, warning: 0, failed: 0, off: 0 };
        for await (const finding of examine(edges, options.brand)) {
          edges.status('');
          counts[finding.state] += 1;
          output.record(finding);
          output.say(`${SIGNS[finding.state]} ${finding.check.padEnd(WIDEST)} ${finding.message}`);
          if (finding.cure !== null) output.say(`  ${' '.repeat(WIDEST)} → ${finding.cure}`);
        }
        output.say(`\n${counts.ok} in order, ${counts.warning} to look at, ${counts.failed} failed`);
        return counts.failed > 0 ? 1 : 0;
      }),
    );
}
