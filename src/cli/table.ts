import { plainLine, truncate } from '../lib/text.ts';
import { displayWidth } from './width.ts';

/** One column of a table. Cells are folded to one line. */
export interface Column<Row> {
  title: string;
  value(row: Row): string | number;
  align?: 'right';
  /** The most columns of the terminal that it takes; longer cells end in an ellipsis. */
  max?: number;
}

const GAP = '  ';
/** Below this a column is not squeezed: nothing could be read in it. */
const NARROWEST = 10;

/** The rows below their headers, aligned by display width; squeezed into `available` columns where it is known. */
export function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], available: number | null): string[] {
  const cells = [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => plainLine(String(column.value(row))))),
  ];
  const widths = columns.map((column, index) =>
    Math.min(column.max ?? Number.POSITIVE_INFINITY, Math.max(...cells.map((line) => displayWidth(line[index] ?? '')))),
  );
  squeeze(widths, available);
  return cells.map((line) =>
    line
      .map((cell, index) => cut(cell, widths[index] ?? 0, columns[index]?.align === 'right'))
      .join(GAP)
      .trimEnd(),
  );
}

function squeeze(widths: number[], available: number | null): void {
  if (available === null) return;
  let excess = widths.reduce((sum, width) => sum + width, 0) + GAP.length * (widths.length - 1) - available;
  while (excess > 0) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= NARROWEST) return;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
}

function cut(cell: string, width: number, right: boolean): string {
  const shown = truncate(cell, width, displayWidth);
  const padding = ' '.repeat(Math.max(0, width - displayWidth(shown)));
  return right ? padding + shown : shown + padding;
}
