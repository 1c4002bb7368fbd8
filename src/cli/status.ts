import { truncate } from '../lib/text.ts';
import { displayWidth } from './width.ts';

/** Makes `status` of CliEdges for standard error: one line, replaced in place; silent where it isn't a terminal. */
export function terminalStatus(stream: {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}): (line: string) => void {
  if (!stream.isTTY) return () => {};
  return (line) => {
    stream.write(`\r\u001b[K${truncate(line, (stream.columns ?? 80) - 1, displayWidth)}`);
  };
}
