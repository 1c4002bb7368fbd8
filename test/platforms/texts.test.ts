import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { weightedLength } from '../../src/platforms/x/weight.ts';
import { parts } from '../contracts/platform.ts';
import { RULED } from '../contracts/platform-rules.ts';
import { sharedPath } from '../support/shared.ts';

const real = (url: string): string => url.replace('crier.example', 'crier.lv');

describe.each(RULED)('$name', ({ styles, form, faults }) => {
  test.each(styles)('takes whatever is composed with links $links, preview $preview, thread $thread', (style) => {
    const its = form(style);
    fc.assert(
      fc.property(parts, (made) => {
        const one = { ...made, link: made.link && { ...made.link, url: real(made.link.url) } };
        const text = its.compose(one);
        expect(faults(text, one, style, its)).toEqual([]);
        expect(its.check(text)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

const corpus = sharedPath('corpora', 'text', 'twitter-text', 'validate.yml');

test.skipIf(corpus === null)('X’s own expectations of weighted length are met, all of them', () => {
  const yaml = readFileSync(corpus as string, 'utf8');
  const section = yaml.slice(yaml.indexOf('  WeightedTweetsWithDiscountedEmojiCounterTest:'));
  const cases = [...section.matchAll(/^ {6}text: (".*")\n {6}expected:\n {8}weightedLength: (\d+)/gmu)];
  expect(cases.length).toBeGreaterThan(20);
  for (const [, text = '', length] of cases) {
    const json = text.replace(/\\U([\dA-Fa-f]{8})/gu, (_, hex: string) =>
      String.fromCodePoint(Number.parseInt(hex, 16)),
    );
    expect(weightedLength(JSON.parse(json)), text.slice(0, 80)).toBe(Number(length));
  }
});
