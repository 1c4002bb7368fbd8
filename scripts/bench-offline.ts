/**
 * The offline writer on real news pages, through the product's own door: page → article → post for each platform.
 * `npm run bench:offline`, with the corpora beside the repository or where CRIER_SHARED says. `-- --pages 83` takes
 * more than the first 60, `-- --show posts.md` writes every post to a file, to be read by people.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Article } from '../src/domain/article.ts';
import { firstBrand } from '../src/domain/brand.ts';
import { createFeeds } from '../src/feeds/index.ts';
import { systemClock } from '../src/lib/clock.ts';
import { silentLog } from '../src/lib/log.ts';
import { isBoilerplate } from '../src/llm/boilerplate.ts';
import { createWriters } from '../src/llm/index.ts';
import { otherLanguage } from '../src/llm/language.ts';
import { leans } from '../src/llm/openings.ts';
import { repeats, stemsOf } from '../src/llm/stems.ts';
import { NO_ACCOUNTS, writeDrafts } from '../src/pipeline/write/index.ts';
import { createPlatforms } from '../src/platforms/index.ts';
import type { WrittenText } from '../src/ports/writer.ts';
import { serveCorpus } from './bench-feeds/corpus-server.ts';

const { values: options } = parseArgs({ options: { pages: { type: 'string' }, show: { type: 'string' } } });
const root = join(process.env.CRIER_SHARED ?? join(import.meta.dirname, '..', '..', 'shared'), 'corpora/articles/aeb');
const PLACES = ['telegram', 'discord', 'x'];
/** Not the writer's own lists, so that a gap in those shows. */
const OBVIOUS_START =
  /^(?:He|She|They|It|This(?! (?:week|month|year))|That|These|Those|His|Her|Their|Its|However|But|And|Also|So|Yet|Or|Meanwhile|Moreover|Then|Ele|Ela|Mas|Dia|Он|Она|Они|Это|Но|Однако)(?![\p{L}\p{M}])/u;
const OBVIOUS_BOILERPLATE =
  /click|subscri|newsletter|cookie|read more|follow (?:us|him|her|me)|photo(?: by|:)|advertisement|sign up|copyright|©|https?:|@\w|подпис|cadastre-se/iu;
const never = new AbortController().signal;
const { offline, ground } = createWriters({ apiKey: null, baseUrl: null, model: 'none' }, { log: silentLog });
const platforms = createPlatforms({ telegram: null, discord: null, x: null }, { log: silentLog, clock: systemClock });
const brand = { id: 1, ...firstBrand('Europe/Riga') };

interface Result {
  article: Article;
  posts: { place: string; text: string; problems: string[]; grounded: boolean }[];
  texts: WrittenText[];
}

const articles = await read(Number(options.pages ?? 60));
const results: Result[] = [];
for (const article of articles) {
  const texts: WrittenText[] = [];
  const drafts = await writeDrafts(
    {
      platforms,
      log: silentLog,
      settings: { publicUrl: 'https://crier.example', publicUrlIsSet: true, version: 'bench' },
      writers: {
        model: null,
        judge: null,
        price: () => null,
        ground,
        offline: {
          name: 'offline',
          write: async (request, signal) => {
            const written = await offline.write(request, signal);
            texts.push(...written.texts);
            return written;
          },
        },
      },
    },
    {
      brand,
      article,
      places: PLACES.map((address) => ({ platform: 'preview', address, language: null })),
      purse: NO_ACCOUNTS,
    },
    never,
  );
  const posts = drafts.map(({ place, text, grounding }) => ({
    place: place.address,
    text,
    problems: platforms.get('preview')?.form(place.address).check(text) ?? ['no form'],
    grounded: grounding.ok,
  }));
  results.push({ article, posts, texts });
}

const print = (line: string) => process.stdout.write(`${line}\n`);
print(`${articles.length} pages, ${new Set(articles.map(({ language }) => language)).size} languages\n`);
print('| what | reach | measured |\n|---|---|---|');
for (const place of PLACES)
  row(`posts valid in the form of ${place}`, (result) =>
    result.posts.every((post) => post.place !== place || post.problems.length === 0),
  );
