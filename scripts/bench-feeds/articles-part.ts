import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFeeds } from '../../src/feeds/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { ExtractedArticle } from '../../src/ports/feeds.ts';
import { serveCorpus } from './corpus-server.ts';
import type { Part } from './part.ts';

const never = new AbortController().signal;

/** Text against the benchmark's ground truth: precision, recall and F1 of 4-word shingles, as its own evaluation counts. */
export async function textPart(root: string): Promise<Part & { f1: number; precision: number; recall: number }> {
  const truth = JSON.parse(readFileSync(join(root, 'ground-truth.json'), 'utf8')) as Record<
    string,
    { articleBody: string }
  >;
  const part: Part = { name: 'aeb', met: 0, of: 0, misses: [], left: 0 };
  const precisions: number[] = [];
  const recalls: number[] = [];
  await readAll(
    root,
    Object.keys(truth).map((id) => `html/${id}.html.gz`),
    (path, article) => {
      const expected = truth[path.slice('html/'.length, -'.html.gz'.length)]?.articleBody ?? '';
      const actual = article instanceof Error ? '' : article.text;
      const { both, extra, missing } = overlap(shingles(expected), shingles(actual));
      const exact = extra === 0 && missing === 0;
      // The benchmark leaves a page out of a mean when there is nothing to divide by.
      if (both + extra > 0) precisions.push(exact ? 1 : both / (both + extra));
      if (both + missing > 0) recalls.push(exact ? 1 : both / (both + missing));
      part.of += 1;
      const f1 = (2 * both) / (2 * both + extra + missing);
      if (f1 >= 0.9) part.met += 1;
      else
        part.misses.push({
          file: path,
          path: 'articleBody',
          expected,
          actual,
          reason:
            article instanceof Error
              ? article.message
              : `F1 ${f1.toFixed(3)}: ${missing} shingles missing, ${extra} too many`,
        });
    },
  );
  const [precision, recall] = [mean(precisions), mean(recalls)];
  return { ...part, precision, recall, f1: (2 * precision * recall) / (precision + recall) };
}

/** Title, author and date against the metadata beside each page; exact but for white space and a leading "By". */
export async function metadataParts(root: string): Promise<Part[]> {
  const names = readdirSync(root).filter((name) => existsSync(join(root, name, 'expected-metadata.json')));
  const parts = FACTS.map(({ name }): Part => ({ name, met: 0, of: 0, misses: [], left: 0 }));
  await readAll(
    root,
    names.map((name) => `${name}/source.html.gz`),
    (path, article) => {
      const metadata = JSON.parse(
        readFileSync(join(root, path.replace('source.html.gz', 'expected-metadata.json')), 'utf8'),
      ) as Record<string, string | null>;
      for (const [index, { key, expected, actual }] of FACTS.entries()) {
        const part = parts[index];
        const wanted = metadata[key] ? expected(metadata[key]) : '';
        if (!part || !wanted) continue;
        const found = article instanceof Error ? '' : actual(article);
        part.of += 1;
        if (found === wanted) part.met += 1;
        else
          part.misses.push({
            file: path,
            path: key,
            expected: wanted,
            actual: found,
            reason:
              article instanceof Error ? article.message : found ? 'something else was found' : 'nothing was found',
          });
      }
    },
  );
  return parts;
}

const line = (text: string) => text.replace(/\s+/gu, ' ').trim();
const day = (text: string) => (Number.isNaN(Date.parse(text)) ? text : new Date(zoned(text)).toISOString());
/** Without a zone, UTC. */
const zoned = (text: string) => (/T|\s/u.test(text) && !/(?:z|[+-]\d\d:?\d\d)$/iu.test(text) ? `${text}Z` : text);
const FACTS = [
  { name: 'title', key: 'title', expected: line, actual: (article: ExtractedArticle) => article.title },
  {
    name: 'author',
    key: 'byline',
    expected: (text: string) => line(text).replace(/^by\s+/iu, ''),
    actual: (article: ExtractedArticle) => article.author ?? '',
  },
  {
    name: 'date',
    key: 'publishedTime',
    expected: day,
    actual: (article: ExtractedArticle) => article.publishedAt?.toISOString() ?? '',
  },
];

async function readAll(
  root: string,
  paths: string[],
  take: (path: string, article: ExtractedArticle | Error) => void,
): Promise<void> {
  const server = await serveCorpus(root);
  const feeds = createFeeds({ log: silentLog, userAgent: 'CrierBench/1', allowPrivate: [server.host] });
  try {
    for (const path of paths)
      take(path, await feeds.read(server.url(path), null, never).catch((problem: Error) => problem));
  } finally {
    await feeds.close();
    server.close();
  }
}

function shingles(text: string): Map<string, number> {
  // Python's \w: letters, digits, underscore; marks are not in it.
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const counts = new Map<string, number>();
  for (let at = 0; at < Math.max(1, words.length - 3); at++) {
    const shingle = words.slice(at, at + 4).join(' ');
    if (shingle) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  }
  return counts;
}

function overlap(expected: Map<string, number>, actual: Map<string, number>) {
  let [both, extra, missing] = [0, 0, 0];
  for (const shingle of new Set([...expected.keys(), ...actual.keys()])) {
    const [wanted, found] = [expected.get(shingle) ?? 0, actual.get(shingle) ?? 0];
    both += Math.min(wanted, found);
    extra += Math.max(0, found - wanted);
    missing += Math.max(0, wanted - found);
  }
  return { both, extra, missing };
}

const mean = (numbers: number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
