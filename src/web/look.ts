import { html, raw } from 'hono/html';
import type { Channel } from '../domain/channel.ts';
import { markSpans } from '../domain/marking.ts';
import type { Post } from '../domain/post.ts';
import { escapeHtml } from '../lib/text.ts';
import type { Ports } from '../ports/app.ts';
import type { Html } from './page.ts';

/**
 * The post as readers of the channel see it, with what the article doesn't say marked. `look.render` promises safe HTML;
 * a platform that is gone shows plain text.
 */
export function look(ports: Pick<Ports, 'platforms'>, channel: Channel, post: Post, at: Date | null): Html {
  const platform = ports.platforms.get(channel.platform);
  if (platform === null) return html`<pre class="plain-post">${post.text}</pre>`;
  const { render } = platform.form(channel.address, channel.style).look;
  const shown = render({ text: post.text, sender: channel.name, at, address: channel.address, card: post.card });
  return html`${raw(withMarks(shown, post))}`;
}

/** Marks only what stands between tags, so that the HTML stays as safe as it was. */
function withMarks(shown: string, { grounding }: Post): string {
  if (grounding.ok) return shown;
  const spans = grounding.failures.map(({ span }) => escapeHtml(span));
  return shown
    .split(/(<[^>]*>)/u)
    .map((part, index) => (index % 2 === 1 ? part : markSpans(part, spans, '<mark>', '</mark>')))
    .join('');
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
