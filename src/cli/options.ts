import { changedBy, type Setting } from '../domain/setting.ts';
import { UsageError } from '../lib/errors.ts';

/**
 * The thing with what the options of a command name, by the settings' keys. The same object when they name nothing.
 * UsageError that names every fault at once.
 */
export function changedByOptions<T>(
  settings: readonly Setting<T>[],
  thing: T,
  options: Readonly<Record<string, unknown>>,
): T {
  const values = settings.map(({ key }) => {
    const value = options[key.replace(/-(.)/gu, (_, letter: string) => letter.toUpperCase())];
    return [key, typeof value === 'string' ? value : undefined] as const;
  });
  const { next, faults } = changedBy(settings, thing, Object.fromEntries(values));
  if (faults.size > 0) throw new UsageError([...faults.values()].join('\n'), { cure: 'Nothing was changed.' });
  return next;
}
