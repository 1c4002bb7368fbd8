import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { jsonLine, printable } from '../../src/cli/output.ts';
import { terminalStatus } from '../../src/cli/status.ts';
import { table } from '../../src/cli/table.ts';
import { displayWidth } from '../../src/cli/width.ts';

describe('the width of text on a terminal', () => {
  test.each([
    ['Riga', 4],
    ['Rīga šķērsiela', 14],
    ['R\u0069\u0304ga', 4],
    ['Россия', 6],
    ['日本語', 6],
    ['한국', 4],
    ['ｆｕｌｌ', 8],
    ['👍', 2],
    ['👩‍👩‍👧', 2],
    ['👋🏽', 2],
    ['🇱🇻', 2],
    ['1️⃣', 2],
    ['❤️', 2],
    ['a\u200bb', 2],
    ['مرحبا', 5],
    ['', 0],
  ])('%s takes %i columns', (text, width) => {
    expect(displayWidth(text)).toBe(width);
  });
});

describe('a table', () => {
  const columns = [
    { title: 'ID', value: (row: { id: number; name: string }) => row.id, align: 'right' as const },
    { title: 'NAME', value: (row: { id: number; name: string }) => row.name, max: 12 },
    { title: 'END', value: () => '|' },
  ];

  test('stays aligned with Latvian, Russian, Chinese and emoji in it', () => {
    const rows = [
      { id: 1, name: 'Rīgas ziņas' },
      { id: 22, name: 'Новости' },
      { id: 3, name: '日本語ニュース局' },
      { id: 4, name: '👩‍👩‍👧 ok' },
    ];
    expect(table(columns, rows, null)).toEqual([
      'ID  NAME          END',
      ' 1  Rīgas ziņas   |',
      '22  Новости       |',
      ' 3  日本語ニュ…   |',
      ' 4  👩‍👩‍👧 ok         |',
    ]);
  });

  test('has one line a row, whatever the cells hold', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (names) => {
        const lines = table(
          columns,
          names.map((name, id) => ({ id, name })),
          null,
        );
        expect(lines).toHaveLength(names.length + 1);
        const [head = ''] = lines;
        for (const line of lines.slice(1)) {
          expect(line).not.toMatch(/[\u0000-\u001f\u007f-\u009f]/u);
          expect(displayWidth(line)).toBe(displayWidth(head) - 'END'.length + 1);
        }
      }),
    );
  });

  test('is squeezed into a narrow terminal at its widest column', () => {
    const rows = [{ a: 'short', b: 'a long cell that does not fit beside the other one' }];
    const lines = table(
      [
        { title: 'A', value: (row) => row.a },
        { title: 'B', value: (row) => row.b },
      ],
      rows,
      30,
    );
    expect(lines[1]).toBe('short  a long cell that does…');
    expect(Math.max(...lines.map(displayWidth))).toBeLessThanOrEqual(30);
  });
});

describe('what is printed', () => {
  test('one object stays on one line for every reader of lines', () => {
    const line = jsonLine({ text: 'a\u2028b\u2029c\u0085d\ne' });
    expect(line).toBe('{"text":"a\\u2028b\\u2029c\\u0085d\\ne"}');
    expect(JSON.parse(line)).toEqual({ text: 'a\u2028b\u2029c\u0085d\ne' });
  });

  test('an article can not move the cursor, colour the screen or turn the line around', () => {
    expect(printable('a\u001b[2Jb\u0007\r\nc\td\u202ee\u009b1m')).toBe('a[2Jb\nc  de1m');
  });

  test('progress is shown on a terminal only', () => {
    const written: string[] = [];
    terminalStatus({ isTTY: false, write: (text) => written.push(text) })('Reading');
    expect(written).toEqual([]);
    const status = terminalStatus({ isTTY: true, columns: 10, write: (text) => written.push(text) });
    status('Reading a feed');
    status('');
    expect(written).toEqual(['\r\u001b[KReading…', '\r\u001b[K']);
  });
});
