import { describe, expect, test } from 'vitest';
import { markSpans } from '../../src/domain/marking.ts';

describe('marking what an article does not say', () => {
  test.each([
    ['9 of 2019', ['9'], '[9] of 2019'],
    ['Anna Kalniņa and Anna', ['Anna', 'Anna Kalniņa'], '[Anna Kalniņa] and [Anna]'],
    ['It cost $5 (or so)', ['$5', '(or so)'], 'It cost [$5] [(or so)]'],
    ['nothing', [], 'nothing'],
    ['nothing', ['', 'U+200B'], 'nothing'],
  ])('%s', (text, spans, marked) => {
    expect(markSpans(text, spans, '[', ']')).toBe(marked);
  });
});
