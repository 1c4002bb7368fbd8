import type { Brand } from '../../domain/brand.ts';
import { type Lead, scoreOf } from '../../domain/lead.ts';
import type { Link } from '../../domain/post.ts';
import { CONTACT_PURPOSE, contactWording } from '../../domain/wording.ts';
import { plainLine } from '../../lib/text.ts';
import type { Ports } from '../../ports/app.ts';
import type { ChatPerson } from '../../ports/chat.ts';
import { storeLead } from './store-lead.ts';

/** What a conversation is about: the post whose link the person followed, or only the brand. */
export interface Topic {
  brand: Brand;
  link: Link | null;
  articleTitle: string | null;
}

/** The topic of a deep link's code; the default brand when the code is unknown or absent. */
export async function topicOf(ports: Pick<Ports, 'store'>, code: string | null): Promise<Topic> {
  const link = code === null ? null : await ports.store.posts.link(code);
  if (link === null) return { brand: await ports.store.brands.default(), link: null, articleTitle: null };
  const [brand, article] = await Promise.all([
    ports.store.brands.get(link.brandId),
    ports.store.articles.get(link.articleId),
  ]);
  return { brand: brand ?? (await ports.store.brands.default()), link, articleTitle: article?.title ?? null };
}

/** The lead that this person is for the brand, if they agreed before. */
export function personOf(
  ports: Pick<Ports, 'store'>,
  brandId: number,
  platform: string,
  person: ChatPerson,
): Promise<Lead | null> {
  return ports.store.leads.byContact(brandId, { kind: platform, value: person.id });
}

/** The person agreed in the chat to exactly the wording of `language`. */
export function agree(
  ports: Pick<Ports, 'store' | 'clock' | 'log'>,
  answer: { topic: Topic; platform: string; person: ChatPerson; language: string },
): Promise<{ lead: Lead; created: boolean }> {
  const { topic, platform, person, language } = answer;
  const at = ports.clock.now();
  const wording = contactWording(language, topic.brand.controller.name);
  return storeLead(ports, {
    brandId: topic.brand.id,
    name: plainLine(person.name),
    language,
    contacts: [{ kind: platform, value: person.id }],
    consent: {
      purpose: CONTACT_PURPOSE,
      granted: true,
      wordingId: wording.id,
      wording: wording.text,
      how: platform,
      at,
    },
    touch: {
      postId: topic.link?.postId ?? null,
      articleId: topic.link?.articleId ?? null,
      channelId: topic.link?.channelId ?? null,
      kind: 'chat',
      at,
    },
    message: null,
  });
}

/** Keeps what a lead wrote, or the phone number that they shared, and brings the score in line. */
export async function tell(
  ports: Pick<Ports, 'store' | 'clock'>,
  leadId: number,
  said: { text: string } | { phone: string },
): Promise<void> {
  await ports.store.transaction(async (tables) => {
    const at = ports.clock.now();
    if ('text' in said) await tables.leads.addMessage(leadId, { from: 'lead', text: said.text.slice(0, 4000), at });
    else await tables.leads.addContact(leadId, { kind: 'phone', value: said.phone }, at);
    const lead = await tables.leads.get(leadId);
    if (lead === null) return;
    const reasons = scoreOf(lead);
    await tables.leads.setScore(
      leadId,
      reasons.reduce((sum, reason) => sum + reason.points, 0),
      reasons,
    );
  });
}

/** Destroys everything personal of a lead; false when there is no such lead. */
export async function eraseLead(ports: Pick<Ports, 'store' | 'clock' | 'log'>, leadId: number): Promise<boolean> {
  const erased = await ports.store.leads.erase(leadId, ports.clock.now());
  if (erased) ports.log.info({ leadId }, 'lead erased');
  return erased;
}
