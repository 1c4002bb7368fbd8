import { randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, messageOf } from '../lib/errors.ts';
import { Secret } from '../lib/secret.ts';

/** The installation's key material: as configured, or from DATA_DIR/secret, made there at first use (mode 0600). */
export async function installationSecret(configured: Secret | null, dataDir: string): Promise<Secret> {
  if (configured !== null) return configured;
  const path = join(dataDir, 'secret');
  const value = ((await read(path)) ?? (await make(path, dataDir))).trim();
  if (value.length < 32)
    throw new AppError(`${path} does not hold a key.`, {
      cure: 'Put the old file back: without it the contacts of your leads can not be read.',
    });
  return new Secret(value);
}

async function read(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError(`${path} can't be read (${messageOf(error)}).`, {
      cure: 'Run this as the user that runs Crier, or give another folder with DATA_DIR.',
      cause: error,
    });
  }
}

/** Whole and on disk before it has its name: neither a kill nor a process that starts at the same instant sees half of it. */
async function make(path: string, dataDir: string): Promise<string> {
  const unfinished = `${path}.${process.pid}`;
  try {
    // As root, PostgreSQL's own account must pass through.
    await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const file = await open(unfinished, 'w', 0o600);
    try {
      await file.writeFile(`${randomBytes(32).toString('hex')}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await link(unfinished, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error; // another process was quicker; both use its key
    });
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new AppError(`The folder ${dataDir} can't be written (${messageOf(error)}).`, {
      cure: 'Give another one with DATA_DIR, or mend its rights.',
      cause: error,
    });
  } finally {
    await rm(unfinished, { force: true }).catch(() => {});
  }
}
