import type { Member, Role } from '../domain/member.ts';
import type { Members } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import type { Member as Row } from './generated/client.ts';
import { storable } from './storable.ts';

/** Members, their login links and sessions in PostgreSQL. */
export function createMembers({ db, atomically }: Context): Members {
  return {
    async list(brandId) {
      return (await db.member.findMany({ where: { brandId }, orderBy: { id: 'asc' } })).map(toMember);
    },
    async owner(brandId) {
      const first = { where: { brandId, role: 'owner' }, orderBy: { id: 'asc' } } as const;
      const found = await db.member.findFirst(first);
      if (found) return toMember(found);
      return atomically(async (context) => {
        const [brand] = await context.db.$queryRaw<{ language: string }[]>`
          SELECT language FROM brand WHERE id = ${brandId} FOR UPDATE`;
        const others = await context.db.member.findFirst(first);
        const language = brand?.language ?? 'en';
        const data = { brandId, name: 'Owner', role: 'owner', language };
        return toMember(others ?? (await context.db.member.create({ data })));
      });
    },
    async add(member) {
      return toMember(await db.member.create({ data: storable(member) }));
    },
    async addLogin(memberId, tokenHash, expiresAt) {
      await db.login.create({ data: { memberId, tokenHash, expiresAt } });
    },
    async takeLogin(tokenHash, now) {
      const [taken] = await db.login.updateManyAndReturn({
        where: { tokenHash: storable(tokenHash), usedAt: null, expiresAt: { gt: now } },
        data: { usedAt: now },
        include: { member: true },
      });
      return taken ? toMember(taken.member) : null;
    },
    async addSession(memberId, sessionHash, expiresAt) {
      await db.session.create({ data: { memberId, sessionHash, expiresAt } });
    },
    async bySession(sessionHash, now) {
      const session = await db.session.findUnique({
        where: { sessionHash: storable(sessionHash), expiresAt: { gt: now } },
        include: { member: true },
      });
      return session && toMember(session.member);
    },
    async endSession(sessionHash) {
      await db.session.deleteMany({ where: { sessionHash: storable(sessionHash) } });
    },
  };
}

function toMember({ id, brandId, name, role, language }: Row): Member {
  return { id, brandId, name, role: role as Role, language };
}
