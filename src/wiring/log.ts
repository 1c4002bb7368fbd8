import { pino } from 'pino';
import type { Log } from '../lib/log.ts';
import type { Secret } from '../lib/secret.ts';

/** JSON lines on standard error; every secret's value is cut out of them, whatever field it got into. */
export function createLog(wanted: string | null, secrets: readonly Secret[]): Log {
  const level = wanted ?? (process.stderr.isTTY ? 'warn' : 'info');
  const found = new Set(secrets.flatMap((secret) => spellings(secret.reveal())));
  // The longest first: a password alone stands in its address too.
  const values = [...found].filter((value) => value.length >= 6).sort((left, right) => right.length - left.length);
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

/** How a secret may stand in a line: as it is, as JSON and as an address write it; of an address the password alone too. */
function spellings(secret: string): string[] {
  const password = URL.canParse(secret) ? new URL(secret).password : '';
  return [secret, password, decoded(password)].flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
  ]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
