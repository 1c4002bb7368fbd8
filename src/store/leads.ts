import { channelRef } from '../domain/channel.ts';
import type { Contact, ContactKind, Lead, LeadMessage, LeadStage, ScoreReason, Touch } from '../domain/lead.ts';
import { UsageError } from '../lib/errors.ts';
import type { Leads, NewLead } from '../ports/store/index.ts';
import { type Context, json } from './context.ts';
import { createConversations } from './conversations.ts';
import type { Prisma } from './generated/client.ts';
import { storable } from './storable.ts';
import type { LeadVault } from './vault.ts';

const WHOLE = {
  include: {
    contacts: { orderBy: { id: 'asc' } },
    consents: { orderBy: { id: 'asc' }, include: { wording: true } },
    touches: { orderBy: { id: 'asc' }, include: { channel: true } },
    messages: { orderBy: { id: 'asc' } },
  },
} as const satisfies { include: Prisma.LeadInclude };
type WholeRow = Prisma.LeadGetPayload<typeof WHOLE>;

/** Leads in PostgreSQL. Name, contacts and messages are sealed with the lead's own key; an erased lead is gone for all but the counts. */
export function createLeads(context: Context): Leads {
  const { db, vault, atomically } = context;

  function toLead(row: WholeRow): Lead {
    const open = vault.open(row.id, row.dataKey as Uint8Array);
    return {
      id: row.id,
      brandId: row.brandId,
      name: row.name === null ? '' : open.unseal('lead.name', row.name),
      language: row.language,
      stage: row.stage as LeadStage,
      score: row.score,
      reasons: row.reasons as unknown as ScoreReason[],
      contacts: row.contacts.map((contact) => ({
        kind: contact.kind as ContactKind,
        value: open.unseal('lead_contact.value', contact.value),
      })),
      consents: row.consents.map(({ purpose, granted, wordingId, wording, how, at }) => ({
        purpose,
        granted,
        wordingId,
        wording: wording.text,
        how,
        at,
      })),
      touches: row.touches.map(({ postId, articleId, channelId, channel, kind, at }) => ({
        postId,
        articleId,
        channelId,
        channel: channel && channelRef(channel),
        kind: kind as Touch['kind'],
        at,
      })),
      messages: row.messages.map(({ sender, text, at }) => ({
        from: sender as LeadMessage['from'],
        text: open.unseal('lead_message.text', text),
        at,
      })),
      createdAt: row.createdAt,
    };
  }

  async function read(client: Context['db'], id: number): Promise<Lead | null> {
    const lead = await client.lead.findUnique({ where: { id, erasedAt: null } });
    if (!lead) return null;
    // One after the other: a transaction has one connection, and `include` would ask for all at once on it.
    const of = { where: { leadId: id } };
    return toLead({
      ...lead,
      contacts: await client.leadContact.findMany({ ...of, ...WHOLE.include.contacts }),
      consents: await client.consent.findMany({ ...of, ...WHOLE.include.consents }),
      touches: await client.touch.findMany({ ...of, ...WHOLE.include.touches }),
      messages: await client.leadMessage.findMany({ ...of, ...WHOLE.include.messages }),
    });
  }

  /** The sealer of a lead that is still there, which stays so until the transaction ends. */
  async function hold(client: Context['db'], id: number): Promise<{ brandId: number; open: LeadVault }> {
    const [row] = await client.$queryRaw<{ brandId: number; dataKey: Uint8Array }[]>`
      SELECT brand_id AS "brandId", data_key AS "dataKey" FROM lead WHERE id = ${id} AND data_key IS NOT NULL FOR UPDATE`;
    if (!row) throw new UsageError(`There is no lead ${id}, or it was erased.`);
    return { brandId: row.brandId, open: vault.open(id, row.dataKey) };
  }

  async function findPerson(client: Context['db'], brandId: number, contacts: readonly Contact[]) {
    const row = await client.leadContact.findFirst({
      where: {
        brandId,
        OR: contacts.map(({ kind, value }) => ({ kind: storable(kind), blind: vault.blind(brandId, kind, value) })),
      },
      orderBy: { leadId: 'asc' },
      select: { leadId: true },
    });
    return row?.leadId ?? null;
  }

  async function addContacts(client: Context['db'], id: number, contacts: readonly Contact[], at: Date): Promise<void> {
    const { brandId, open } = await hold(client, id);
    await client.leadContact.createMany({
      data: contacts.map(({ kind, value }) => ({
        leadId: id,
        brandId,
        kind: storable(kind),
        value: bytes(open.seal('lead_contact.value', value)),
        blind: vault.blind(brandId, kind, value),
        at,
      })),
      // Known already, or another lead's: a contact belongs to who gave it first.
      skipDuplicates: true,
    });
  }

  async function addConsent(client: Context['db'], leadId: number, consent: NewLead['consent']): Promise<void> {
    const { purpose, granted, wordingId, wording, how, at } = storable(consent);
    // An id names its purpose and language: `contact-en-1a2b…`.
    const language = wordingId.split('-').at(-2) ?? 'und';
    await client.consentWording.createMany({
      data: [{ id: wordingId, language, text: wording }],
      skipDuplicates: true,
    });
    await client.consent.create({ data: { leadId, purpose, granted, wordingId, how, at } });
  }

  async function addMessage(client: Context['db'], leadId: number, { from, text, at }: LeadMessage): Promise<void> {
    const { open } = await hold(client, leadId);
    await client.leadMessage.create({
      data: { leadId, sender: from, text: bytes(open.seal('lead_message.text', text)), at },
    });
  }

  return {
    ...createConversations(context),
    upsert({ brandId, name, language, contacts, consent, touch, message }) {
      return atomically(async ({ db: inside }) => {
        // The same person may come twice at the same moment; the lock is one per contact, taken in one order.
        for (const blind of contacts.map(({ kind, value }) => vault.blind(brandId, kind, value)).sort())
          await inside.$queryRaw`SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended(${blind}, 0))`;
        const { at } = touch;
        const known = contacts.length === 0 ? null : await findPerson(inside, brandId, contacts);
        const id = known ?? (await newLead(inside, { brandId, language: storable(language), createdAt: at }));
        const { open } = await hold(inside, id);
        if (name !== '')
          await inside.lead.updateMany({
            where: { id, name: null },
            data: { name: bytes(open.seal('lead.name', name)) },
          });
        await addContacts(inside, id, contacts, at);
        await addConsent(inside, id, consent);
        const { postId, articleId, channelId, kind } = touch;
        await inside.touch.create({ data: { leadId: id, postId, articleId, channelId, kind, at } });
        if (message !== null) await addMessage(inside, id, { from: 'lead', text: message, at });
        return { lead: (await read(inside, id)) as Lead, created: known === null };
      });
    },
    get: (id) => read(db, id),
    async byContact(brandId, contact) {
      const id = await findPerson(db, brandId, [contact]);
      return id === null ? null : read(db, id);
    },
    async list({ brandId, stage, limit, before }) {
      const rows = await db.lead.findMany({
        where: {
          brandId,
          erasedAt: null,
          ...(stage === undefined ? {} : { stage }),
          ...(before === undefined ? {} : { id: { lt: before } }),
        },
        orderBy: { id: 'desc' },
        take: limit,
        ...WHOLE,
      });
      return rows.map(toLead);
    },
    addConsent: (leadId, consent) => atomically(({ db: inside }) => addConsent(inside, leadId, consent)),
    addContact: (leadId, contact, now) => atomically(({ db: inside }) => addContacts(inside, leadId, [contact], now)),
    addMessage: (leadId, message) => atomically(({ db: inside }) => addMessage(inside, leadId, message)),
    async setScore(leadId, score, reasons) {
      await db.lead.updateMany({ where: { id: leadId }, data: { score, reasons: json(storable(reasons)) } });
    },
    erase(leadId, now) {
      return atomically(async ({ db: inside }) => {
        const [row] = await inside.$queryRaw<{ dataKey: Uint8Array }[]>`
          SELECT data_key AS "dataKey" FROM lead WHERE id = ${leadId} AND data_key IS NOT NULL FOR UPDATE`;
        if (!row) return false;
        const open = vault.open(leadId, row.dataKey);
        const contacts = await inside.leadContact.findMany({ where: { leadId } });
        // On a platform the contact is the person's id there, which is also who the conversation is with.
        await inside.conversation.deleteMany({
          where: {
            OR: contacts.map(({ kind, value }) => ({
              platform: kind,
              person: vault.person(kind, open.unseal('lead_contact.value', value)),
            })),
          },
        });
        await inside.leadContact.deleteMany({ where: { leadId } });
        await inside.leadMessage.deleteMany({ where: { leadId } });
        await inside.lead.update({
          where: { id: leadId },
          data: { dataKey: null, name: null, score: 0, reasons: [], erasedAt: now },
        });
        return true;
      });
    },
  };

  async function newLead(
    client: Context['db'],
    lead: { brandId: number; language: string; createdAt: Date },
  ): Promise<number> {
    // The key is bound to the id, so the id comes first.
    const [next] = await client.$queryRaw<{ id: number }[]>`
      SELECT nextval(pg_get_serial_sequence('lead', 'id'))::int AS id`;
    const id = next?.id as number;
    await client.lead.create({ data: { id, ...lead, reasons: [], dataKey: bytes(vault.newDataKey(id)) } });
    return id;
  }
}

/** A Buffer as Prisma's types want it. */
function bytes(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer);
}
