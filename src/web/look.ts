import { html, raw } from 'hono/html';
import type { Channel } from '../domain/channel.ts';
import { markHtml } from '../domain/marking.ts';
import type { Post } from '../domain/post.ts';
import { escapeHtml } from '../lib/text.ts';
import type { Ports } from '../ports/app.ts';
import type { Html } from './page.ts';

/** The post as readers of the channel see it. `look.render` promises safe HTML; a platform that is gone shows plain text. */
export function look(ports: Pick<Ports, 'platforms'>, channel: Channel, post: Post, at: Date | null): Html {
  return html`${raw(shown(ports, channel, post, at))}`;
}

/** The same for those who decide: what the article doesn't say is marked. */
export function lookForReview(ports: Pick<Ports, 'platforms'>, channel: Channel, post: Post, at: Date | null): Html {
  const doubted = post.grounding.failures.map(({ span }) => span);
  return html`${raw(markHtml(shown(ports, channel, post, at), doubted))}`;
}

function shown(ports: Pick<Ports, 'platforms'>, channel: Channel, post: Post, at: Date | null): string {
  const platform = ports.platforms.get(channel.platform);
  if (platform === null) return `<pre class="plain-post">${escapeHtml(post.text)}</pre>`;
  const { render } = platform.form(channel.address, channel.style).look;
  return render({ text: post.text, sender: channel.name, at, address: channel.address, card: post.card });
}

/** The style sheets of every look that may be shown, each once. */
export async function looksCss(ports: Pick<Ports, 'store' | 'platforms'>): Promise<string> {
  const brands = await ports.store.brands.list();
  const channels = (await Promise.all(brands.map((brand) => ports.store.channels.list(brand.id)))).flat();
  const sheets = new Set([
    ...ports.platforms.all.map((platform) => platform.form('').look.css),
    ...channels.flatMap((channel) => ports.platforms.get(channel.platform)?.form(channel.address).look.css ?? []),
  ]);
  return [...sheets].join('\n');
}
