import { expect, test } from 'vitest';
import { priceMicros } from '../../../src/platforms/x/price.ts';

test.each([
  ['A post without a link.', 15_000],
  ['The news: https://news.example/a', 200_000],
  ['A bare domain like foo.dev/x is a URL to X, too.', 200_000],
  ['http://127.0.0.1:3000/r/abc will be one once it is public', 200_000],
  ['Version 2.5 of #crier by @crier', 15_000],
  ['Vērtība pieauga par 2,5 %. Tā', 15_000],
])('%s costs %d millionths of a dollar', (text, micros) => {
  expect(priceMicros(text)).toBe(micros);
});
