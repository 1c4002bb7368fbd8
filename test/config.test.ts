import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { loadConfig, SECRETS, variables } from '../src/config.ts';
import { ConfigError } from '../src/lib/errors.ts';

const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
const exampleEntries = Object.fromEntries(
  example
    .split('\n')
    .filter((line) => /^[A-Z]/u.test(line))
    .map((line) => line.split(/=(.*)/su).slice(0, 2) as [string, string]),
);

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

test('.env.example names exactly what the schema knows', () => {
  expect(Object.keys(exampleEntries).sort()).toEqual(Object.keys(variables.shape).sort());
});

test('.env.example means the same as nothing at all', () => {
  expect(loadConfig(exampleEntries)).toEqual(loadConfig({}));
});

test('every fault is told at once, each with its name and its cure', () => {
  const faults = faultsOf({
    PORT: 'eighty',
    PUBLIC_URL: 'example.com',
    DATABASE_URL: 'mysql://x',
    CRIER_SECRET: 'short',
    LOG_LEVEL: 'loud',
    X_APP_KEY: 'k',
    X_API_BASE: 'https://api.x.com',
    FETCH_ALLOW_PRIVATE: 'localhost',
    DISCORD_API_BASE: 'http://127.0.0.1:1/api',
  });
  for (const name of [
    'PORT',
    'PUBLIC_URL',
    'DATABASE_URL',
    'CRIER_SECRET',
    'LOG_LEVEL',
    'X_API_BASE',
    'FETCH_ALLOW_PRIVATE',
    'DISCORD_BOT_TOKEN',
  ]) {
    expect(
      faults.filter((fault) => fault.includes(name)),
      name,
    ).toHaveLength(1);
  }
  expect(faults.find((fault) => fault.startsWith('X needs all four keys'))).toContain(
    'X_APP_SECRET, X_ACCESS_TOKEN, X_ACCESS_SECRET',
  );
});

test('a secret may come from a file, but not from both', () => {
  const readFile = (path: string) => (path === '/run/token' ? '123:abc\n' : '');
  expect(loadConfig({ TELEGRAM_BOT_TOKEN_FILE: '/run/token' }, readFile).telegram?.token.reveal()).toBe('123:abc');
  expect(() => loadConfig({ TELEGRAM_BOT_TOKEN_FILE: '/run/token', TELEGRAM_BOT_TOKEN: '1:a' }, readFile)).toThrow(
    'both set',
  );
  expect(faultsOf({ OPENAI_API_KEY_FILE: '/no/such/file' })[0]).toContain(
    "OPENAI_API_KEY_FILE: the file can't be read",
  );
});

test('printing the configuration shows no secret', () => {
  const canary = 'c4n4ry-'.repeat(8);
  const environment = Object.fromEntries(
    SECRETS.map((name) => [
      name,
      name === 'DATABASE_URL' ? `postgresql://${canary}` : name === 'TELEGRAM_BOT_TOKEN' ? `1:${canary}` : canary,
    ]),
  );
  const config = loadConfig(environment);
  expect(config.telegram?.token.reveal()).toContain(canary);
  expect(`${inspect(config, { depth: 9 })}${JSON.stringify(config)}${String(config.secret)}`).not.toContain('c4n4ry');
});
