import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Secret } from '../../src/lib/secret.ts';
import { installationSecret } from '../../src/wiring/secret.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crier-secret-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('the first start makes a key that only its owner can read, and every later one has the same', async () => {
  const data = join(folder, 'not', 'there', 'yet');
  const first = await installationSecret(null, data);
  expect(first.reveal()).toMatch(/^[0-9a-f]{64}$/u);
  expect((await stat(join(data, 'secret'))).mode & 0o777).toBe(0o600);
  expect((await installationSecret(null, data)).reveal()).toBe(first.reveal());
  expect(await readdir(data)).toEqual(['secret']);
});

test('first starts at the same instant agree on one key', async () => {
  const made = await Promise.all(Array.from({ length: 20 }, () => installationSecret(null, folder)));
  expect(new Set(made.map((secret) => secret.reveal())).size).toBe(1);
});

test('what a killed first start left is no key', async () => {
  await writeFile(join(folder, 'secret.4711'), 'half a ke');
  expect((await installationSecret(null, folder)).reveal()).toHaveLength(64);
});

test('a configured key needs no folder', async () => {
  const configured = new Secret('configured');
  expect(await installationSecret(configured, join(folder, 'nowhere'))).toBe(configured);
  expect(await readdir(folder)).toEqual([]);
});

test('a key that was cut off or can not be read is told with what to do, never replaced', async () => {
  await writeFile(join(folder, 'secret'), 'short\n');
  await expect(installationSecret(null, folder)).rejects.toMatchObject({ cure: expect.stringContaining('old file') });
  await rm(join(folder, 'secret'));
  await mkdir(join(folder, 'secret'));
  await expect(installationSecret(null, folder)).rejects.toMatchObject({ cure: expect.stringContaining('DATA_DIR') });
});
