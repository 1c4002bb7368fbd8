import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { isAlive, postmasterPid } from '../../src/store/embedded/process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the test database is, or will be once the first test asks for it. */
    databaseDir: string;
  }
}

/** Names the folder of the one database server that all test files share. The first that needs it starts it; here it ends. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'crier-test-'));
  await chmod(folder, 0o711); // started as root, the server runs as nobody and must pass through
  project.provide('databaseDir', folder);
  return async () => {
    const pid = await postmasterPid(join(folder, 'postgres'));
    if (pid !== null && isAlive(pid)) process.kill(pid, 'SIGQUIT');
    while (pid !== null && isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10));
    await rm(folder, { recursive: true, force: true });
  };
}
