/** The worker thread that foreign documents are parsed in. One task at a time; its libraries come with the first task. */
import { parentPort } from 'node:worker_threads';
import { FetchError, messageOf } from '../lib/errors.ts';
import type { Outline } from '../ports/outlines.ts';
import type { LastDocument, ParsedFeed, RawDocument } from './parse-feed.ts';
import type { ParsedPage } from './parse-page.ts';

/** What can be asked. */
export type ParseTask = { kind: 'feed' | 'page' | 'list'; document: RawDocument; last?: LastDocument };
/** What it is taken apart into. */
export type ParseResult = ParsedFeed | ParsedPage | Outline[];
/** What comes back: `started` once the libraries are there, then one of the others. */
export type ParseReply =
  | { state: 'started' }
  | { state: 'done'; result: ParseResult }
  | { state: 'failed'; kind: FetchError['kind']; message: string; cure: string | undefined };

async function work(port: NonNullable<typeof parentPort>, { kind, document, last }: ParseTask): Promise<void> {
  const reply = (message: ParseReply) => port.postMessage(message);
  try {
    const parse = await parserOf(kind);
    reply({ state: 'started' });
    reply({ state: 'done', result: await parse(document, last) });
  } catch (thrown) {
    if (thrown instanceof FetchError)
      reply({ state: 'failed', kind: thrown.kind, message: thrown.message, cure: thrown.cure });
    else
      reply({
        state: 'failed',
        kind: 'unreadable',
        message: `The ${kind} can't be taken apart (${messageOf(thrown).slice(0, 200)}).`,
        cure: 'Tell the owner of the site.',
      });
  }
}

async function parserOf(
  kind: ParseTask['kind'],
): Promise<(document: RawDocument, last?: LastDocument) => ParseResult | Promise<ParseResult>> {
  switch (kind) {
    case 'feed':
      return (await import('./parse-feed.ts')).parseFeed;
    case 'page':
      return (await import('./parse-page.ts')).parsePage;
    case 'list':
      return (await import('./outlines.ts')).parseOutlines;
  }
}

const port = parentPort;
port?.on('message', (task: ParseTask) => void work(port, task));
