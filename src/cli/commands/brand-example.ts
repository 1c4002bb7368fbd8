import type { Command } from 'commander';
import type { Brand } from '../../domain/brand.ts';
import { LONGEST_EXAMPLE, MOST_EXAMPLES } from '../../domain/voice.ts';
import { UsageError } from '../../lib/errors.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import { readInput } from '../input.ts';
import type { Output } from '../output.ts';
import type { BrandOptions, Session } from '../session.ts';

/** `brand example add|list|remove`: posts that the model writes like. */
export function addBrandExampleCommands(brandGroup: Command, session: Session): void {
  const group = addGroup(brandGroup, 'example', 'Good posts that the model writes like');

  addCommand(
    group,
    'add [text]',
    `Add a good post: plain text, at most ${LONGEST_EXAMPLE} characters, ${MOST_EXAMPLES} in all`,
    'crier brand example add "Rye is back. Our mill turns again from Monday."',
  )
    .option('--file <path>', 'a file with the text; - is standard input')
    .addOption(brandOption())
    .action((text: string | undefined, options: BrandOptions & { file?: string }) =>
      session.inBrand(options, async ({ ports, brand, output, edges }) => {
        if ((text === undefined) === (options.file === undefined))
          throw new UsageError('example add wants either the text or --file.');
        const example = (text ?? (await readInput(edges, options.file ?? '-'))).trim();
        const saved = await ports.store.brands.save(withExamples(brand, [...brand.voice.examples, checked(example)]));
        await list(saved, output);
      }),
    );

  addCommand(group, 'list', 'List the good posts', 'crier brand example list')
    .addOption(brandOption())
    .action((options: BrandOptions) => session.inBrand(options, ({ brand, output }) => list(brand, output)));

  addCommand(group, 'remove <number>', 'Remove one, by its number in the list', 'crier brand example remove 2')
    .addOption(brandOption())
    .action((input: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const { examples } = brand.voice;
        const number = /^\d{1,2}$/u.test(input) ? Number(input) : 0;
        if (examples[number - 1] === undefined)
          throw new UsageError(`There is no example "${input}".`, { cure: 'See them with: crier brand example list' });
        const saved = await ports.store.brands.save(withExamples(brand, examples.toSpliced(number - 1, 1)));
        await list(saved, output);
      }),
    );
}

function checked(example: string): string {
  if (example === '') throw new UsageError('The example is empty.');
  if (example.length > LONGEST_EXAMPLE)
    throw new UsageError(`The example has ${example.length} characters, at most ${LONGEST_EXAMPLE} are taken.`, {
      cure: 'Shorten it: what counts is how it sounds.',
    });
  return example;
}

function withExamples(brand: Brand, examples: string[]): Brand {
  if (examples.length > MOST_EXAMPLES)
    throw new UsageError(`There are ${MOST_EXAMPLES} examples already.`, {
      cure: 'Remove one first: crier brand example remove NUMBER',
    });
  return { ...brand, voice: { ...brand.voice, examples } };
}

async function list(brand: Brand, output: Output): Promise<void> {
  await output.list(
    brand.voice.examples.map((text, index) => ({ number: index + 1, text })),
    {
      record: (example) => example,
      columns: [
        { title: 'NO', value: ({ number }) => number, align: 'right' },
        { title: 'TEXT', value: ({ text }) => text, max: 90 },
      ],
      empty: 'No examples yet. Add a post that the brand likes: crier brand example add "…"',
    },
  );
}