row('every sentence in the article, letter by letter', ({ article, texts }) =>
  texts.every((text) => paragraphs(text).every((paragraph) => folded(article.text).includes(folded(paragraph)))),
);
row('nothing that grounding finds', ({ posts }) => posts.every((post) => post.grounded));
const languages = new Map<Result, boolean>();
for (const result of results) {
  const text = result.texts.map((one) => one.body).join('\n');
  languages.set(result, (await otherLanguage(text, result.article.language)) === null);
}
row('in the article’s language', (result) => languages.get(result) === true);
row('no paragraph begins with a pronoun or connective but one right after its sentence', ({ article, texts }) =>
  texts.every((text) =>
    paragraphs(text).every(
      (paragraph, index, all) =>
        !(leans(first(paragraph), article.language) || OBVIOUS_START.test(paragraph)) ||
        (index > 0 && adjoins(article.text, all[index - 1], paragraph)),
    ),
  ),
);
row('no boilerplate', ({ texts }) =>
  texts.every((text) =>
    paragraphs(text).every((paragraph) => !isBoilerplate(paragraph) && !OBVIOUS_BOILERPLATE.test(paragraph)),
  ),
);
row('the title is not said twice', ({ article, texts }) =>
  texts.every(
    (text) =>
      text.headline === '' ||
      paragraphs(text).every(
        (paragraph) => !repeats(stemsOf(first(paragraph), article.language), stemsOf(text.headline, article.language)),
      ),
  ),
);
row('nothing cut off', ({ texts }) => texts.every((text) => !text.body.endsWith('…') && !text.headline.endsWith('…')));
const share = (test: (text: WrittenText) => boolean) => results.filter(({ texts }) => texts.some(test)).length;
print(`\nOn X ${share((text) => text.target === 't3' && text.body === '')} pages give the headline alone.`);
await timing();
if (options.show !== undefined) {
  writeFileSync(options.show, results.map(shown).join('\n'));
  print(`The posts are in ${options.show}.`);
}

function row(what: string, holds: (result: Result) => boolean): void {
  const met = results.filter(holds);
  const missed = results.filter((result) => !met.includes(result)).map(({ article }) => article.title.slice(0, 40));
  const rest = missed.length === 0 ? '' : `; not: ${missed.join(' · ')}`;
  print(`| ${what} | 100 % | ${((100 * met.length) / results.length).toFixed(1)} %${rest} |`);
}

/** CPU per article, and how it grows with length. */
async function timing(): Promise<void> {
  const targets = [850, 1400, 180].map((limit, index) => ({
    id: `t${index}`,
    platform: 'any',
    limit,
    unit: 'characters',
    count: (text: string) => text.length,
    hashtags: 3,
  }));
  const cost = async (list: readonly Article[], rounds: number) => {
    const start = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1)
      for (const article of list) await offline.write({ article, brand, language: article.language, targets }, never);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000 / rounds / list.length;
  };
  await cost(articles, 2);
  print(
    `\nCPU for the three posts of one article: ${(await cost(articles, 5)).toFixed(1)} ms (mean of ${articles.length} pages).\n`,
  );
  print('| characters | CPU |\n|---|---|');
  const all = articles
    .filter(({ language }) => language === 'en')
    .map(({ text }) => text)
    .join('\n\n');
  for (const length of [2_000, 6_000, 20_000, 60_000, 200_000]) {
    const text = all.repeat(Math.ceil(length / all.length)).slice(0, length);
    const article = { ...(articles[0] as Article), text };
    print(`| ${length.toLocaleString('en')} | ${(await cost([article], 10)).toFixed(1)} ms |`);
  }
}

async function read(count: number): Promise<Article[]> {
  const names = Object.keys(JSON.parse(readFileSync(join(root, 'ground-truth.json'), 'utf8'))).slice(0, count);
  const server = await serveCorpus(root);
  const feeds = createFeeds({ log: silentLog, userAgent: 'CrierBench/1', allowPrivate: [server.host] });
  try {
    const found: Article[] = [];
    for (const [index, name] of names.entries()) {
      const extracted = await feeds.read(server.url(`html/${name}.html.gz`), null, never);
      const now = new Date();
      found.push({ ...extracted, id: index + 1, feedId: null, guid: null, seenAt: now, frozenAt: now });
    }
    return found;
  } finally {
    await feeds.close();
    server.close();
  }
}

function paragraphs(text: WrittenText): string[] {
  return text.body.split('\n\n').filter((paragraph) => paragraph !== '');
}

function first(paragraph: string): string {
  return [...new Intl.Segmenter('und', { granularity: 'sentence' }).segment(paragraph)][0]?.segment.trim() ?? '';
}

/** Whether one paragraph of a post follows the other in the article too. */
function adjoins(text: string, before: string | undefined, after: string): boolean {
  return before !== undefined && folded(text).includes(`${folded(before)} ${folded(after)}`);
}

function folded(text: string): string {
  return text
    .replace(/[\u00ad\u200b\u2060\ufeff]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}

function shown({ article, posts }: Result): string {
  return [
    `# ${article.title} (${article.language})`,
    ...posts.map(({ place, text }) => `## ${place}\n\n${text}\n`),
  ].join('\n');
}
