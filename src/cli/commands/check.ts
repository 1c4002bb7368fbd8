import type { Command } from 'commander';
import { UsageError } from '../../lib/errors.ts';
import type { Writers } from '../../ports/writer.ts';
import { addCommand } from '../command.ts';
import { LONGEST_LINE, readLines } from '../input.ts';
import type { CommonOptions, Session } from '../session.ts';
import { sayUnfounded } from '../unfounded.ts';

type CheckedArticle = Parameters<Writers['ground']>[0];

/** `check [file]`: what texts claim beyond their articles. */
export function addCheckCommand(program: Command, session: Session): void {
  addCommand(
    program,
    'check [file]',
    'Say what texts claim beyond their articles',
    `echo '{"article": "It rained.", "text": "It rained 3 days."}' | crier check --json`,
  )
    .addHelpText(
      'after',
      [
        '',
        'Reads {"article": …, "text": …} a line, from the file or standard input. "article" is the text, or an object with',
        '"text" and perhaps "title", "url", "author", "siteName", "publishedAt", "language". Numbers, money, dates, names, quotations,',
        'addresses, mentions and phone numbers are looked for in the article, in any of the six languages; what it does not',
        'have is marked ⟦so⟧. A line that can\'t be read is answered with "error", and the rest is still checked. It ends with',
        '0 also where a text claims too much, and with 2 where a line could not be read.',
      ].join('\n'),
    )
    .action((file: string | undefined, options: CommonOptions) =>
      session.outside(options, async ({ ports, output, edges }) => {
        let unreadable: UsageError | null = null;
        for await (const { line, number } of readLines(edges, file ?? '-')) {
          const pair = readPair(line, number);
          if (pair instanceof UsageError) {
            unreadable ??= pair;
            output.record({ ok: false, failures: [], error: pair.message });
            output.say(`? ${pair.message}`);
            continue;
          }
          const { article, text } = pair;
          const own = [article.url, article.canonicalUrl].filter((url) => url !== '');
          const { ok, failures } = ports.writers.ground(article, text, own);
          output.record({ ok, failures });
          output.say(
            `${ok ? '✓' : '✗'} line ${number}: ${ok ? 'all of it is in the article' : `${failures.length} not in the article`}`,
          );
          if (!ok) sayUnfounded(output, text, { ok, failures });
        }
        if (unreadable !== null) throw unreadable;
      }),
    );
}

function readPair(line: string, number: number): ReturnType<typeof parsePair> | UsageError {
  try {
    return parsePair(line, number);
  } catch (error) {
    if (error instanceof UsageError) return error;
    throw error;
  }
}

function parsePair(line: string, number: number): { article: CheckedArticle; text: string } {
  const pair = parsed(line, number);
  const article = isObject(pair) && (typeof pair.article === 'string' ? { text: pair.article } : pair.article);
  if (!isObject(pair) || typeof pair.text !== 'string' || !isObject(article) || typeof article.text !== 'string') {
    throw new UsageError(`Line ${number} is not {"article": …, "text": …}.`, {
      cure: 'Both are texts; "article" may be an object with a "text".',
    });
  }
  const field = (name: string): string | null => (typeof article[name] === 'string' ? article[name] : null);
  const url = field('url') ?? '';
  const said = field('publishedAt');
  const published = said === null ? null : new Date(said);
  return {
    text: pair.text,
    article: {
      title: field('title') ?? '',
      text: article.text,
      url,
      canonicalUrl: field('canonicalUrl') ?? url,
      author: field('author'),
      siteName: field('siteName'),
      publishedAt: published !== null && !Number.isNaN(published.getTime()) ? published : null,
    },
  };
}

function parsed(line: string, number: number): unknown {
  if (line.length >= LONGEST_LINE) {
    throw new UsageError(`Line ${number} is longer than ${LONGEST_LINE / 1_000_000} million characters.`, {
      cure: 'Give the article and the text only.',
    });
  }
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new UsageError(`Line ${number} is not JSON.`, {
      cure: 'Give one object a line: {"article": "…", "text": "…"}',
      cause,
    });
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
