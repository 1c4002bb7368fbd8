import type { Message } from 'telegraf/types';

/** Telegram's own pages: invitations, posts and people are no articles. */
const OWN = /^https?:\/\/(?:[\w-]+\.)*(?:t|telegram)\.(?:me|dog)(?:[/?#:]|$)/iu;

/** The links of a message or caption as Telegram marked them, those behind words included. */
export function linksIn(message: Message): string[] {
  const parts = message as Partial<Message.TextMessage & Message.CaptionableMessage>;
  const text = parts.text ?? parts.caption ?? '';
  const links = (parts.entities ?? parts.caption_entities ?? []).flatMap((entity) => {
    if (entity.type === 'text_link') return [entity.url];
    if (entity.type !== 'url') return [];
    const shown = text.slice(entity.offset, entity.offset + entity.length);
    return [/^[a-z][a-z\d+.-]*:\/\//iu.test(shown) ? shown : `https://${shown}`];
  });
  return links.filter((link) => !OWN.test(link));
}

/**
 * Whether somebody put it there: not a bot, and not Telegram's own copy of a channel's post in its discussion group.
 * Posts of a channel name nobody; those of the bot itself never come. Administrators may write in a group's name.
 */
export function isByPerson(message: Message): boolean {
  const { from, sender_chat: sender, chat } = message;
  if ('is_automatic_forward' in message && message.is_automatic_forward) return false;
  return chat.type === 'channel' || from?.is_bot === false || sender?.id === chat.id;
}
