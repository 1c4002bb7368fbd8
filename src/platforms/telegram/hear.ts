import type { ChatFromGetChat, ChatMember, UserFromGetMe } from 'telegraf/types';
import type { ChannelInspection } from '../../ports/platform.ts';
import type { Client } from './client.ts';
import { resultOf, saysNo } from './inspect.ts';

/** Looks whether the bot is told what people write there, and names what is missing. Throws PlatformError. */
export async function hears(
  client: Client,
  address: string,
  options: { signal: AbortSignal; deadlineMs: number },
): Promise<ChannelInspection> {
  const me = resultOf(await client.call<UserFromGetMe>('getMe', {}, options));
  const bot = `@${me.username}`;
  const not = (title: string, problem: string, cure: string): ChannelInspection => ({
    title,
    problems: [{ problem, cure }],
    notes: [],
  });
  const join = `Add ${bot} to it: to a channel as an administrator, to a group as a member.`;
  const asked = await client.call<ChatFromGetChat>('getChat', { chat_id: address }, options);
  if (!asked.ok && saysNo(asked))
    return not(address, `The bot ${bot} finds no chat ${address}.`, `Check the name. ${join}`);
  const chat = resultOf(asked);
  if (chat.type === 'private')
    return not(
      chat.first_name,
      'This is a private chat with one person; links are taken in from groups and channels.',
      'Make a group or channel for links and give its name or number.',
    );
  const { title } = chat;
  const member = await client.call<ChatMember>('getChatMember', { chat_id: chat.id, user_id: me.id }, options);
  if (!member.ok && saysNo(member)) return not(title, `The bot ${bot} is not in “${title}”.`, join);
  const { status } = resultOf(member);
  const admin = status === 'administrator' || status === 'creator';
  if (chat.type === 'channel' && !admin)
    return not(
      title,
      `The bot ${bot} is not an administrator of the channel “${title}”, so it is told nothing of it.`,
      `In the channel: Administrators → Add Administrator → ${bot}; it needs no right of its own.`,
    );
  if (status === 'left' || status === 'kicked') return not(title, `The bot ${bot} is not in “${title}”.`, join);
  if (!admin && !me.can_read_all_group_messages)
    return not(
      title,
      `The bot ${bot} is in the group “${title}” but in privacy mode: it is told nothing of what people write.`,
      `Make it an administrator of the group; or tell @BotFather /setprivacy → ${bot} → Disable, then remove it from the group and add it again.`,
    );
  return { title, problems: [], notes: [] };
}
