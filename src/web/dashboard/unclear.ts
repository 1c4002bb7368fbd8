import { html } from 'hono/html';
import { channelRef } from '../../domain/channel.ts';
import { mayActAs } from '../../domain/member.ts';
import type { DeliveryView } from '../../ports/store/index.ts';
import { look } from '../look.ts';
import type { Html } from '../page.ts';
import { ago } from '../show.ts';
import type { DashboardTools } from './story.ts';

/** Deliveries that nobody but a person can settle; nothing when there are none. */
export function unclearDeliveries(tools: DashboardTools, deliveries: readonly DeliveryView[]): Html | '' {
  if (deliveries.length === 0) return '';
  const decides = mayActAs(tools.member.role, 'marketer');
  return html`<section class="attention" id="unclear" aria-labelledby="unclear-title">
    <h2 id="unclear-title">Is it there?</h2>
    <p>The channel did not say whether ${deliveries.length === 1 ? 'this post' : 'these posts'} arrived, so Crier sends nothing again on its own. Look at the channel and decide.</p>
    <div class="posts">${deliveries.map(
      ({ delivery, channel, post, attempts }) => html`<section class="post" id="delivery-${delivery.id}">
        <p class="meta"><b>${channelRef(channel)}</b> <span class="pill yours">Unclear${delivery.parts > 1 ? `: part ${delivery.part} of ${delivery.parts}` : ''}</span> ${attempts.at(-1) ? ago((attempts.at(-1) as DeliveryView['attempts'][number]).at, tools.ports.clock.now(), tools.brand.timeZone) : ''}</p>
        <div class="shown" lang="${post.language}" tabindex="0" role="group" aria-label="The post">${look(tools.ports, channel, post, null)}</div>
        ${delivery.reason ? html`<p class="reason">${delivery.reason}</p>` : ''}
        ${
          decides
            ? html`<form class="decide" method="post" action="/deliveries/${delivery.id}/settle">
          <label for="url-${delivery.id}">Its address, if you have it</label>
          <input id="url-${delivery.id}" name="url" type="url" autocomplete="off">
          <button class="primary" name="verdict" value="there">It is there</button>
          <button name="verdict" value="again">Send again</button>
          <button name="verdict" value="drop">Drop</button>
        </form>`
            : ''
        }
      </section>`,
    )}</div>
  </section>`;
}
