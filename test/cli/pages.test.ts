import { describe, expect, test } from 'vitest';
import { collected, inOrder, pages } from '../../src/cli/pages.ts';

/** `count` rows with ids, newest first, as the store lists them. */
function listOf(count: number) {
  const asked: { limit: number; before?: number }[] = [];
  const read = async (page: { limit: number; before?: number }) => {
    asked.push(page);
    const ids = Array.from({ length: count }, (_, index) => count - index);
    return ids.filter((id) => page.before === undefined || id < page.before).slice(0, page.limit);
  };
  return { asked, read };
}

describe('reading a long list', () => {
  test('gives every row once, page after page', async () => {
    const { asked, read } = listOf(450);
    const ids = await collected(pages(read, (id) => id, Number.MAX_SAFE_INTEGER));
    expect(ids).toEqual(Array.from({ length: 450 }, (_, index) => 450 - index));
    expect(asked).toHaveLength(3);
  });

  test('asks for no more than is wanted', async () => {
    const { asked, read } = listOf(450);
    expect(await collected(pages(read, (id) => id, 205))).toHaveLength(205);
    expect(asked).toEqual([{ limit: 200 }, { limit: 5, before: 251 }]);
    expect(await collected(pages(listOf(0).read, (id) => id, 10))).toEqual([]);
  });
});

describe('doing several things at once', () => {
  test('throws the fault of the first that failed, in its turn', async () => {
    const seen: number[] = [];
    const work = async (item: number) => {
      if (item === 2) throw new Error('two');
      return item;
    };
    await expect(
      (async () => {
        for await (const result of inOrder([1, 2, 3, 4, 5], 3, work)) seen.push(result);
      })(),
    ).rejects.toThrow('two');
    expect(seen).toEqual([1]);
  });
});
