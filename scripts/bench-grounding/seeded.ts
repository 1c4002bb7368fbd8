/** Choices that are the same at every run with the same `seed`. */
export interface Seeded {
  /** 0 ≤ n < `below`, whole. */
  below(below: number): number;
  pick<T>(list: readonly [T, ...T[]] | readonly T[]): T;
  shuffled<T>(list: readonly T[]): T[];
}

/** A linear congruential generator; good enough to choose sentences. */
export function seeded(seed: string): Seeded {
  let state = [...seed].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) >>> 0, 7);
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    below,
    pick: (list) => list[below(list.length)] as (typeof list)[number],
    shuffled: (list) =>
      list
        .map((one) => ({ one, key: next() }))
        .sort((left, right) => left.key - right.key)
        .map(({ one }) => one),
  };
}
