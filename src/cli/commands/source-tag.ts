import type { Command } from 'commander';
import { tidyTags } from '../../domain/tag.ts';
import { addCommand, brandOption } from '../command.ts';
import { findSource } from '../find.ts';
import { sourceRecord } from '../records.ts';
import type { BrandOptions, Session } from '../session.ts';

/** `source tag SOURCE [TAG…]`: the tags that a source is sorted by. */
export function addSourceTagCommand(group: Command, session: Session): void {
  addCommand(
    group,
    'tag <source> [tags...]',
    'Give a source exactly these tags; none removes all',
    'crier source tag 1 Riga Business',
  )
    .addOption(brandOption())
    .action((input: string, names: string[], options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const source = await findSource(ports, brand, input);
        const tags = tidyTags(names);
        await ports.store.sources.setTags(source.id, tags);
        output.record(sourceRecord({ ...source, tags }));
        output.say(`Source ${source.id}: ${tags.length === 0 ? 'no tags' : tags.join(', ')}.`);
      }),
    );
}
