import type { Leads } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { storable } from './storable.ts';

/** Conversations in PostgreSQL; a person is stored as a keyed hash only. */
export function createConversations({ db, vault }: Context): Pick<Leads, 'conversation' | 'saveConversation'> {
  const where = (platform: string, personId: string) => ({
    platform_person: { platform, person: vault.person(platform, personId) },
  });
  return {
    async conversation(platform, personId) {
      const row = await db.conversation.findUnique({ where: where(platform, personId) });
      return row && { brandId: row.brandId, state: row.state, code: row.code };
    },
    async saveConversation(platform, personId, conversation, now) {
      const key = where(platform, personId);
      if (conversation === null) {
        await db.conversation.deleteMany({ where: key.platform_person });
        return;
      }
      const { brandId, state, code } = storable(conversation);
      const data = { brandId, state, code, at: now };
      await db.conversation.upsert({ where: key, create: { ...key.platform_person, ...data }, update: data });
    },
  };
}
