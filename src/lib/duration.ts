import { DAY, HOUR, MINUTE } from './clock.ts';
import { UsageError } from './errors.ts';

const UNITS: Record<string, number> = { m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY };

/** `90m`, `48h`, `7d`, `2w` → milliseconds; null when empty. Throws UsageError that names `key`. */
export function parseDuration(key: string, value: string): number | null {
  if (value.trim() === '') return null;
  const [, count, unit] = /^(\d{1,5})\s*([mhdw])$/u.exec(value.trim().toLowerCase()) ?? [];
  const ms = Number(count) * (UNITS[unit ?? ''] ?? Number.NaN);
  if (!(ms > 0)) throw new UsageError(`${key}: "${value}" is not a time like 90m, 48h, 7d or 2w.`);
  return ms;
}

/** Milliseconds as parseDuration reads them: `2d`, `36h`, `90m`. */
export function durationWords(ms: number): string {
  const [unit, size] = ms % DAY === 0 ? ['d', DAY] : ms % HOUR === 0 ? ['h', HOUR] : ['m', MINUTE];
  return `${ms / Number(size)}${unit}`;
}
