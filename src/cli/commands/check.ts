import type { Command } from 'commander';
import { UsageError } from '../../lib/errors.ts';
import type { Writers } from '../../ports/writer.ts';
import { addCommand } from '../command.ts';
import { readLines } from '../input.ts';
import type { CommonOptions, Session } from '../session.ts';

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
      '\nReads {"article": …, "text": …} a line, from the file or standard input. "article" is the text, or an object with\n"text" and perhaps "title", "url", "author", "siteName". It ends with 0 also where a text claims too much.',
    )
    .action((file: string | undefined, options: CommonOptions) =>
      session.outside(options, async ({ ports, output, edges }) => {
        for await (const { line, number } of readLines(edges, file ?? '-')) {
          const { article, text } = parsePair(line, number);
          const { ok, failures } = ports.writers.ground(
            article,
            text,
            [article.url, article.canonicalUrl].filter((url) => url !== ''),
          );
          output.record({ ok, failures });
          output.say(
            `${ok ? '✓' : '✗'} line ${number}: ${ok ? 'all of it is in the article' : `${failures.length} not in the article`}`,
          );
          for (const { kind, span, reason } of failures) output.say(`    ${kind} "${span}": ${reason}`);
        }
      }),
    );
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
  return {
    text: pair.text,
    article: {
      title: field('title') ?? '',
      text: article.text,
      url,
      canonicalUrl: field('canonicalUrl') ?? url,
      author: field('author'),
      siteName: field('siteName'),
    },
  };
}

function parsed(line: string, number: number): unknown {
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
