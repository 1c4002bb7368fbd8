import { contactWording } from '../domain/wording.ts';
import { agree, eraseLead, personOf, tell, topicOf } from '../pipeline/qualify/index.ts';
import type { Ports } from '../ports/app.ts';
import type { ChatMessage, IncomingEvent } from '../ports/chat.ts';
import { type LeadWords, leadWords } from './words.ts';

type TalkEvent = Exclude<IncomingEvent, { kind: 'engagement' | 'engagement-changed' | 'links' }>;

/** Buttons of the consent question. The first one carries the id of the words that stand above it. */
const AGREE = 'lead-agree:';
const DECLINE = 'lead-decline';

/**
 * The talk with a reader: who speaks and that it is a machine, the exact consent, then one question. Nothing about the
 * person is stored before they agree. Returns what to answer.
 */
export async function leadTalk(ports: Ports, platform: string, event: TalkEvent): Promise<ChatMessage[]> {
  const { store, clock } = ports;
  const { person } = event;
  const talk = await store.leads.conversation(platform, person.id);
  const topic = await topicOf(
    ports,
    event.kind === 'message' && event.start !== null ? event.start : (talk?.code ?? null),
  );
  const post = topic.link === null ? null : await store.posts.get(topic.link.postId);
  const wording = contactWording(
    person.language ?? post?.language ?? topic.brand.language,
    topic.brand.controller.name,
  );
  const words = leadWords(wording.language);
  const remember = (state: string | null) =>
    store.leads.saveConversation(
      platform,
      person.id,
      // Only a code of ours: whatever else came as the link's payload is the person's own text.
      state === null ? null : { brandId: topic.brand.id, state, code: topic.link?.code ?? null },
      clock.now(),
    );
  const ask = async (): Promise<ChatMessage[]> => {
    await remember('asked-consent');
    const about =
      topic.articleTitle === null
        ? words.greeting(topic.brand.name)
        : words.greetingAbout(topic.brand.name, topic.articleTitle);
    return [
      {
        text: `${about}\n\n${wording.text}\n\n${privacyLine(words, topic.brand)}`,
        buttons: [
          { label: words.agree, data: `${AGREE}${wording.id}` },
          { label: words.decline, data: DECLINE },
        ],
      },
    ];
  };

  const lead = await personOf(ports, topic.brand.id, platform, person);
  if (event.kind === 'button') {
    // Other words than those that would be shown now were not agreed to.
    if (event.data === `${AGREE}${wording.id}` && talk !== null) {
      if (talk.state === 'asked-consent' || lead === null) {
        await agree(ports, { topic, platform, person, language: wording.language });
        await remember('asked-need');
      }
      return [{ text: words.need }];
    }
    if (event.data === DECLINE) {
      // From somebody who agreed before, this is the withdrawal that the consent speaks of.
      if (lead !== null) await eraseLead(ports, lead.id);
      await remember(null);
      return [{ text: lead === null ? words.declined : words.forgotten }];
    }
    return ask();
  }
  if (event.kind === 'contact') {
    if (lead === null) return ask();
    await tell(ports, lead.id, { phone: event.phone });
    return [{ text: words.thanks(topic.brand.name) }];
  }
  const command = /^\/([a-z]+)/u.exec(event.text.trim())?.[1];
  if (command === 'privacy') {
    const { name, contact } = topic.brand.controller;
    const controller = contact === '' ? name : `${name} (${contact})`;
    return [{ text: `${words.privacy(controller)}\n${privacyLine(words, topic.brand)}` }];
  }
  if (command === 'forget') {
    for (const brand of await store.brands.list()) {
      const known = await personOf(ports, brand.id, platform, person);
      if (known !== null) await eraseLead(ports, known.id);
    }
    await remember(null);
    return [{ text: words.forgotten }];
  }
  if (command === 'start' || lead === null) return ask();
  await tell(ports, lead.id, { text: event.text });
  await remember('told');
  return [{ text: words.thanks(topic.brand.name) }];
}

function privacyLine(words: LeadWords, brand: { controller: { privacyUrl: string | null } }): string {
  return brand.controller.privacyUrl === null ? words.commands : `${words.commands}\n${brand.controller.privacyUrl}`;
}
