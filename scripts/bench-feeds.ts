/**
 * How well Crier reads the feeds and pages of the shared corpora, all through its own door: served over HTTP, polled and
 * read. `npm run bench:feeds [-- --only aeb] [-- --misses misses.ndjson]` prints a table in Markdown, and writes what
 * was missed and why, one JSON object a line.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { sharedPath } from '../test/support/shared.ts';
import { metadataParts, textPart } from './bench-feeds/articles-part.ts';
import { expectationsPart, smallwebPart } from './bench-feeds/feed-parts.ts';
import { languagePart } from './bench-feeds/language-part.ts';
import type { Part } from './bench-feeds/part.ts';

const { values } = parseArgs({ options: { only: { type: 'string' }, misses: { type: 'string' } } });
const CORPORA = ['feedparser', 'gofeed', 'feedsmith', 'rss-parser'];

const done: Part[] = [];
console.log('| what | on | reach | measured |');
console.log('|---|---|---|---|');
const row = (what: string, part: Part, reach: string, measured = ratio([part])) => {
  done.push(part);
  const beside = [part.left ? `${part.left} about items that hold no article left aside` : '', part.note ?? ''];
  console.log(`| ${what} | ${part.name} | ${reach} | ${[measured, ...beside.filter(Boolean)].join(', ')} |`);
};

const feeds: Part[] = [];
for (const name of CORPORA) {
  const root = corpus(name, 'feeds', name);
  if (root) feeds.push(await expectationsPart(name, root));
}
for (const part of feeds) row('expectations met', part, '');
if (feeds.length === CORPORA.length) console.log(`| expectations met | all four | ≥ 97 % | ${ratio(feeds)} |`);

const smallweb = corpus('smallweb', 'feeds', 'fastfeedparser', 'smallweb200');
if (smallweb) row('real feeds read, ≥ 1 item', await smallwebPart(smallweb), 'all that hold a feed');

const aeb = corpus('aeb', 'articles', 'aeb');
if (aeb) {
  const part = await textPart(aeb);
  const [f1, precision, recall] = [part.f1, part.precision, part.recall].map((share) => share.toFixed(3));
  row('article text F1 (4-word shingles)', part, '≥ .960', `${f1} (precision ${precision}, recall ${recall})`);
}

const pages = corpus('pages', 'articles', 'readability');
if (pages) {
  const reach: Record<string, string> = { title: '≥ 90 %', author: '≥ 75 %', date: '≥ 85 %' };
  for (const part of await metadataParts(pages)) row(`${part.name} exact`, part, reach[part.name] ?? '');
}

const udhr = corpus('udhr', 'text', 'udhr');
if (udhr) row('language of 30 characters, 32 languages', await languagePart(udhr), '≥ 96 %');

if (values.misses) {
  const lines = done.flatMap(({ name, misses }) => misses.map((miss) => JSON.stringify({ corpus: name, ...miss })));
  writeFileSync(values.misses, `${lines.join('\n')}\n`);
}

/** The folder of a corpus that is wanted and there. */
function corpus(name: string, ...parts: string[]): string | null {
  if (values.only && values.only !== name) return null;
  const root = sharedPath('corpora', ...parts);
  if (!root) console.error(`${name}: no corpora beside the repository (or where CRIER_SHARED says), left out.`);
  return root;
}

function ratio(parts: Part[]): string {
  const met = parts.reduce((sum, part) => sum + part.met, 0);
  const of = parts.reduce((sum, part) => sum + part.of, 0);
  return `${((100 * met) / of).toFixed(1)} % (${met} of ${of})`;
}
