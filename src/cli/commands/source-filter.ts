import type { Command } from 'commander';
import { OPEN_FILTER } from '../../domain/filter.ts';
import { FILTER_SETTINGS } from '../../domain/filter-setting.ts';
import { settingLines } from '../../domain/setting.ts';
import { requireJudge } from '../../pipeline/collect/index.ts';
import { addCommand, brandOption } from '../command.ts';
import { findSource } from '../find.ts';
import { changedByOptions } from '../options.ts';
import { sourceRecord } from '../records.ts';
import type { BrandOptions, Session } from '../session.ts';

type FilterOptions = BrandOptions & { clear?: boolean } & Record<string, unknown>;

/** `source filter SOURCE`: shows which of its articles are wanted, or changes it. */
export function addSourceFilterCommand(group: Command, session: Session): void {
  const command = addCommand(
    group,
    'filter <source>',
    'Show or change which articles of a source are wanted',
    'crier source filter 1 --require "saul*, vēj*" --exclude casino --language lv,en --max-age 48h',
  );
  for (const { key, value, meaning } of FILTER_SETTINGS) command.option(`--${key} ${value}`, meaning);
  command
    .option('--clear', 'want all again, but for what is named beside it')
    .addOption(brandOption())
    .addHelpText(
      'after',
      '\nWords are whole words in any case, parted by commas; an empty value ("") clears one part. What was decided already\nstays decided. For all sources at once: crier brand set filter-exclude=casino',
    )
    .action((input: string, options: FilterOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const source = await findSource(ports, brand, input);
        const filter = changedByOptions(FILTER_SETTINGS, options.clear ? OPEN_FILTER : source.filter, options);
        if (filter.about !== source.filter.about) requireJudge(ports, filter);
        if (filter !== source.filter) await ports.store.sources.setFilter(source.id, filter);
        output.record(sourceRecord({ ...source, filter }));
        const lines = settingLines(FILTER_SETTINGS, filter);
        const name = source.name ?? source.feed.title ?? source.feed.url;
        output.say(
          lines.length === 0
            ? `Source ${source.id}, ${name}: every article is wanted.`
            : `Source ${source.id}, ${name}:\n${lines.map((line) => `  ${line}`).join('\n')}`,
        );
        const ofBrand = settingLines(FILTER_SETTINGS, brand.filter);
        if (ofBrand.length > 0)
          output.say(`And for every source of the brand:\n${ofBrand.map((line) => `  ${line}`).join('\n')}`);
      }),
    );
}
