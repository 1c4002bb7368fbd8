import type { Command } from 'commander';
import { why } from '../../pipeline/report/index.ts';
import { addCommand, brandOption } from '../command.ts';
import type { BrandOptions, Session } from '../session.ts';
import { localTime } from '../times.ts';

/** `why URL`: what became of an article. */
export function addWhyCommand(program: Command, session: Session): void {
  addCommand(program, 'why <url>', 'What became of an article', 'crier why https://example.org/story')
    .addOption(brandOption())
    .action((url: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const answer = await why(ports, brand, url);
        output.record(answer);
        output.say(answer.verdict);
        for (const { at, what } of answer.events) output.say(`  ${localTime(at, brand.timeZone)}  ${what}`);
      }),
    );
}
