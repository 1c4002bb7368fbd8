import { type Command, Option } from 'commander';
import { report, reportCsv, reportText } from '../../pipeline/report/index.ts';
import { parseDays } from '../arguments.ts';
import { addCommand, brandOption } from '../command.ts';
import type { BrandOptions, Session } from '../session.ts';

/** `report`: the way from article to lead. */
export function addReportCommand(program: Command, session: Session): void {
  addCommand(program, 'report', 'The way from article to lead, over some days', 'crier report --days 30')
    .option('--days <days>', 'how many days, up to now', parseDays, 7)
    .addOption(new Option('--format <format>', 'text or csv').choices(['text', 'csv']).default('text'))
    .addOption(brandOption())
    .action((options: BrandOptions & { days: number; format: 'text' | 'csv' }) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const result = await report(ports, brand, options.days);
        output.record(result);
        if (!output.json) output.say((options.format === 'csv' ? reportCsv(result) : reportText(result)).trimEnd());
      }),
    );
}
