import { CONTACT_PURPOSE } from '../../domain/wording.ts';
import { MINUTE } from '../../lib/clock.ts';
import { pages } from '../pages.ts';
import type { BrandCall } from '../session.ts';
import { type Finding, failed, ok } from './finding.ts';

/** How many of the newest deliveries and leads are looked through. */
const LOOKED_AT = 2000;
/** Longer than any call to a platform may take. */
const OPEN_MS = 2 * MINUTE;

/** What must always be true of what is stored: one copy of a post, an end for every attempt, a consent for every lead. */
export async function examineInvariants({ ports, brand }: Pick<BrandCall, 'ports' | 'brand'>): Promise<Finding[]> {
  const { store } = ports;
  const now = ports.clock.now().getTime();
  const twice: number[] = [];
  const open: number[] = [];
  const unproven: number[] = [];
  const deliveries = pages(
    (page) => store.deliveries.list({ brandId: brand.id, ...page }),
    (view) => view.delivery.id,
    LOOKED_AT,
  );
  let looked = 0;
  for await (const { delivery, attempts } of deliveries) {
    looked += 1;
    const confirmed = attempts.filter((attempt) => attempt.outcome === 'confirmed').length;
    if (confirmed > 1) twice.push(delivery.id);
    if (delivery.state === 'confirmed' && confirmed === 0) unproven.push(delivery.id);
    const stale = attempts.some((attempt) => attempt.outcome === 'open' && now - attempt.at.getTime() > OPEN_MS);
    if (stale && (delivery.state === 'intent' || delivery.state === 'waiting')) open.push(delivery.id);
  }
  const unasked: number[] = [];
  for await (const lead of pages(
    (page) => store.leads.list({ brandId: brand.id, ...page }),
    (one) => one.id,
    LOOKED_AT,
  )) {
    const asked = lead.consents.some((consent) => consent.purpose === CONTACT_PURPOSE);
    if (lead.contacts.length > 0 && !asked) unasked.push(lead.id);
  }
  const findings = [
    broken(
      'copies',
      twice,
      'deliveries were confirmed more than once',
      'Look into the channel for a second copy, and report this as a fault of Crier.',
    ),
    broken(
      'attempts',
      open,
      'deliveries began to be sent and have no end',
      'crier start or crier run --once moves them to unclear; then: crier delivery list --state unclear',
    ),
    broken(
      'proofs',
      unproven,
      'deliveries are confirmed without an attempt that was',
      'Report this as a fault of Crier.',
    ),
    broken(
      'consents',
      unasked,
      'leads can be contacted without having agreed',
      'Do not contact them. Erase them: crier lead erase ID',
    ),
  ].filter((finding) => finding !== null);
  return findings.length > 0
    ? findings
    : [ok('ledger', `${looked} deliveries: one copy each, every attempt has its end`)];
}

function broken(check: string, ids: number[], message: string, cure: string): Finding | null {
  if (ids.length === 0) return null;
  const named = ids.slice(0, 10).join(', ');
  return failed(check, `${ids.length} ${message}: ${named}${ids.length > 10 ? ' …' : ''}`, cure);
}
