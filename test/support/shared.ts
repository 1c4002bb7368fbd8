import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A path below the shared folder (corpora, specs) that lies beside the repository or where CRIER_SHARED says;
 * null when it is absent, and then the test that wants it is skipped.
 */
export function sharedPath(...parts: string[]): string | null {
  const root = process.env.CRIER_SHARED ?? join(import.meta.dirname, '..', '..', '..', 'shared');
  const path = join(root, ...parts);
  return existsSync(path) ? path : null;
}
