/**
 * Tokens of one article for three channels in two languages: one call for each language, against one for each channel
 * and language, with the same prompts. `npm run bench:tokens`, with the corpora beside the repository or where
 * CRIER_SHARED says. No model is asked: what is sent is Crier's own, what comes back is made to size from the article.
 * Tokens are counted as characters / 4; no tokenizer is among the dependencies, and the ratio hardly depends on it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Article } from '../src/domain/article.ts';
import { emptyVoice, firstBrand } from '../src/domain/brand.ts';
import { systemClock } from '../src/lib/clock.ts';
import { silentLog } from '../src/lib/log.ts';
import { jsonSchema } from '../src/llm/answer.ts';
import { openingMessages } from '../src/llm/prompt.ts';
import { createPlatforms } from '../src/platforms/index.ts';
import type { WriteRequest, WriteTarget } from '../src/ports/writer.ts';

const shared = process.env.CRIER_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');
const LANGUAGES = ['lv', 'en'];
const CHARACTERS_A_TOKEN = 4;
const LENGTHS = [
  { name: 'up to 1,500 characters', below: 1500 },
  { name: '1,500 to 4,000', below: 4000 },
  { name: '4,000 to 10,000', below: 10_000 },
  { name: 'longer', below: Number.POSITIVE_INFINITY },
];

const platforms = createPlatforms({ telegram: null, discord: null, x: null }, { log: silentLog, clock: systemClock });
const targets: WriteTarget[] = ['telegram', 'discord', 'x'].map((platform, index) => {
  const form = platforms.get('preview')?.form(platform);
  if (form === undefined) throw new Error('there is no preview');
  const { forWriter, unit, count, hashtags } = form.limits;
  return { id: `t${index + 1}`, platform, limit: forWriter, unit, count, hashtags };
});
const brand = {
  id: 1,
  ...firstBrand('Europe/Riga'),
  name: 'North Bakery',
  voice: {
    ...emptyVoice,
    audience: 'bakers and people who like bread',
    tone: 'plain, warm, no jargon',
    avoid: ['artisanal', 'unique'],
    examples: Array.from({ length: 3 }, (_, index) =>
      `An example of a good post, number ${index + 1}. `.repeat(6).trim(),
    ),
  },
};

const now = new Date('2026-11-23T10:00:00Z');
const articles = Object.values<{ articleBody: string }>(
  JSON.parse(readFileSync(join(shared, 'corpora/articles/aeb/ground-truth.json'), 'utf8')),
).map(
  ({ articleBody }): Article => ({
    id: 1,
    feedId: null,
    guid: null,
    url: 'https://news.example/story',
    canonicalUrl: 'https://news.example/story',
    title: articleBody.slice(0, 80),
    text: articleBody,
    language: 'en',
    author: null,
    publishedAt: now,
    imageUrl: 'https://news.example/picture.jpg',
    siteName: 'News',
    textFrom: 'page',
    pageProblem: null,
    seenAt: now,
    frozenAt: now,
  }),
);

const tokens = (text: string) => Math.ceil(text.length / CHARACTERS_A_TOKEN);

function input(request: WriteRequest): number {
  const said = openingMessages(request).map(({ content }) => content);
  return tokens([...said, JSON.stringify(jsonSchema(request))].join('\n'));
}

/** An answer of the usual size: a brief of two sentences, five claims, posts of 600 characters or what fits. */
function output({ article, targets: wanted }: WriteRequest): number {
  const all = article.text.match(/[^.!?]+[.!?]*/gu)?.map((one) => one.trim().slice(0, 240)) ?? [];
  const posts = wanted.map(({ id, limit, hashtags }) => ({
    target: id,
    headline: article.title,
    body: article.text.slice(0, Math.min(600, limit * 0.8 - article.title.length)),
    hashtags: Array.from({ length: Math.min(hashtags, 3) }, () => 'hashtag'),
  }));
  const claims = all.slice(0, 5).map((sentence) => ({ claim: sentence, support: sentence }));
  const brief = { claims, headline: article.title, summary: all.slice(0, 2).join(' '), altText: article.title };
  return tokens(JSON.stringify({ ...brief, posts }));
}

function spent(requests: WriteRequest[]): { input: number; output: number } {
  return {
    input: requests.reduce((sum, request) => sum + input(request), 0),
    output: requests.reduce((sum, request) => sum + output(request), 0),
  };
}

const print = (line: string) => process.stdout.write(`${line}\n`);
const round = (value: number) => Math.round(value).toLocaleString('en');
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

print('| article | number | calls | input | output | a call for each channel: calls | input | output | share |');
print('|---|---|---|---|---|---|---|---|---|');
const shares: number[] = [];
const bare: number[] = [];
let above = 0;
for (const { name, below } of LENGTHS) {
  const some = articles.filter((article) => article.text.length >= above && article.text.length < below);
  above = below;
  if (some.length === 0) continue;
  const rows = some.map((article) => {
    const requests = LANGUAGES.map((language): WriteRequest => ({ article, brand, language, targets }));
    const alone = requests.flatMap((request) => targets.map((target) => ({ ...request, targets: [target] })));
    const [one, each] = [spent(requests), spent(alone)];
    const briefs = spent(alone.map((request) => ({ ...request, targets: [] }))).output;
    const all = one.input + one.output;
    return { one, each, share: all / (each.input + each.output), bare: all / (each.input + each.output - briefs) };
  });
  shares.push(...rows.map((row) => row.share));
  bare.push(...rows.map((row) => row.bare));
  const of = (pick: (row: (typeof rows)[number]) => number) => round(mean(rows.map(pick)));
  print(
    `| ${name} | ${some.length} | ${LANGUAGES.length} | ${of((row) => row.one.input)} | ${of((row) => row.one.output)} | ${LANGUAGES.length * targets.length} | ${of((row) => row.each.input)} | ${of((row) => row.each.output)} | ${(100 * mean(rows.map((row) => row.share))).toFixed(1)} % |`,
  );
}
print(
  `\nMean over ${shares.length} articles: ${(100 * mean(shares)).toFixed(1)} %, at most ${(100 * Math.max(...shares)).toFixed(1)} %.`,
);
print(`Against calls for one channel that answer with posts alone: ${(100 * mean(bare)).toFixed(1)} %.`);
process.exitCode = mean(shares) <= 0.45 ? 0 : 1;
