import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError, messageOf } from './lib/errors.ts';
import { Secret } from './lib/secret.ts';
import { isLoopback } from './lib/url.ts';

const secret = z
  .string()
  .min(1)
  .transform((value) => new Secret(value));
const webAddress = z
  .url({ protocol: /^https?$/u, error: 'must be an address that begins with http:// or https://' })
  .transform((url) => url.replace(/\/+$/u, ''));

const PORT_RULE = 'must be a whole number from 1 to 65535, e.g. 3000';

/** Every name Crier reads from the environment; .env.example is held equal to it by a test. */
export const variables = z.object({
  PORT: z.coerce
    .number({ error: PORT_RULE })
    .refine((port) => Number.isInteger(port) && port >= 1 && port <= 65535, PORT_RULE)
    .default(3000),
  HOST: z.string().min(1).default('127.0.0.1'),
  PUBLIC_URL: webAddress.optional(),
  DATA_DIR: z.string().min(1).default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//u, 'must begin with postgresql://')
    .refine(
      (value) => !/^postgres/u.test(value) || URL.canParse(value),
      'can not be read: write special characters of the password as %XX (# is %23, / is %2F, @ is %40)',
    )
    .transform((value) => new Secret(value))
    .optional(),
  CRIER_SECRET: z
    .string()
    .min(32, 'must be at least 32 characters; make one with: openssl rand -hex 32')
    .transform((value) => new Secret(value))
    .optional(),
  OPENAI_API_KEY: secret.optional(),
  OPENAI_BASE_URL: webAddress.optional(),
  OPENAI_MODEL: z.string().min(1).default('gpt-5-mini'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/u, 'must look like 123456789:AA… as BotFather gave it')
    .transform((value) => new Secret(value))
    .optional(),
  TELEGRAM_API_ROOT: webAddress.optional(),
  DISCORD_BOT_TOKEN: secret.optional(),
  DISCORD_API_BASE: webAddress.optional(),
  X_APP_KEY: secret.optional(),
  X_APP_SECRET: secret.optional(),
  X_ACCESS_TOKEN: secret.optional(),
  X_ACCESS_SECRET: secret.optional(),
  X_API_BASE: webAddress
    .refine(isLoopback, 'must be on this machine (127.0.0.1 or localhost): it is for tests')
    .optional(),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, fatal, silent',
    })
    .optional(),
  FETCH_ALLOW_PRIVATE: z
    .string()
    .transform((list) =>
      list
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
    )
    .refine(
      (list) => list.every((item) => /^[^\s:/]+:\d+$|^\[[\da-f:]+\]:\d+$/iu.test(item)),
      'must be a list like 127.0.0.1:8080,intranet.local:80',
    )
    .default([]),
});

/** Each of these may also be read from the file that NAME_FILE names. */
export const SECRETS = [
  'DATABASE_URL',
  'CRIER_SECRET',
  'OPENAI_API_KEY',
  'TELEGRAM_BOT_TOKEN',
  'DISCORD_BOT_TOKEN',
  'X_APP_KEY',
  'X_APP_SECRET',
  'X_ACCESS_TOKEN',
  'X_ACCESS_SECRET',
] as const;

const X_GROUP = ['X_APP_KEY', 'X_APP_SECRET', 'X_ACCESS_TOKEN', 'X_ACCESS_SECRET'] as const;

export interface Config {
  port: number;
  host: string;
  /** Null = not set: the address of the web server stands in. */
  publicUrl: string | null;
  /** Absolute. */
  dataDir: string;
  databaseUrl: Secret | null;
  secret: Secret | null;
  openai: { apiKey: Secret | null; baseUrl: string | null; model: string };
  telegram: { token: Secret; apiRoot: string | null } | null;
  discord: { token: Secret; apiBase: string | null } | null;
  x: { appKey: Secret; appSecret: Secret; accessToken: Secret; accessSecret: Secret; apiBase: string | null } | null;
  /** Null = not set: info, and on a terminal only warnings, so that a person can read what Crier prints. */
  logLevel: string | null;
  fetchAllowPrivate: string[];
}

/**
 * The environment as one frozen Config. An empty value counts as not set. Throws ConfigError with every fault at once.
 * `readFile` serves the _FILE twins.
 */
export function loadConfig(
  environment: Record<string, string | undefined>,
  readFile: (path: string) => string = (path) => readFileSync(path, 'utf8'),
): Config {
  const faults: string[] = [];
  const values: Record<string, string> = {};
  for (const name of Object.keys(variables.shape)) {
    const value = environment[name]?.trim();
    if (value) values[name] = value;
  }
  for (const name of SECRETS) {
    const path = environment[`${name}_FILE`]?.trim();
    if (!path) continue;
    if (values[name] !== undefined) faults.push(`${name} and ${name}_FILE are both set: keep one of them.`);
    try {
      values[name] = readFile(path).trim();
    } catch (error) {
      faults.push(`${name}_FILE: the file can't be read (${messageOf(error)}).`);
    }
  }
  const parsed = variables.safeParse(values);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) faults.push(`${issue.path.join('.')} ${issue.message}.`);
  }
  const missing = X_GROUP.filter((name) => values[name] === undefined);
  if (missing.length > 0 && missing.length < X_GROUP.length) {
    faults.push(`X needs all four keys or none: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing.`);
  }
  for (const [setting, needs] of [
    ['TELEGRAM_API_ROOT', 'TELEGRAM_BOT_TOKEN'],
    ['DISCORD_API_BASE', 'DISCORD_BOT_TOKEN'],
    ['X_API_BASE', 'X_APP_KEY'],
  ] as const) {
    if (values[setting] !== undefined && values[needs] === undefined)
      faults.push(`${setting} is set but ${needs} is not: set both or neither.`);
  }
  if (!parsed.success || faults.length > 0) throw new ConfigError(faults);
  const env = parsed.data;
  return Object.freeze({
    port: env.PORT,
    host: env.HOST,
    publicUrl: env.PUBLIC_URL ?? null,
    dataDir: resolve(env.DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    secret: env.CRIER_SECRET ?? null,
    openai: { apiKey: env.OPENAI_API_KEY ?? null, baseUrl: env.OPENAI_BASE_URL ?? null, model: env.OPENAI_MODEL },
    telegram: env.TELEGRAM_BOT_TOKEN ? { token: env.TELEGRAM_BOT_TOKEN, apiRoot: env.TELEGRAM_API_ROOT ?? null } : null,
    discord: env.DISCORD_BOT_TOKEN ? { token: env.DISCORD_BOT_TOKEN, apiBase: env.DISCORD_API_BASE ?? null } : null,
    x:
      env.X_APP_KEY && env.X_APP_SECRET && env.X_ACCESS_TOKEN && env.X_ACCESS_SECRET
        ? {
            appKey: env.X_APP_KEY,
            appSecret: env.X_APP_SECRET,
            accessToken: env.X_ACCESS_TOKEN,
            accessSecret: env.X_ACCESS_SECRET,
            apiBase: env.X_API_BASE ?? null,
          }
        : null,
    logLevel: env.LOG_LEVEL ?? null,
    fetchAllowPrivate: env.FETCH_ALLOW_PRIVATE,
  });
}
