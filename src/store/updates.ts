import type { IncomingUpdate } from '../ports/chat.ts';
import type { Updates } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { storable } from './storable.ts';

/** What platforms sent, in PostgreSQL: sealed, because people write in it, and deleted once handled. */
export function createUpdates({ db, vault, atomically }: Context): Updates {
  return {
    add(platform, update, now) {
      return atomically(async (context) => {
        const content = new Uint8Array(vault.seal(`update:${platform}`, JSON.stringify(update)));
        const [row] = await context.db.update.createManyAndReturn({
          data: [{ platform, key: storable(update.key), content, receivedAt: now }],
          skipDuplicates: true,
          select: { id: true },
        });
        if (!row) return false;
        await context.jobs.send([{ verb: 'qualify', updateId: row.id }]);
        return true;
      });
    },
    async take(id) {
      const [row] = await db.$queryRaw<{ platform: string; content: Uint8Array }[]>`
        SELECT platform, content FROM "update" WHERE id = ${id} AND handled_at IS NULL AND content IS NOT NULL FOR UPDATE`;
      if (!row) return null;
      const update = JSON.parse(vault.unseal(`update:${row.platform}`, row.content)) as IncomingUpdate;
      return { platform: row.platform, update: { ...update, at: new Date(update.at) } };
    },
    async done(id, now) {
      await db.update.updateMany({ where: { id }, data: { content: null, handledAt: now } });
    },
    async waiting(limit) {
      const rows = await db.update.findMany({
        where: { handledAt: null },
        orderBy: { id: 'asc' },
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
  };
}
