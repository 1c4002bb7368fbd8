import type { Fate, WaitingFor } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import { channelRef } from '../../domain/channel.ts';
import { sourceName } from '../../domain/chat-source.ts';
import { correctedReason } from '../../domain/correction.ts';
import type { Ports } from '../../ports/app.ts';

/** What became of one article, oldest first. */
export interface Story {
  url: string;
  known: boolean;
  /** One sentence. */
  verdict: string;
  events: { at: Date; what: string }[];
}

/** The story of the article at `url` for a brand; also of one that was never seen. */
export async function why(ports: Pick<Ports, 'store' | 'clock'>, brand: Brand, url: string): Promise<Story> {
  const { store } = ports;
  const article = await store.articles.byUrl(url);
  const fates =
    article === null ? [] : (await store.fates.ofArticle(article.id)).filter((fate) => fate.brandId === brand.id);
  const sources = await store.sources.list(brand.id);
  if (article === null || fates.length === 0) {
    const polled = sources.map((source) => source.feed.lastGoodAt).filter((at) => at !== null);
    const latest = polled.length === 0 ? null : new Date(Math.max(...polled.map((at) => at.getTime())));
    const verdict =
      sources.length === 0
        ? 'Not in any source: there are no sources yet.'
        : `Not in any source. ${latest === null ? 'None has been polled yet.' : `The last good poll was at ${latest.toISOString()}.`}`;
    return { url, known: false, verdict, events: [] };
  }
  const events: Story['events'] = [];
  const nameOf = (sourceId: number | null) => {
    const source = sources.find((one) => one.id === sourceId);
    return source === undefined ? 'a removed source' : sourceName(source);
  };
  const isChat = (sourceId: number | null) => sources.find((one) => one.id === sourceId)?.feed.kind === 'chat';
  const seenIn = new Set(
    fates
      .filter((fate) => fate.sourceId !== null)
      .map((fate) => `${isChat(fate.sourceId) ? 'forwarded in' : 'seen in'} ${nameOf(fate.sourceId)}`),
  );
  events.push({
    at: article.seenAt,
    what: `${[...seenIn].join(', ').replaceAll(', seen in ', ', ') || 'given by a person'}: ${article.title}`,
  });
  for (const { broughtBy, broughtAt, broughtFrom } of fates) {
    if (!broughtBy || !broughtAt) continue;
    const although = broughtFrom ? `, although it was filtered by ${broughtFrom}` : '';
    events.push({ at: broughtAt, what: `brought in by hand by ${broughtBy}${although}` });
  }
  if (article.frozenAt !== null) {
    const from =
      article.textFrom === 'page'
        ? 'its page was read'
        : `the feed's text was taken${article.pageProblem ? ` (${article.pageProblem})` : ''}`;
    events.push({
      at: article.frozenAt,
      what: `${from}: ${article.text.length} characters, language ${article.language}`,
    });
  }
  for (const correction of article.corrections ?? [])
    events.push({ at: correction.at, what: correctedReason(correction) });
  for (const fate of fates.filter((one) => one.state === 'filtered')) {
    events.push({ at: fate.changedAt, what: `filtered for ${nameOf(fate.sourceId)} by ${fate.reason ?? 'a rule'}` });
  }
  const views = await store.posts.list({ brandId: brand.id, articleIds: [article.id], limit: 100 });
  const ledgers = await Promise.all(
    views.map((view) => Promise.all(view.messages.map((message) => store.deliveries.view(message.id)))),
  );
  for (const [index, { post, channel }] of views.entries()) {
    const where = `post ${post.id} for ${channelRef(channel)}`;
    events.push({
      at: post.createdAt,
      what: `${where} written by ${post.writer}${post.grounding.ok ? '' : `, claims beyond the article: ${post.grounding.failures.map((one) => one.span).join(', ')}`}`,
    });
    if (post.approvedAt !== null)
      events.push({
        at: post.approvedAt,
        what: `${where} ${post.state} by ${post.approvedBy}${post.reason ? `: ${post.reason}` : ''}`,
      });
    for (const ledger of ledgers[index] ?? []) {
      if (ledger === null) continue;
      const { delivery, attempts } = ledger;
      const part = delivery.parts === 1 ? '' : `, part ${delivery.part} of ${delivery.parts}`;
      for (const attempt of attempts)
        events.push({
          at: attempt.at,
          what: `${where}${part}: sent, ${attempt.outcome}${attempt.reason ? ` (${attempt.reason})` : ''}`,
        });
      const { confirmedAt, url } = delivery;
      if (confirmedAt) events.push({ at: confirmedAt, what: `${where}${part} is there${url ? `: ${url}` : ''}` });
    }
    if (post.articleCorrectedAt)
      events.push({
        at: post.articleCorrectedAt,
        what:
          post.state === 'review'
            ? `${where} waits for a person to look at it again`
            : `${where} was sent before the correction and stays as it is`,
      });
  }
  events.sort((left, right) => left.at.getTime() - right.at.getTime());
  return { url: article.url, known: true, verdict: verdictOf(fates), events };
}

const WAITS_FOR: Record<WaitingFor, string> = {
  page: 'the page',
  relevance: 'a model to judge it',
  decision: 'your decision',
  channel: 'the channel',
  writer: 'the writer',
  review: 'the review',
  delivery: 'the delivery',
};

function verdictOf(fates: readonly Fate[]): string {
  const rank = { posted: 3, waiting: 2, failed: 1, filtered: 0 };
  const [best] = [...fates].sort((left, right) => rank[right.state] - rank[left.state]);
  if (best === undefined) return 'Nothing is known of it.';
  const reason = best.reason === null ? '' : ` (${best.reason})`;
  switch (best.state) {
    case 'posted':
      return 'Posted.';
    case 'waiting':
      return `Waiting for ${WAITS_FOR[best.waitingFor ?? 'delivery']}${reason}.`;
    case 'failed':
      return `Failed${reason}.`;
    case 'filtered':
      return `Filtered${reason}.`;
  }
}
