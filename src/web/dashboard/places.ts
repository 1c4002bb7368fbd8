import { html } from 'hono/html';
import { type Channel, channelRef } from '../../domain/channel.ts';
import { sourceName } from '../../domain/chat-source.ts';
import type { Source } from '../../domain/source.ts';
import { dollars } from '../../domain/spending.ts';
import { pushWords, type Subscription } from '../../domain/subscription.ts';
import { languageName } from '../../lib/language-name.ts';
import type { SourceCounts } from '../../ports/store/index.ts';
import type { Html } from '../page.ts';
import { ago, until, words } from '../show.ts';
import type { Standing } from './words.ts';

/** The sources with their state, how their news is pushed, and what became of everything they carried. */
export function sourcesTable(
  sources: readonly (Source & { counts: SourceCounts })[],
  subscriptions: readonly Subscription[],
  now: Date,
  timeZone: string,
): Html {
  if (sources.length === 0)
    return html`<p class="empty">No sources yet. Add one: <code>npm run crier -- source add URL</code></p>`;
  const pushed = new Map(subscriptions.map((one) => [one.feedId, pushWords(one, now, (at) => words(at, timeZone))]));
  return html`<div class="wide"><table>
    <thead><tr><th scope="col">Source</th><th scope="col">State</th><th scope="col" class="num">Seen</th><th scope="col" class="num">Posted</th><th scope="col" class="num">Left out</th><th scope="col" class="num">Waiting</th><th scope="col" class="num">Failed</th><th scope="col">Last good poll</th></tr></thead>
    <tbody>${sources.map((source) => {
      const standing = sourceStanding(source);
      const { counts, feed } = source;
      return html`<tr>
        <th scope="row"><a href="/sources/${source.id}">${sourceName(source)}</a><br><small>${feed.url}${source.tags.length > 0 ? ` · ${source.tags.join(', ')}` : ''}</small>${pushed.has(feed.id) ? html`<br><small>${pushed.get(feed.id)}</small>` : ''}</th>
        <td><span class="pill ${standing.tone}">${standing.words}</span>${feed.reason && source.state === 'active' ? html`<br><small class="reason">${feed.reason}</small>` : ''}</td>
        <td class="num">${counts.seen}</td><td class="num">${counts.posted}</td><td class="num">${counts.filtered}</td><td class="num">${counts.waiting}</td><td class="num">${counts.failed}</td>
        <td>${feed.kind === 'chat' ? 'last link ' : ''}${feed.lastGoodAt ? ago(feed.lastGoodAt, now, timeZone) : 'never'}${source.state === 'active' && feed.state !== 'gone' && feed.kind !== 'chat' ? html`<br><small>next ${until(feed.nextPollAt, now, timeZone)}</small>` : ''}</td>
      </tr>`;
    })}</tbody>
  </table></div>
  <p><a class="button" href="/filter">Filter: which articles are wanted</a></p>
  <p class="small">Every article is accounted for: seen = posted + left out + waiting + failed. Ask for one: <code>npm run crier -- why URL</code></p>`;
}

/** How a source is, in a word or two. */
export function sourceStanding(source: Source): Standing {
  if (source.state !== 'active') return { words: 'Paused', tone: 'off' };
  switch (source.feed.state) {
    case 'ok':
      return { words: source.feed.kind === 'chat' ? 'Listening' : 'OK', tone: 'good' };
    case 'new':
      return { words: 'Not polled yet', tone: 'busy' };
    case 'failing':
      return { words: 'Failing', tone: 'bad' };
    case 'gone':
      return { words: 'Gone', tone: 'bad' };
  }
}

/** The channels with their state and how their posts are approved. */
export function channelsTable(channels: readonly Channel[]): Html {
  if (channels.length === 0)
    return html`<p class="empty">No channels yet. See how to add one: <code>npm run crier -- channel add --help</code></p>`;
  return html`<div class="wide"><table>
    <thead><tr><th scope="col">Channel</th><th scope="col">State</th><th scope="col">Language</th><th scope="col">Approval</th></tr></thead>
    <tbody>${channels.map(
      (channel) => html`<tr>
        <th scope="row"><a href="/channels/${channel.id}">${channel.name}</a><br><small>${channelRef(channel)}${channel.budgetMonthMicros == null ? '' : ` · at most ${dollars(channel.budgetMonthMicros)} a month`}</small></th>
        <td><span class="pill ${CHANNEL_TONE[channel.state]}">${CHANNEL_WORDS[channel.state]}</span>${channel.reason ? html`<br><small class="reason">${channel.reason}</small>` : ''}</td>
        <td>${channel.language ? languageName(channel.language) : 'as the article'}</td>
        <td>${channel.auto ? 'automatic, when every check passes' : 'by a person'}</td>
      </tr>`,
    )}</tbody>
  </table></div>`;
}

const CHANNEL_WORDS: Record<Channel['state'], string> = {
  active: 'Active',
  paused: 'Paused',
  attention: 'Needs attention',
  removed: 'Removed',
};
const CHANNEL_TONE: Record<Channel['state'], Standing['tone']> = {
  active: 'good',
  paused: 'off',
  attention: 'bad',
  removed: 'off',
};
