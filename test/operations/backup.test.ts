import { copyFile, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { crier, newDataDir } from '../support/crier.ts';
import { removeFolder } from './support.ts';

let folder: string;
let other: string;
beforeAll(async () => {
  folder = await newDataDir();
  other = await newDataDir();
});
afterAll(async () => {
  await removeFolder(folder);
  await removeFolder(other);
});

test('a backup goes to another machine with its secret, and a half-written file never has the name', async () => {
  const env = { DATA_DIR: folder };
  expect(await crier(['brand', 'set', 'name=Bākas ziņas'], env)).toMatchObject({ code: 0, stderr: '' });
  const file = join(folder, 'night.backup');
  const made = await crier(['backup', file, '--json'], env);
  expect(made.json()).toEqual([{ path: file, rows: expect.any(Number), bytes: (await stat(file)).size }]);
  expect((await stat(file)).mode & 0o777).toBe(0o600);

  const stranger = await crier(['restore', file], { DATA_DIR: other });
  expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining('another secret') });
  await copyFile(join(folder, 'secret'), join(other, 'secret'));
  const restored = await crier(['restore', file, '--json'], { DATA_DIR: other });
  expect(restored.json()).toEqual([{ rows: made.json()[0]?.rows, madeAt: expect.any(String) }]);
  const [brand] = (await crier(['brand', 'show', '--json'], { DATA_DIR: other })).json();
  expect(brand).toMatchObject({ name: 'Bākas ziņas' });

  const again = await crier(['restore', file], { DATA_DIR: other });
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('in use') });
  const nowhere = await crier(['backup', join(folder, 'no/such/folder.backup')], env);
  expect(nowhere).toMatchObject({ code: 1, stderr: expect.stringContaining('could not be written') });
  const missing = await crier(['restore', join(folder, 'missing.backup')], { DATA_DIR: other });
  expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('could not be read') });
  const foreign = await crier(['restore', join(folder, 'secret')], { DATA_DIR: other });
  expect(foreign).toMatchObject({ code: 1, stderr: expect.stringContaining('could not be read') });
  expect((await readFile(file)).subarray(0, 2)).toEqual(Buffer.of(0x1f, 0x8b));
});
