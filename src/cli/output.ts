import { collected } from './pages.ts';
import { type Column, table } from './table.ts';

/** How a command answers: records for programs (`--json`), words for people. */
export interface Output {
  readonly json: boolean;
  /** With --json: one object on a line of its own. Otherwise nothing. */
  record(value: object): void;
  /** Without --json: the text, control characters removed. Otherwise nothing. */
  say(text: string): void;
  /** Many things: a record each, or one table, or the sentence that says what to do when there are none. */
  list<Item>(items: Iterable<Item> | AsyncIterable<Item>, form: ListForm<NoInfer<Item>>): Promise<void>;
}

export interface ListForm<Item> {
  record(item: Item): object;
  columns: readonly Column<Item>[];
  empty: string;
}

/** Writes through `print`; tables fit into `columns` where it is known. */
export function createOutput(print: (line: string) => void, json: boolean, columns: number | null): Output {
  const record = (value: object) => {
    if (json) print(jsonLine(value));
  };
  const say = (text: string) => {
    if (!json) print(printable(text));
  };
  return {
    json,
    record,
    say,
    async list(items, form) {
      if (json) {
        for await (const item of items) record(form.record(item));
        return;
      }
      const rows = await collected(items);
      if (rows.length === 0) return say(form.empty);
      for (const line of table(form.columns, rows, columns)) say(line);
    },
  };
}

/** One line of JSON, also for readers that take U+0085, U+2028 and U+2029 for the end of a line. */
export function jsonLine(value: object): string {
  return JSON.stringify(value).replace(
    /[\u0085\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The text without what would move a terminal's cursor or change its colours; line breaks stay. */
export function printable(text: string): string {
  return text
    .replace(/\r\n?/gu, '\n')
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/gu, (character) =>
      character === '\t' ? '  ' : '',
    );
}
