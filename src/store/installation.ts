import { AppError } from '../lib/errors.ts';
import type { PrismaClient } from './generated/client.ts';

/**
 * Holds the database to one secret: the first that comes stays, every other is refused with AppError. Two machines that
 * each made a secret of their own would seal contacts which the other can't read, and know no person again.
 */
export async function holdToSecret(db: Pick<PrismaClient, 'installation'>, keyMark: string): Promise<void> {
  const held = async () => (await db.installation.findFirst())?.keyMark;
  let mark = await held();
  if (mark === undefined) {
    await db.installation.createMany({ data: [{ keyMark }], skipDuplicates: true });
    mark = await held();
  }
  if (mark !== keyMark) throw otherSecret('This database');
}

/** What a database or a backup is refused with that was sealed with another secret. */
export function otherSecret(what: string): AppError {
  return new AppError(`${what} belongs to another secret: contacts in it could not be read with this one.`, {
    cure: 'Set CRIER_SECRET to the secret it was made with (the file named secret in the DATA_DIR of the first machine).',
  });
}
