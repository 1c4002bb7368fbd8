import { type Lead, scoreOf } from '../../domain/lead.ts';
import type { Ports } from '../../ports/app.ts';
import type { NewLead } from '../../ports/store/index.ts';

/** Adds or completes a lead and brings its score in line, in one transaction. */
export async function storeLead(
  ports: Pick<Ports, 'store' | 'log'>,
  wish: NewLead,
): Promise<{ lead: Lead; created: boolean }> {
  const stored = await ports.store.transaction(async (tables) => {
    const { lead, created } = await tables.leads.upsert(wish);
    const reasons = scoreOf(lead);
    const score = reasons.reduce((sum, reason) => sum + reason.points, 0);
    await tables.leads.setScore(lead.id, score, reasons);
    return { lead: { ...lead, score, reasons }, created };
  });
  ports.log.info({ leadId: stored.lead.id, created: stored.created, how: wish.consent.how }, 'lead stored');
  return stored;
}
