import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml } from '../../../src/lib/text.ts';
import { parseHtml } from '../../../src/platforms/telegram/html.ts';
import { sharedPath } from '../../support/shared.ts';

interface Case {
  text: string;
  error?: string;
  result?: string;
  entities?: { type: string; offset: number; length: number; argument?: unknown }[];
}

const corpus = sharedPath('corpora', 'text', 'telegram', 'parse_html.json');

test.skipIf(corpus === null)(
  `the server's own cases are read as the server reads them${corpus ? '' : ' (skipped: no shared corpora)'}`,
  () => {
    const cases = JSON.parse(readFileSync(corpus as string, 'utf8')) as Case[];
    expect(cases.length).toBeGreaterThan(80);
    for (const one of cases) {
      const parsed = parseHtml(one.text);
      if (one.error !== undefined) {
        expect(parsed, one.text).toEqual({ ok: false, error: one.error });
        continue;
      }
      const entities = (one.entities ?? []).map(({ type, offset, length, argument }) => ({
        type: NAMES[type] ?? type.toLowerCase(),
        offset,
        length,
        ...(typeof argument === 'string' ? { argument } : {}),
        ...(type === 'CustomEmoji' ? { argument: String((argument as Record<string, number>).custom_emoji_id) } : {}),
      }));
      expect(parsed, one.text).toEqual({ ok: true, text: one.result, entities });
    }
  },
);

const NAMES: Record<string, string> = {
  TextUrl: 'link',
  BlockQuote: 'blockquote',
  ExpandableBlockQuote: 'expandable-blockquote',
  PreCode: 'pre-code',
  CustomEmoji: 'custom-emoji',
  FormattedDate: 'time',
};

test('escaped text comes back as it was, without formatting', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('<b>', '&lt;', '"', "'", '&'), (text, more) => {
      expect(parseHtml(escapeHtml(text + more))).toEqual({ ok: true, text: text + more, entities: [] });
    }),
  );
});

test('any text is read or refused in words', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>/ab ="\'&#;=x0-i\n') }), (text) => {
      const parsed = parseHtml(text);
      if (!parsed.ok) expect(parsed.error).not.toBe('');
      else for (const one of parsed.entities) expect(one.offset + one.length).toBeLessThanOrEqual(parsed.text.length);
    }),
    { numRuns: 1000 },
  );
});

test('an address that Telegram would not open makes no link', () => {
  expect(parseHtml('<a href="javascript:alert(1)">x</a>')).toEqual({ ok: true, text: 'x', entities: [] });
  expect(parseHtml('<a href="http://localhost/x">x</a>')).toEqual({ ok: true, text: 'x', entities: [] });
});
