/** A person who answered and agreed to be contacted. */
export interface Lead {
  id: number;
  brandId: number;
  /** As the person gave it; empty when they gave none. */
  name: string;
  language: string;
  stage: LeadStage;
  score: number;
  reasons: ScoreReason[];
  contacts: Contact[];
  consents: Consent[];
  touches: Touch[];
  messages: LeadMessage[];
  createdAt: Date;
}

export type LeadStage = 'new' | 'contacted' | 'qualified' | 'won' | 'lost';

/** One row of the score; the rows add up to it. */
export interface ScoreReason {
  points: number;
  reason: string;
}

/** One way to reach the person. `value` is encrypted at rest and never logged. */
export interface Contact {
  kind: ContactKind;
  value: string;
}
/** A platform's own account (`telegram`, `discord`, …) is named by the platform. */
export type ContactKind = 'email' | 'phone' | (string & {});

/** One decision of the person about one purpose; rows are only ever added. */
export interface Consent {
  purpose: string;
  /** True = agreed, false = withdrawn. */
  granted: boolean;
  wordingId: string;
  /** The exact words the person saw. */
  wording: string;
  /** `form` or the platform's name. */
  how: string;
  at: Date;
}

/** One contact of the person with what the brand published. */
export interface Touch {
  postId: number | null;
  articleId: number | null;
  channelId: number | null;
  /** `telegram:@name`, for a person. */
  channel: string | null;
  kind: 'form' | 'chat';
  at: Date;
}

export interface LeadMessage {
  from: 'lead' | 'bot';
  text: string;
  at: Date;
}

/** Whether the person agrees, as of their latest word on that purpose. */
export function consents(lead: { consents: readonly Consent[] }, purpose: string): boolean {
  const said = lead.consents.filter((consent) => consent.purpose === purpose);
  const latest = said.reduce<Consent | null>((last, one) => (last === null || one.at >= last.at ? one : last), null);
  return latest?.granted ?? false;
}

/** Points for what the person did; nothing about who they are is ever a rule. */
export function scoreOf(lead: {
  contacts: readonly Contact[];
  touches: readonly Touch[];
  messages: readonly LeadMessage[];
}): ScoreReason[] {
  const reasons: ScoreReason[] = [];
  if (lead.touches.length > 0) reasons.push({ points: 20, reason: 'answered a post and agreed to be contacted' });
  if (lead.contacts.some((contact) => contact.kind === 'phone'))
    reasons.push({ points: 15, reason: 'left a phone number' });
  if (lead.messages.some((message) => message.from === 'lead' && message.text.length >= 20))
    reasons.push({ points: 15, reason: 'wrote what they need' });
  const again = Math.min(2, Math.max(0, lead.touches.length - 1));
  if (again > 0) reasons.push({ points: 10 * again, reason: `came back ${again === 1 ? 'once' : 'more than once'}` });
  return reasons;
}

/** An e-mail address in one spelling, or null when it can't be one. */
export function normaliseEmail(input: string): string | null {
  const trimmed = input.trim();
  if (
    trimmed.length > 254 ||
    !/^[^\s@<>()[\]\\,;:"]{1,64}@[^\s@<>()[\]\\,;:"]+\.[^\s@<>()[\]\\,;:".]{2,}$/u.test(trimmed)
  )
    return null;
  const at = trimmed.lastIndexOf('@');
  return `${trimmed.slice(0, at)}@${trimmed.slice(at + 1).toLowerCase()}`.toLowerCase();
}

/** A phone number as digits with a leading +, or null. A number without a country code stays without one. */
export function normalisePhone(input: string): string | null {
  const digits = input.replace(/[\s().-]/gu, '').replace(/^00/u, '+');
  return /^\+?\d{6,15}$/u.test(digits) ? digits : null;
}
