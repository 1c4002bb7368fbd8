import { UsageError } from '../lib/errors.ts';
import type { CliEdges } from './edges.ts';
import { collected } from './pages.ts';

type InputEdges = Pick<CliEdges, 'readFile' | 'readStdin' | 'isTTY'>;

/** A file's text, or all of standard input for `-`. UsageError when it can't be read. */
export async function readInput(edges: InputEdges, path: string): Promise<string> {
  if (path === '-') return (await collected(piped(edges))).join('');
  try {
    return await edges.readFile(path);
  } catch (cause) {
    throw new UsageError(`The file ${path} can't be read.`, { cure: 'Check its name and its rights.', cause });
  }
}

/** The lines that aren't empty, each with its number, as they come. */
export async function* readLines(edges: InputEdges, path: string): AsyncGenerator<{ line: string; number: number }> {
  let rest = '';
  let number = 0;
  for await (const piece of path === '-' ? piped(edges) : [await readInput(edges, path)]) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      number += 1;
      if (line.trim() !== '') yield { line, number };
    }
  }
  if (rest.trim() !== '') yield { line: rest, number: number + 1 };
}

function piped(edges: InputEdges): AsyncIterable<string> {
  if (edges.isTTY)
    throw new UsageError('Nothing comes on standard input.', { cure: 'Name a file, or pipe something in.' });
  return edges.readStdin();
}
