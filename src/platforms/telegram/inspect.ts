import type { ChatFromGetChat, ChatMember, UserFromGetMe } from 'telegraf/types';
import type { ChannelInspection } from '../../ports/platform.ts';
import { type Answer, type Client, platformError } from './client.ts';

type Problem = ChannelInspection['problems'][number];

/** Looks whether the bot may post there, and names the right to tick when it may not. Throws PlatformError. */
export async function inspect(
  client: Client,
  address: string,
  options: { signal: AbortSignal; deadlineMs: number },
): Promise<ChannelInspection> {
  const me = resultOf(await client.call<UserFromGetMe>('getMe', {}, options));
  const bot = `@${me.username}`;
  const asked = await client.call<ChatFromGetChat>('getChat', { chat_id: address }, options);
  if (!asked.ok && saysNo(asked)) return refused(address, `The bot ${bot} finds no chat ${address}.`, bot);
  const chat = resultOf(asked);
  const title = 'title' in chat ? chat.title : chat.first_name;
  if (chat.type === 'private')
    return { title, problems: [], notes: ['A private chat: only this one person sees the posts.'] };

  const memberAsked = await client.call<ChatMember>('getChatMember', { chat_id: chat.id, user_id: me.id }, options);
  if (!memberAsked.ok && saysNo(memberAsked)) return refused(title, `The bot ${bot} is not in “${title}”.`, bot);
  const member = resultOf(memberAsked);
  const mayAllWrite = 'permissions' in chat ? chat.permissions?.can_send_messages !== false : true;
  const problem =
    chat.type === 'channel' ? channelProblem(member, title, bot) : groupProblem(member, title, bot, mayAllWrite);
  const admin = member.status === 'administrator' || member.status === 'creator';
  const reactions =
    chat.type === 'channel' && admin
      ? 'Reactions are counted as Telegram reports them; views of posts are not in the Bot API.'
      : 'Reactions can only be counted in channels where the bot is an administrator; views of posts are not in the Bot API.';
  return { title, problems: problem ? [problem] : [], notes: [reactions] };
}

function channelProblem(member: ChatMember, title: string, bot: string): Problem | null {
  if (member.status === 'creator') return null;
  if (member.status !== 'administrator')
    return {
      problem: `The bot ${bot} is not an administrator of the channel “${title}”.`,
      cure: `In the channel: Administrators → Add Administrator → ${bot}, and tick “Post Messages”.`,
    };
  if (member.can_post_messages) return null;
  return {
    problem: `The bot ${bot} may not post in the channel “${title}”.`,
    cure: `In the channel: Administrators → ${bot}, and tick “Post Messages”.`,
  };
}

function groupProblem(member: ChatMember, title: string, bot: string, mayAllWrite: boolean): Problem | null {
  switch (member.status) {
    case 'creator':
    case 'administrator':
      return null;
    case 'member':
      if (mayAllWrite) return null;
      break;
    case 'restricted':
      if (member.is_member && member.can_send_messages) return null;
      break;
    default:
      return {
        problem: `The bot ${bot} is not a member of the group “${title}”.`,
        cure: `In the group: Add Members → ${bot}.`,
      };
  }
  return {
    problem: `The bot ${bot} may not write in the group “${title}”.`,
    cure: `In the group: Permissions → allow “Send Messages” for ${bot}, or make it an administrator.`,
  };
}

function refused(title: string, problem: string, bot: string): ChannelInspection {
  return {
    title,
    problems: [
      {
        problem,
        cure: `Check the name, and add ${bot} to the chat: in a channel as administrator with “Post Messages”, in a group as a member.`,
      },
    ],
    notes: [],
  };
}

/** Telegram knows the bot and refuses the chat: an answer, not a failure. */
export function saysNo(answer: Extract<Answer<unknown>, { ok: false }>): boolean {
  const { failure } = answer;
  return failure.kind === 'answered' && (failure.code === 400 || failure.code === 403);
}

/** The result of a call; throws PlatformError for a failure. */
export function resultOf<Result>(answer: Answer<Result>): Result {
  if (answer.ok) return answer.result;
  throw platformError(answer.failure);
}
