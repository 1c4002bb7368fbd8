import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, readCorpusFile } from './corpus-server.ts';

/** The parts of a feed that the product uses. */
export type Field = 'feed title' | 'feed link' | 'title' | 'link' | 'id' | 'date' | 'author' | 'content';

/** What a corpus says must come out of one of its files. */
export interface Expectation {
  file: string;
  field: Field;
  /** Of the entry, from the first; null for the feed itself. */
  entry: number | null;
  /** Where the corpus says so. */
  path: string;
  /** Dates in ISO 8601. */
  value: string;
}

interface Assertion {
  path: (string | number)[];
  op: string;
  value: unknown;
}
interface Case {
  file: string;
  headers?: Record<string, string>;
  /** Null where the corpus only says in its own language what it wants. */
  asserts: Assertion[] | null;
}

const FEEDPARSER: [RegExp, Field][] = [
  [/^feed\.title(_detail\.value)?$/u, 'feed title'],
  [/^feed\.link$/u, 'feed link'],
  [/^entries\.\d+\.title(_detail\.value)?$/u, 'title'],
  [/^entries\.\d+\.link$/u, 'link'],
  [/^entries\.\d+\.(id|guid)$/u, 'id'],
  [/^entries\.\d+\.(published|updated)_parsed$/u, 'date'],
  [/^entries\.\d+\.(author|author_detail\.name)$/u, 'author'],
  [/^entries\.\d+\.(description|summary|summary_detail\.value|content\.0\.value)$/u, 'content'],
];

/** feedparser's: a list of assertions, with the headers that belong to them. */
export function feedparserExpectations(root: string): {
  expectations: Expectation[];
  headers: Map<string, Record<string, string>>;
} {
  const cases = JSON.parse(readFileSync(join(root, 'expectations.json'), 'utf8')) as Case[];
  const headers = new Map(cases.map(({ file, headers: sent = {} }) => [file, sent]));
  const expectations = cases.flatMap(({ file, asserts }) =>
    (asserts ?? []).flatMap(({ path, op, value }): Expectation[] => {
      const dotted = path.join('.');
      const field = FEEDPARSER.find(([pattern]) => pattern.test(dotted))?.[1];
      const text = field === 'date' ? isoOfStruct(value) : value;
      if (!field || op !== '==' || typeof text !== 'string') return [];
      return [{ file, field, entry: path[0] === 'feed' ? null : Number(path[1]), path: dotted, value: text }];
    }),
  );
  return { expectations, headers };
}

function isoOfStruct(value: unknown): string | null {
  if (!Array.isArray(value)) return null;
  const [year, month, day, hour, minute, second] = value as number[];
  return new Date(Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second)).toISOString();
}

type Data = Record<string, unknown>;

/** Those of corpora that lay the whole parsed feed as JSON beside each file, in the words of their own format. */
export function besideExpectations(root: string): Expectation[] {
  const names = filesBelow(root);
  return names.flatMap((name) => {
    const expected = expectedBeside(root, name);
    const whole = expected === null ? null : (JSON.parse(readCorpusFile(expected).toString('utf8')) as Data | null);
    if (!whole || typeof whole !== 'object') return [];
    const feed = (whole.feed ?? whole) as Data;
    const list = [feed.items, feed.entries].find(Array.isArray) ?? [];
    return [
      ...expectationsOf(name, null, { 'feed title': first(feed, TITLE), 'feed link': linkOf(feed) }),
      ...list.flatMap((item: Data | null, entry) =>
        item ? expectationsOf(name, entry, fieldsOf(item)) : ([] as Expectation[]),
      ),
    ];
  });
}

function expectedBeside(root: string, name: string): string | null {
  const bare = name.replace(/\.gz$/u, '').replace(/\.[a-z]+$/u, '');
  const own = join(root, name);
  const candidates = name.endsWith('.json')
    ? [`${bare}_expected.json`]
    : [`${bare}.json`, `${bare}.json.gz`, `${bare}.json`.replace(/^input/u, 'output')]
        .flatMap((path) => [path, `${path}.gz`])
        .filter(() => /\.(xml|rss|atom|rdf)(\.gz)?$/u.test(name));
  return candidates.map((path) => join(root, path)).find((path) => path !== own && existsSync(path)) ?? null;
}

function expectationsOf(
  file: string,
  entry: number | null,
  fields: Partial<Record<Field, string | null>>,
): Expectation[] {
  return Object.entries(fields).flatMap(([field, value]) =>
    value ? [{ file, field: field as Field, entry, path: `${entry ?? 'feed'}.${field}`, value }] : [],
  );
}

const TITLE = ['title.value', 'title', 'dc.titles.0'];
const ID = ['guid.value', 'guid', 'id', 'rdf.about'];
// biome-ignore format: a list
const DATE = [
  'publishedParsed', 'pubDateParsed', 'isoDate', 'published', 'pubDate', 'date_published', 'dc.dates.0', 'dc.date',
  'updatedParsed', 'updated', 'date_modified',
];
// biome-ignore format: a list
const CONTENT = [
  'content.encoded', 'content:encoded', 'content.value', 'content_html', 'content', 'content_text', 'description',
  'summary.value', 'summary',
];
const AUTHOR = ['author.name', 'author.email', 'author', 'creator', 'dcExt.creator.0', 'dc.creators.0', 'dc.creator'];

function fieldsOf(item: Data): Partial<Record<Field, string | null>> {
  const authors = Array.isArray(item.authors)
    ? item.authors.map((one) => (typeof one === 'string' ? one : first(one, ['name', 'email'])))
    : [];
  const date = first(item, DATE);
  return {
    title: first(item, TITLE),
    link: linkOf(item),
    id: first(item, ID),
    date: date && !Number.isNaN(Date.parse(date)) ? new Date(date).toISOString() : null,
    author: authors.filter(Boolean).join(', ') || first(item, AUTHOR),
    content: first(item, CONTENT),
  };
}

function linkOf(item: Data): string | null {
  const own = first(item, ['link', 'url', 'home_page_url']);
  if (own !== null || !Array.isArray(item.links)) return own;
  const links = item.links.filter((link) => typeof link === 'object') as { href?: string; rel?: string }[];
  return links.find(({ rel }) => rel === undefined || rel === 'alternate')?.href ?? null;
}

/** The first of the dotted paths that leads to words. */
function first(from: unknown, paths: string[]): string | null {
  for (const path of paths) {
    const steps = path in ((from as Data) ?? {}) ? [path] : path.split('.');
    const value = steps.reduce<unknown>((at, step) => (at as Data | null | undefined)?.[step], from);
    if (typeof value === 'string' && value.trim()) return value;
  }
  return null;
}
