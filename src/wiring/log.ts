import { pino } from 'pino';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';

/** JSON lines on standard error; every secret's value is cut out of them, whatever field it got into. */
export function createLog(wanted: string | null, secrets: readonly Secret[]): Log {
  const level = wanted ?? (process.stderr.isTTY ? 'warn' : 'info');
  const values = secrets.map((secret) => secret.reveal()).filter((value) => value.length >= 6);
  return pino(
    {
      level,
      base: null,
      messageKey: 'message',
      timestamp: () => `,"at":"${new Date().toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: (line) => values.reduce((text, value) => text.replaceAll(value, '[secret]'), line) },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
