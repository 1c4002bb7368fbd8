import { createHash, randomBytes } from 'node:crypto';
import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../../lib/errors.ts';
import { type Account, can, serverAccount } from './account.ts';
import { type Binaries, findBinaries, noBinaries } from './binaries.ts';
import { spawnProgram } from './child.ts';
import { chownTree, makeDurable } from './files.ts';
import { isAlive } from './process.ts';

/** A data folder of PostgreSQL, made and ready to be served. */
export interface Cluster {
  dir: string;
  /** Where its socket lives. */
  socketDir: string;
  /** Who the server runs as; null = as we do. */
  account: Account | null;
  binaries: Binaries;
}

/** In DATA_DIR, when the data could not be in DATA_DIR itself: one line, the folder where it is. */
const POINTER = 'postgres.location';
/** Where data goes whose DATA_DIR the server's account can't enter. */
const ELSEWHERE = '/var/lib/crier';
/** The longest path of a socket that Linux and macOS both take, less a reserve. */
const LONGEST_SOCKET = 100;

/** Finds the cluster of `dataDir`, or makes it. Safe in two processes at once and after a kill at any point. */
export async function openCluster(dataDir: string, progress: (line: string) => void): Promise<Cluster> {
  await mkdir(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  const pointer = join(dataDir, POINTER);
  const remembered = (await readFile(pointer, 'utf8').catch(() => '')).trim();
  const dir = remembered || join(dataDir, 'postgres');
  const owner = await stat(dir).catch(() => null);
  if (owner !== null) {
    const cluster = await existing(dir, owner, progress);
    await removeUnfinished(dir);
    return cluster;
  }
  if (remembered)
    throw new AppError(`The database of ${dataDir} should be in ${remembered}, and that folder is gone.`, {
      cure: `Bring ${remembered} back, or delete ${pointer} to begin with an empty database.`,
    });

  const account = await serverAccount();
  const binaries = await findBinaries(account, progress);
  if (account === null || (await can(account, '-x', dataDir))) {
    await make(dir, account, binaries, progress);
    return existing(dir, await stat(dir), progress);
  }
  const elsewhere = join(ELSEWHERE, randomBytes(6).toString('hex'));
  progress(`PostgreSQL does not run as root, and its account can't enter ${dataDir}: the data goes to ${elsewhere}`);
  await mkdir(ELSEWHERE, { recursive: true, mode: 0o755 });
  await make(elsewhere, account, binaries, progress);
  try {
    await writeFile(pointer, `${elsewhere}\n`, { flag: 'wx' });
  } catch {
    await rm(elsewhere, { recursive: true }); // another process was quicker
  }
  return openCluster(dataDir, progress);
}

async function existing(
  dir: string,
  owner: { uid: number; gid: number },
  progress: (line: string) => void,
): Promise<Cluster> {
  const us = process.getuid?.() ?? 0;
  if (us !== 0 && owner.uid !== us)
    throw new AppError(`The database in ${dir} belongs to another user (uid ${owner.uid}).`, {
      cure: `Start Crier as the user that made it (root, if that was root), or: chown -R ${us} ${dir}`,
    });
  let account: Account | null = us === 0 ? { uid: owner.uid, gid: owner.gid } : null;
  if (account?.uid === 0) {
    account = (await serverAccount()) as Account;
    await chownTree(dir, account); // copied by root, e.g. from a backup
  }
  if (account !== null && !(await can(account, '-x', dir)))
    throw new AppError(`The account that runs the database (uid ${account.uid}) can't enter ${dir}.`, {
      cure: 'Give every folder on the way the right to be entered (chmod o+x), or choose another DATA_DIR.',
    });
  const binaries = await findBinaries(account, progress);
  const version = (await readFile(join(dir, 'PG_VERSION'), 'utf8').catch(() => 'no')).trim();
  if (version !== binaries.major)
    throw new AppError(
      `The data in ${dir} was made by PostgreSQL ${version}, and this Crier brings PostgreSQL ${binaries.major}.`,
      {
        cure:
          'With the Crier that made it: `crier backup FILE`; then with this one and an empty DATA_DIR: `crier restore FILE`. ' +
          `Or set DATABASE_URL to a PostgreSQL ${version} that serves the folder.`,
      },
    );
  return { dir, socketDir: await socketDir(dir, account), account, binaries };
}

/** initdb into a folder of another name, which gets its own only when everything is on disk. */
async function make(
  dir: string,
  account: Account | null,
  binaries: Binaries,
  progress: (line: string) => void,
): Promise<void> {
  await removeUnfinished(dir);
  progress('Making the database (first start only)…');
  const unfinished = `${dir}.new-${process.pid}-${randomBytes(3).toString('hex')}`;
  await mkdir(unfinished, { mode: 0o700 });
  if (account) await chownTree(unfinished, account);
  await initdb(binaries.initdb, unfinished, account);
  try {
    await rename(unfinished, dir);
    await makeDurable(dirname(dir));
    progress('The database is made.');
  } catch {
    await rm(unfinished, { recursive: true }); // another process was quicker
  }
}

async function initdb(program: string, dir: string, account: Account | null): Promise<void> {
  const child = spawnProgram(program, ['-D', dir, ...INITDB], account, ['ignore', 'ignore', 'pipe']);
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    // The file is there, so it is the loader that it names which isn't.
    child.once('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'ENOENT' ? noBinaries('this system has no glibc (Alpine?)') : cause),
    );
    child.once('close', resolve);
  });
  if (code !== 0) {
    await rm(dir, { recursive: true, force: true });
    throw new AppError(`The database could not be made: ${complaint.trim() || `initdb ended with ${code}`}`, {
      cure: 'Look at free space and rights of DATA_DIR, or set DATABASE_URL.',
    });
  }
}

/** The built-in collation needs nothing of the system: an index made here is right on every machine. */
const INITDB = [
  '--username=crier',
  '--auth=trust',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/** What a first start left that was killed. Its process is gone; one that still works is left alone. */
async function removeUnfinished(dir: string): Promise<void> {
  const prefix = `${basename(dir)}.new-`;
  for (const name of await readdir(dirname(dir))) {
    if (!name.startsWith(prefix) || isAlive(Number(name.slice(prefix.length).split('-')[0]))) continue;
    // Its initdb may outlive it for a moment and write on; then the next start removes the rest.
    await rm(join(dirname(dir), name), { recursive: true, force: true }).catch(() => {});
  }
}

/** The cluster's own folder (only its owner enters), or a short one in the temporary folder where the path is too long. */
async function socketDir(dir: string, account: Account | null): Promise<string> {
  const fits = (folder: string) => Buffer.byteLength(`${folder}/.s.PGSQL.5432`) <= LONGEST_SOCKET;
  if (fits(dir)) return dir;
  const name = `crier-${createHash('sha256').update(dir).digest('hex').slice(0, 16)}`;
  const short = fits(join(tmpdir(), name)) ? join(tmpdir(), name) : join('/tmp', name);
  await mkdir(short, { mode: 0o700 }).then(
    () => account && chownTree(short, account),
    (thrown: NodeJS.ErrnoException) => {
      if (thrown.code !== 'EEXIST') throw thrown;
    },
  );
  const found = await lstat(short);
  const owner = account?.uid ?? process.getuid?.();
  if (!found.isDirectory() || found.uid !== owner || (found.mode & 0o077) !== 0)
    throw new AppError(`${short} should be a folder that only the database's account can enter, and it isn't.`, {
      cure: `Find out who made it, then remove it; or choose a DATA_DIR with a shorter path than ${dir}.`,
    });
  return short;
}
