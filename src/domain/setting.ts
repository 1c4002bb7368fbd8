import { UsageError } from '../lib/errors.ts';

/** One part of something that people set, as the command line, forms and the chat take it. */
export interface Setting<T> {
  key: string;
  /** Stands for the value in the help. */
  value: string;
  meaning: string;
  /** As it is typed; empty = not set. */
  read(thing: T): string;
  /** The thing with it; throws UsageError. An empty value clears it. */
  change(thing: T, value: string): T;
}

/** The thing with those values, by key, and what is wrong with each that can't be; parts that aren't named stay. */
export function changedBy<T>(
  settings: readonly Setting<T>[],
  thing: T,
  values: Readonly<Record<string, string | undefined>>,
): { next: T; faults: Map<string, string> } {
  let next = thing;
  const faults = new Map<string, string>();
  for (const { key, change } of settings) {
    const value = values[key];
    if (value === undefined) continue;
    try {
      next = change(next, value);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.set(key, error.message);
    }
  }
  return { next, faults };
}

/** The parts that are set, `require solar, wind*`. */
export function settingLines<T>(settings: readonly Setting<T>[], thing: T): string[] {
  return settings.filter(({ read }) => read(thing) !== '').map(({ key, read }) => `${key} ${read(thing)}`);
}
