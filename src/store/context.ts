import type { Jobs } from '../ports/queue.ts';
import type { Prisma } from './generated/client.ts';
import type { Vault } from './vault.ts';
import type { Worker } from './worker.ts';

/** What every noun's file works with. */
export interface Context {
  /** The client, or the transaction that is open. */
  db: Prisma.TransactionClient;
  worker: Worker;
  vault: Vault;
  jobs: Jobs;
  /** Runs `work` in one commit: in the transaction that is open already, or in one of its own. */
  atomically<T>(work: (context: Context) => Promise<T>): Promise<T>;
}

/** A domain value for a JSON column. */
export function json(value: object): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}
