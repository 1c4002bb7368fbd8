/** A Telegram chat as Crier stores it: `@name` in lower case (names have no case there), or the numeric id. */
export function parseAddress(input: string): { address: string } | { error: string } {
  const text = input.trim();
  if (/^-?\d{1,16}$/u.test(text))
    return BigInt(text) === 0n ? { error: UNKNOWN } : { address: BigInt(text).toString() };
  const link = /^(?:https?:\/\/)?(?:www\.)?(?:t|telegram)\.me\/(?<path>.+)$/iu.exec(text);
  const path = link?.groups?.path;
  if (path !== undefined && /^(?:\+|joinchat\/)/iu.test(path))
    return {
      error:
        'An invite link names no chat. Use the name of a public chat (@name), or the number of a private one: forward a post of it to a bot that shows ids, it begins with -100.',
    };
  const inner = /^c\/(?<id>\d+)(?:\/|$)/u.exec(path ?? '')?.groups?.id;
  if (inner !== undefined) return { address: `-100${inner}` };
  const name = /^@?(?:s\/)?(?<name>[a-z]\w{3,31})(?:[/?#].*)?$/iu.exec(path ?? (text.startsWith('@') ? text : ''))
    ?.groups?.name;
  if (name === undefined || (path === undefined && text.length !== name.length + 1)) return { error: UNKNOWN };
  return { address: `@${name.toLowerCase()}` };
}

const UNKNOWN = 'A Telegram chat is @name, https://t.me/name or a number such as -1001234567890.';

/** Where a message can be opened in a browser; null in chats that have no such address. */
export function messageUrl(chat: { id: number; username?: string | undefined }, messageId: number): string | null {
  if (chat.username) return `https://t.me/${chat.username}/${messageId}`;
  const inner = /^-100(?<id>\d+)$/u.exec(String(chat.id))?.groups?.id;
  return inner ? `https://t.me/c/${inner}/${messageId}` : null;
}

/** Every address under which the chat may have been stored. */
export function addressesOf(chat: { id: number; username?: string | undefined }): string[] {
  return [...(chat.username ? [`@${chat.username.toLowerCase()}`] : []), String(chat.id)];
}
