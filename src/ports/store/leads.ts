import type { Consent, Contact, Lead, LeadMessage, Touch } from '../../domain/lead.ts';

export interface NewLead {
  brandId: number;
  name: string;
  language: string;
  contacts: Contact[];
  consent: Omit<Consent, 'wording'> & { wording: string };
  touch: Omit<Touch, 'channel'>;
  message: string | null;
}

export interface Leads {
  /** A person known by one of the contacts is the same lead: name is kept, the rest is added. */
  upsert(lead: NewLead): Promise<{ lead: Lead; created: boolean }>;
  get(id: number): Promise<Lead | null>;
  byContact(brandId: number, contact: Contact): Promise<Lead | null>;
  list(query: { brandId: number; stage?: Lead['stage']; limit: number; before?: number }): Promise<Lead[]>;
  addConsent(leadId: number, consent: Consent): Promise<void>;
  addContact(leadId: number, contact: Contact, now: Date): Promise<void>;
  addMessage(leadId: number, message: LeadMessage): Promise<void>;
  setScore(leadId: number, score: number, reasons: Lead['reasons']): Promise<void>;
  /** Destroys the person's data and its key; counts keep their place without naming anyone. */
  erase(leadId: number, now: Date): Promise<boolean>;
  /** Where a person's conversation stands; small JSON, no contact data. */
  conversation(
    platform: string,
    personId: string,
  ): Promise<{ brandId: number; state: string; code: string | null } | null>;
  saveConversation(
    platform: string,
    personId: string,
    conversation: { brandId: number; state: string; code: string | null } | null,
    now: Date,
  ): Promise<void>;
}
