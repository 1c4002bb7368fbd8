import type { Command } from 'commander';
import { hasTag } from '../../domain/tag.ts';
import { type ImportAnswer, importSource } from '../../pipeline/collect/index.ts';
import type { Outline } from '../../ports/outlines.ts';
import { parseFirst } from '../arguments.ts';
import { addCommand, brandOption } from '../command.ts';
import { readInput } from '../input.ts';
import { asDone } from '../pages.ts';
import type { BrandOptions, Session } from '../session.ts';

/** A bounded number of servers at once; the fetch itself spares each single host. */
const IMPORTED_AT_ONCE = 4;

/** `source export` and `source import`: lists of feeds as other programs exchange them. */
export function addSourceListCommands(group: Command, session: Session): void {
  addCommand(group, 'export', 'Write the sources as OPML, tags as folders', 'crier source export --file sources.opml')
    .option('--file <path>', 'into this file; otherwise to standard output')
    .option('--tag <tag>', 'only sources with this tag')
    .addOption(brandOption())
    .action((options: BrandOptions & { file?: string; tag?: string }) =>
      session.inBrand(options, async ({ ports, brand, output, edges }) => {
        const { tag, file } = options;
        const sources = (await ports.store.sources.list(brand.id)).filter(
          ({ feed, ...source }) =>
            feed.kind !== 'sample' && feed.kind !== 'chat' && (tag === undefined || hasTag(source, tag)),
        );
        const outlines = sources.map(({ feed, name, tags }) => ({ url: feed.url, title: name ?? feed.title, tags }));
        const opml = ports.outlines.write(outlines, { title: brand.name, createdAt: ports.clock.now() });
        if (file !== undefined) await edges.writeFile(file, opml);
        output.record({ sources: outlines.length, file: file ?? null, opml: file === undefined ? opml : null });
        output.say(file === undefined ? opml : `${sourcesWord(outlines.length)} written to ${file}.`);
      }),
    );

  addCommand(
    group,
    'import <file>',
    'Follow every feed of an OPML list, folders as tags',
    'crier source import subscriptions.opml',
  )
    .option('--first <count>', 'how many of the articles found now are posted, for each feed', parseFirst, 1)
    .addOption(brandOption())
    .addHelpText(
      'after',
      '\nThe list is a file, a web address, or - for standard input. Importing it twice adds nothing twice.',
    )
    .action((file: string, options: BrandOptions & { first: number }) =>
      session.inBrand(options, async ({ ports, brand, output, edges, signal }) => {
        edges.status(`Reading ${file} …`);
        const outlines = /^https?:\/\//iu.test(file)
          ? await ports.outlines.fetch(file, signal)
          : await ports.outlines.read(await readInput(edges, file), signal);
        const counts = { added: 0, followed: 0, refused: 0 };
        const progress = () =>
          edges.status(`${counts.added + counts.followed + counts.refused} of ${outlines.length}: ${summary(counts)}`);
        progress();
        const wish = { brandId: brand.id, firstPosts: options.first };
        const answers = asDone(inTurn(outlines), IMPORTED_AT_ONCE, async (same) => {
          const answered: { outline: Outline; answer: ImportAnswer }[] = [];
          for (const outline of same)
            answered.push({ outline, answer: await importSource(ports, { ...wish, outline }, signal) });
          return answered;
        });
        for await (const answered of answers) {
          edges.status('');
          for (const { outline, answer } of answered) {
            counts[answer.outcome] += 1;
            output.record(answerRecord(outline, answer));
            output.say(answerLine(outline, answer));
          }
          progress();
        }
        edges.status('');
        output.say(`${sourcesWord(outlines.length)} in the list: ${summary(counts)}.`);
        return counts.refused > 0 ? 1 : 0;
      }),
    );
}

/** Outlines of one address together, so that the second finds what the first made. */
function inTurn(outlines: readonly Outline[]): Outline[][] {
  const groups = new Map<string, Outline[]>();
  for (const [index, outline] of outlines.entries()) {
    const key = outline.url ?? `#${index}`;
    groups.set(key, [...(groups.get(key) ?? []), outline]);
  }
  return [...groups.values()];
}

function summary({ added, followed, refused }: Record<ImportAnswer['outcome'], number>): string {
  return `${added} added, ${followed} followed already, ${refused} refused`;
}

function answerRecord({ url, title, tags }: Outline, answer: ImportAnswer) {
  const refused = answer.outcome === 'refused';
  return {
    url,
    title,
    tags,
    outcome: answer.outcome,
    id: refused ? null : answer.source.id,
    reason: refused ? answer.reason : null,
  };
}

function answerLine({ url, title }: Outline, answer: ImportAnswer): string {
  const name = [title, url].filter(Boolean).join(', ') || 'An outline without name and address';
  switch (answer.outcome) {
    case 'added':
      return `+ ${answer.source.id} added: ${name}`;
    case 'followed':
      return `= ${answer.source.id} followed already: ${name}`;
    case 'refused':
      return `✗ refused: ${name}: ${answer.reason}`;
  }
}

function sourcesWord(count: number): string {
  return `${count} ${count === 1 ? 'source' : 'sources'}`;
}
