import { UsageError } from '../lib/errors.ts';
import type { CliEdges } from './edges.ts';
import { collected } from './pages.ts';

type InputEdges = Pick<CliEdges, 'readFile' | 'streamFile' | 'readStdin' | 'isTTY'>;

/** A file's text, or all of standard input for `-`. UsageError when it can't be read. */
export async function readInput(edges: InputEdges, path: string): Promise<string> {
  if (path === '-') return (await collected(piped(edges))).join('');
  try {
    return await edges.readFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A longer line is cut here: what is read is never held as a whole. */
export const LONGEST_LINE = 4_000_000;

/** The lines that aren't empty, each with its number, as they come; of one longer than LONGEST_LINE the beginning. */
export async function* readLines(edges: InputEdges, path: string): AsyncGenerator<{ line: string; number: number }> {
  let parts: string[] = [];
  let length = 0;
  let number = 0;
  const keep = (part: string) => {
    const room = LONGEST_LINE - length;
    if (part === '' || room <= 0) return;
    parts.push(part.slice(0, room));
    length += Math.min(part.length, room);
  };
  const taken = () => {
    const line = parts.join('');
    [parts, length, number] = [[], 0, number + 1];
    return { line, number };
  };
  for await (const piece of path === '-' ? piped(edges) : fromFile(edges, path)) {
    const [first = '', ...rest] = piece.split('\n');
    keep(first);
    for (const part of rest) {
      const one = taken();
      if (one.line.trim() !== '') yield one;
      keep(part);
    }
  }
  const last = taken();
  if (last.line.trim() !== '') yield last;
}

async function* fromFile(edges: InputEdges, path: string): AsyncGenerator<string> {
  try {
    yield* edges.streamFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): UsageError {
  return new UsageError(`The file ${path} can't be read.`, { cure: 'Check its name and its rights.', cause });
}

function piped(edges: InputEdges): AsyncIterable<string> {
  if (edges.isTTY)
    throw new UsageError('Nothing comes on standard input.', { cure: 'Name a file, or pipe something in.' });
  return edges.readStdin();
}
