import type { GatewayData } from './changes.ts';

/** What people may write a link in: the message, what it shows of the link, the message that it forwards. */
interface Written {
  content?: string;
  embeds?: readonly { url?: string | null }[];
}
/** The fields of a new message that hold links (discord-api-types, GatewayMessageCreateDispatchData). */
export type MessageData = GatewayData &
  Written & {
    id?: string;
    webhook_id?: string;
    message_snapshots?: readonly { message?: Written }[];
  };

/** Discord's own pages: invitations, channels and files of messages are no articles. */
const OWN = /^https?:\/\/(?:[\w-]+\.)*(?:discord(?:app)?\.(?:com|net)|discord\.(?:gg|gift|new))(?:[/?#:]|$)/iu;
/** Up to where Discord itself ends a link: white space, `<` and `>`, and the `)` of a named link. */
const LINK = /https?:\/\/[^\s<>]+/giu;

/** The links of a message that a person wrote or forwarded; empty for those of bots and webhooks. */
export function linksIn(data: MessageData): string[] {
  if (data.author === undefined || data.author.bot || data.webhook_id !== undefined) return [];
  const parts: Written[] = [data, ...(data.message_snapshots ?? []).map(({ message }) => message ?? {})];
  const links = parts.flatMap(({ content, embeds }) => [
    ...[...(content ?? '').matchAll(LINK)].map(([link]) => withoutTail(link)),
    ...(embeds ?? []).flatMap(({ url }) => url ?? []),
  ]);
  return links.filter((link) => !OWN.test(link));
}

/** A link in a sentence without the sentence's end, and without the brackets that stand around it. */
function withoutTail(link: string): string {
  let end = link.length;
  for (; end > 0; end -= 1) {
    const last = link.charAt(end - 1);
    const opened = last === ')' && count(link.slice(0, end), '(') >= count(link.slice(0, end), ')');
    if (opened || !/[.,;:!?'"*_~|`)\]}»”’]/u.test(last)) break;
  }
  return link.slice(0, end);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
