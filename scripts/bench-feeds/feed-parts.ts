import { join } from 'node:path';
import { createFeeds } from '../../src/feeds/index.ts';
import { silentLog } from '../../src/lib/log.ts';
import { actualOf, meets, words } from './compare.ts';
import { filesBelow, readCorpusFile, serveCorpus } from './corpus-server.ts';
import { besideExpectations, type Expectation, feedparserExpectations } from './expectations.ts';
import type { Part } from './part.ts';

/** Nothing here takes longer than the product's own limits. */
const never = new AbortController().signal;

/** Expectations met on one corpus of feeds. */
export async function expectationsPart(name: string, root: string): Promise<Part> {
  const feedparser = name === 'feedparser' ? feedparserExpectations(root) : null;
  const expectations = (feedparser?.expectations ?? besideExpectations(root)).filter(isUsed);
  const server = await serveCorpus(root, (path) => feedparser?.headers.get(path) ?? {});
  const feeds = createFeeds({ log: silentLog, userAgent: 'CrierBench/1', allowPrivate: [server.host] });
  const part: Part = { name, met: 0, of: 0, misses: [], left: 0 };
  try {
    for (const [file, wanted] of Map.groupBy(expectations, (expectation) => expectation.file)) {
      const raw = readCorpusFile(join(root, file)).toString('latin1');
      const answer = await feeds
        .poll({ url: server.url(file), etag: null, lastModified: null }, never)
        .catch((problem: Error) => problem);
      for (const expectation of wanted) {
        const here = { ...expectation, value: expectation.value.replace('127.0.0.1:8097', server.host) };
        const problem = answer instanceof Error ? answer.message : null;
        const actual = 'entries' in answer ? actualOf(here, answer) : undefined;
        if (actual === undefined && holdsNoArticle(raw)) {
          part.left += 1;
          continue;
        }
        part.of += 1;
        if (meets(here, actual)) part.met += 1;
        else
          part.misses.push({
            file,
            path: here.path,
            expected: here.value,
            actual: problem ?? actual ?? null,
            reason: problem ?? reasonOf(here, actual),
          });
      }
    }
  } finally {
    await feeds.close();
    server.close();
  }
  return part;
}

/** The product opens http(s) pages only, and keeps a title or text for its words: markup without any is none. */
function isUsed({ field, value }: Expectation): boolean {
  // The corpus's own reader mistook the charset.
  if (value.includes('\ufffd')) return false;
  const inWords = field === 'content' || field.endsWith('title');
  if (!(inWords ? words(value) : value).trim()) return false;
  return !(field.endsWith('link') && /^[a-z][a-z+.-]*:/iu.test(value) && !/^https?:/iu.test(value));
}

/** Whether no item has a title, link or text: such an item isn't an article, and the product leaves it out. */
function holdsNoArticle(raw: string): boolean {
  const item = /<(?:\w+:)?(?:item|entry)\b[\s\S]*/iu.exec(raw)?.[0] ?? '';
  return !/<(?:\w+:)?(?:title|link|description|summary|content|encoded|tagline|body|div|fullitem)\b/iu.test(
    item.replace(/<(?:\w+:)?source\b[\s\S]*?<\/(?:\w+:)?source>/giu, ''),
  );
}

function reasonOf({ field, value }: Expectation, actual: string | null | undefined): string {
  if (actual === undefined) return 'the entry was left out';
  if (actual === null || actual === '') return 'nothing was found';
  if (field === 'date') return 'another date was read';
  if (/<[a-z!/]/iu.test(value)) return 'the words of the markup differ';
  return 'something else was found';
}

/** Real feeds that come out with at least one entry. */
export async function smallwebPart(root: string): Promise<Part> {
  const server = await serveCorpus(root);
  const feeds = createFeeds({ log: silentLog, userAgent: 'CrierBench/1', allowPrivate: [server.host] });
  const part: Part = { name: 'smallweb200', met: 0, of: 0, misses: [], left: 0 };
  let items = 0;
  try {
    for (const file of filesBelow(root)) {
      part.of += 1;
      const answer = await feeds
        .poll({ url: server.url(file), etag: null, lastModified: null }, never)
        .catch((problem: Error) => problem);
      const found = 'entries' in answer ? answer.entries.length : 0;
      items += found;
      if (found > 0) part.met += 1;
      else {
        const reason = answer instanceof Error ? answer.message : 'no item';
        part.misses.push({ file, path: 'entries', expected: '≥ 1', actual: null, reason });
      }
    }
  } finally {
    await feeds.close();
    server.close();
  }
  return { ...part, note: `${items} items` };
}
