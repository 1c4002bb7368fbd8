import type { ChannelStyle } from '../../domain/channel.ts';
import type { PostCard } from '../../domain/post.ts';
import { escapeHtml } from '../../lib/text.ts';

/** The box that shows the article's page with a post. */
export interface Preview {
  card: PostCard;
  size: 'small' | 'large';
  above: boolean;
}

/** The preview that a text gets; null where the channel wants none or the text does not lead to the article (any more). */
export function previewOf(text: string, style: ChannelStyle, card: PostCard | null): Preview | null {
  const size = style.preview ?? 'large';
  if (size === 'none' || card === null || !/^https?:\/\//iu.test(card.url)) return null;
  const leads = text.includes(card.url) || text.includes(escapeHtml(card.url));
  return leads ? { card, size, above: style.previewAbove } : null;
}
