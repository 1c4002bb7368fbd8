import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { AppError } from '../../lib/errors.ts';

const run = promisify(execFile);

/** A user of this machine that the server runs as. */
export interface Account {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root; then it runs as nobody. Null = as we are. */
export async function serverAccount(): Promise<Account | null> {
  if (process.getuid?.() !== 0) return null;
  try {
    const [uid, gid] = await Promise.all(['-u', '-g'].map((which) => run('id', [which, 'nobody'])));
    return { uid: Number(uid?.stdout), gid: Number(gid?.stdout) };
  } catch (cause) {
    throw new AppError('PostgreSQL does not run as root, and this machine has no user "nobody" to run it as.', {
      cure: 'Start Crier as an ordinary user, or set DATABASE_URL.',
      cause,
    });
  }
}

/** Whether the account passes `test FLAG path`: every folder on the way counts. */
export async function can(account: Account, flag: '-x' | '-w', path: string): Promise<boolean> {
  return run('/bin/sh', ['-c', `test ${flag} "$0"`, path], { ...account, cwd: '/' }).then(
    () => true,
    () => false,
  );
}
