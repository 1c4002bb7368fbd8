import type { ChannelStyle } from '../../domain/channel.ts';
import type { PostCard } from '../../domain/post.ts';
import { parseMarkdown } from './markdown.ts';

/** A card as Create Message takes it. Limits: title 256, description 4096, footer 2048, addresses 2048, 6000 together. */
export interface Embed {
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  footer?: { text: string };
  /** Large, below the text. */
  image?: Picture;
  /** Small, beside the text. */
  thumbnail?: Picture;
}
interface Picture {
  url: string;
}

const TITLE_LIMIT = 256;
const ADDRESS_LIMIT = 2048;
/** Crier's blue. */
const COLOUR = 0x3a5fcd;

/**
 * The same post as a card, where the channel wants one: the bold first line is its title and leads to the article, the
 * small print its footer, the rest its text, so that whatever a person edits is what the card says. Null = a plain message.
 */
export function embedOf(text: string, style: ChannelStyle, card: PostCard | null): Embed | null {
  if (style.preview === null || style.preview === 'none') return null;
  const lines = text.trim().split('\n');
  const title = /^\*\*((?:\\.|[^\\*])+)\*\*$/u.exec(lines[0] ?? '')?.[1];
  const titled = title !== undefined && title.length <= TITLE_LIMIT;
  const small = /^-# +(?<words>\S.*)$/u.exec(lines.at(-1) ?? '')?.groups?.words;
  const body = lines
    .slice(titled ? 1 : 0, small === undefined ? undefined : -1)
    .join('\n')
    .trim();
  const url = card !== null && text.includes(card.url) ? webAddress(card.url) : null;
  const picture = card?.imageUrl ? webAddress(card.imageUrl) : null;
  const image = picture === null ? null : { url: picture };
  return {
    ...(titled ? { title } : {}),
    ...(titled && url !== null ? { url } : {}),
    ...(body === '' ? {} : { description: body }),
    color: style.colour === null ? COLOUR : Number.parseInt(style.colour.slice(1), 16),
    ...(small === undefined ? {} : { footer: { text: wordsOf(small) } }),
    ...(image === null ? {} : style.preview === 'large' ? { image } : { thumbnail: image }),
  };
}

/** The address as Discord takes it, or null: one that it calls ill-formed would cost the whole post. */
function webAddress(address: string): string | null {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/u.test(url.protocol) || !url.hostname.includes('.')) return null;
  return url.href.length <= ADDRESS_LIMIT ? url.href : null;
}

/** A footer knows no markdown. */
function wordsOf(markdown: string): string {
  const words = (parts: ReturnType<typeof parseMarkdown>[number]['parts']): string =>
    parts.map((part) => ('parts' in part ? words(part.parts) : part.text)).join('');
  return parseMarkdown(markdown)
    .map((one) => words(one.parts))
    .join(' ');
}
