import { describe, expect, test } from 'vitest';
import { useStore } from './bench.ts';
import { FEED } from './seed.ts';

const bench = useStore();

describe('source filter', () => {
  test('is set part by part, shown by source show, and cleared', async () => {
    await bench.crier('source', 'add', FEED);
    const set = await bench.crier(
      ...['source', 'filter', '1', '--require', 'saul*, stock market', '--exclude', 'casino', '--language', 'lv-LV,en'],
      ...['--max-age', '48h', '--min-length', '300', '--category', 'Vide', '--ignore-diacritics', 'yes', '--json'],
    );
    expect(set).toMatchObject({
      code: 0,
      records: [
        {
          id: 1,
          filter: {
            requireWords: ['saul*', 'stock market'],
            excludeWords: ['casino'],
            ignoreDiacritics: true,
            languages: ['lv', 'en'],
            maxAgeMs: 172_800_000,
            minLength: 300,
            requireCategories: ['Vide'],
            excludeCategories: [],
          },
        },
      ],
    });
    await bench.crier('brand', 'set', 'filter-exclude=poker');
    const { out } = await bench.crier('source', 'show', '1');
    expect(out).toContain('Filter     require saul*, stock market\n');
    expect(out).toContain('max-age 2d\n');
    expect(out).toContain('exclude poker (of the brand)');
    await bench.crier('source', 'filter', '1', '--exclude', '');
    expect((await bench.crier('source', 'filter', '1')).out).not.toContain('casino');
    const cleared = await bench.crier('source', 'filter', '1', '--clear', '--min-length', '10');
    expect(cleared.out).toContain('min-length 10');
    expect(cleared.out).not.toContain('saul');
  });

  test('names every fault at once and then changes nothing', async () => {
    await bench.crier('source', 'add', FEED);
    const { code, error } = await bench.crier(
      ...['source', 'filter', '1', '--require', '(a+)+$', '--language', 'latviski', '--max-age', 'soon'],
      ...['--min-length', '-1', '--ignore-diacritics', 'perhaps', '--exclude', 'casino'],
    );
    expect(code).toBe(2);
    for (const fault of ['"(a+)+$" is not words', '"latviski"', '"soon" is not a time', '"-1"', 'yes or no'])
      expect(error).toContain(fault);
    expect((await bench.crier('source', 'filter', '1')).out).toContain('every article is wanted');
  });

  test('of the brand is a setting of the brand', async () => {
    expect(await bench.crier('brand', 'set', 'filter-max-age=7d', 'filter-language=lv')).toMatchObject({ code: 0 });
    expect((await bench.crier('brand', 'show', '--json')).records[0]).toMatchObject({
      filter: { maxAgeMs: 604_800_000, languages: ['lv'] },
    });
    expect(await bench.crier('brand', 'set', 'filter-exclude=a|b')).toMatchObject({ code: 2 });
  });
});
