/** What a person reads of a refused post, and whether every other post to the chat would meet the same. */
export interface Refusal {
  reason: string;
  cure: string;
  channelTrouble: boolean;
}

const CHECK = 'Then it goes on by itself within 15 minutes, or at once with: crier channel check';
const RIGHTS = `Make the bot an administrator of the channel with “Post Messages” (in a group: a member that may send messages). ${CHECK}`;
const BACK_IN = `Add the bot to it again: to a channel as an administrator with “Post Messages”, to a group as a member. ${CHECK}`;
const ADDRESS = `Check the name or number of the chat, and that the bot is in it. ${CHECK}`;
const TOPIC = `Open the topic again, or connect another chat. ${CHECK}`;

const trouble = (reason: string, cure: string): Refusal => ({ reason, cure, channelTrouble: true });
const text = (reason: string, cure: string): Refusal => ({ reason, cure, channelTrouble: false });
const tooLong = text('The post is too long for Telegram (4096 characters).', 'Shorten it and send it again.');

/** The server's own words (tdlib/telegram-bot-api), without `Bad Request: ` and `Forbidden: `, compared whole. */
const KNOWN = new Map<string, Refusal>([
  [
    'chat not found',
    trouble('Telegram finds no such chat: it was deleted or renamed, or the bot was never in it.', ADDRESS),
  ],
  ['chat_id is empty', trouble('The channel has no address.', ADDRESS)],
  ['PEER_ID_INVALID', trouble('Telegram knows no chat with this number.', ADDRESS)],
  ['CHANNEL_PRIVATE', trouble('The chat is private and the bot is not in it.', BACK_IN)],
  ['bot was kicked from the group chat', trouble('The bot was removed from the group.', BACK_IN)],
  ['bot was kicked from the supergroup chat', trouble('The bot was removed from the group.', BACK_IN)],
  ['bot was kicked from the channel chat', trouble('The bot was removed from the channel.', BACK_IN)],
  ['bot is not a member of the channel chat', trouble('The bot is not in the channel.', BACK_IN)],
  ['bot is not a member of the supergroup chat', trouble('The bot is not in the group.', BACK_IN)],
  ['bot is not a member of the group chat', trouble('The bot is not in the group.', BACK_IN)],
  ['the group chat was deleted', trouble('The group was deleted.', 'Connect another chat.')],
  ['group chat was deactivated', trouble('The group was closed down.', 'Connect another chat.')],
  ['bot was blocked by the user', trouble('The person has blocked the bot.', 'Connect another chat.')],
  ['user is deactivated', trouble('The person’s account is gone.', 'Connect another chat.')],
  ['have no rights to send a message', trouble('The bot may not write there: “Post Messages” is missing.', RIGHTS)],
  [
    'need administrator rights in the channel chat',
    trouble('The bot may not post in the channel: “Post Messages” is missing.', RIGHTS),
  ],
  [
    'not enough rights to send text messages to the chat',
    trouble('The bot may not write in the group: “Send Messages” is missing.', RIGHTS),
  ],
  ['CHAT_WRITE_FORBIDDEN', trouble('The bot may not write there: “Send Messages” is missing.', RIGHTS)],
  ['CHAT_ADMIN_REQUIRED', trouble('The bot is not an administrator of the channel.', RIGHTS)],
  ['CHAT_RESTRICTED', trouble('Telegram has restricted the chat.', `See what Telegram says in the chat. ${CHECK}`)],
  ['TOPIC_CLOSED', trouble('The topic is closed.', TOPIC)],
  ['TOPIC_DELETED', trouble('The topic was deleted.', TOPIC)],
  ['message thread not found', trouble('The topic is not there any more.', TOPIC)],
  ['message is too long', tooLong],
  ['MESSAGE_TOO_LONG', tooLong],
  ['message text is empty', text('The post has no text.', 'Write one and send it again.')],
]);

/** A refused sendMessage (400 or 403) in words. */
export function refusal(code: 400 | 403, description: string): Refusal {
  const known = KNOWN.get(description.replace(/^(?:Bad Request|Forbidden): /u, ''));
  if (known !== undefined) return known;
  const reason = `Telegram says: ${description}.`;
  return code === 403 ? trouble(reason, RIGHTS) : text(reason, 'Edit the text and send it again.');
}
