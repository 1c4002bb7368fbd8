import type { Article } from '../domain/article.ts';
import { type Channel, channelRef } from '../domain/channel.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Lead } from '../domain/lead.ts';
import type { Post } from '../domain/post.ts';
import type { Source } from '../domain/source.ts';
import type { Subscription } from '../domain/subscription.ts';
import type { Brief, Writing } from '../domain/writing.ts';
import type { Draft } from '../pipeline/write/index.ts';
import type { ExtractedArticle } from '../ports/feeds.ts';
import type { ArticleView, AttemptView, SourceCounts } from '../ports/store/index.ts';

/**
 * What `--json` prints. The names are a contract: programs outside read them. Fields may be added, never renamed.
 * Instants become ISO 8601 UTC, `cost` is in US dollars (null: the model's price isn't known).
 */

/** `article`: as frozen, with its fate for the brand. */
export function articleRecord(article: ArticleView) {
  return {
    id: article.id,
    ...articleFields(article),
    guid: article.guid,
    source: article.source,
    state: article.fate?.state ?? null,
    waitingFor: article.fate?.waitingFor ?? null,
    reason: article.fate?.reason ?? null,
    seenAt: article.seenAt,
    contentHash: article.contentHash ?? null,
    correctedAt: article.correctedAt ?? null,
    corrections: article.corrections ?? [],
  };
}

/** An article that isn't stored: the same fields, those that only a stored one has are null. */
export function previewRecord(article: ExtractedArticle & { guid?: string | null }, source: string | null) {
  return {
    id: null,
    ...articleFields(article),
    guid: article.guid ?? null,
    source,
    state: null,
    waitingFor: null,
    reason: null,
    seenAt: null,
    robots: article.robots ?? null,
  };
}

/** An address that gave no article: its line says why. */
export function failedArticleRecord(url: string, reason: string) {
  const nothing = { title: null, author: null, publishedAt: null, language: null, text: null, image: null };
  return { id: null, url, guid: null, ...nothing, source: null, state: 'failed', reason };
}

function articleFields(article: ExtractedArticle | Article) {
  return {
    url: article.url,
    canonicalUrl: article.canonicalUrl,
    title: article.title,
    author: article.author,
    publishedAt: article.publishedAt,
    language: article.language,
    text: article.text,
    image: article.imageUrl,
    siteName: article.siteName,
    textFrom: article.textFrom,
    pageProblem: article.pageProblem,
  };
}

/** `source`: its feed's state, how its news is pushed, and what became of its articles. */
export function sourceRecord(source: Source & { counts?: SourceCounts }, subscription: Subscription | null = null) {
  const { feed } = source;
  return {
    id: source.id,
    url: feed.url,
    name: source.name ?? feed.title,
    kind: feed.kind,
    title: feed.title,
    language: feed.language,
    state: source.state,
    feedState: feed.state,
    reason: feed.reason,
    failures: feed.failures,
    firstPosts: source.firstPosts,
    tags: source.tags,
    filter: source.filter,
    lastPolledAt: feed.lastPolledAt,
    lastGoodAt: feed.lastGoodAt,
    nextPollAt: source.state === 'active' && feed.state !== 'gone' && feed.kind !== 'chat' ? feed.nextPollAt : null,
    push: subscription && pushRecord(subscription),
    counts: source.counts ?? null,
    createdAt: source.createdAt,
  };
}

function pushRecord({ hub, topic, state, reason, ...rest }: Subscription) {
  const { expiresAt, deliveredAt, deliveries, ignored, nextAt } = rest;
  return { hub, topic, state, reason, expiresAt, deliveredAt, deliveries, ignored, nextAt };
}

/** `channel`, named as people name it. */
export function channelRecord(channel: Channel) {
  return {
    id: channel.id,
    channel: channelRef(channel),
    platform: channel.platform,
    address: channel.address,
    name: channel.name,
    language: channel.language,
    auto: channel.auto,
    style: channel.style,
    state: channel.state,
    reason: channel.reason,
    schedule: channel.schedule,
    budgetMonth: inDollars(channel.budgetMonthMicros ?? null),
    createdAt: channel.createdAt,
  };
}

/** `post`; `url` is the article's. */
export function postRecord(view: {
  post: Post;
  channel: Channel;
  article: Article;
  delivery?: Delivery | null;
  writing?: Writing | null;
  messages?: readonly Delivery[];
  publishMicros?: number;
}) {
  const { post } = view;
  return {
    id: post.id,
    articleId: post.articleId,
    url: view.article.url,
    channel: channelRef(view.channel),
    language: post.language,
    text: post.text,
    format: post.format,
    state: post.state,
    reason: post.reason,
    plannedAt: post.plannedAt,
    grounding: post.grounding,
    cost: inDollars(totalMicros(view)),
    writingCost: inDollars(post.costMicros),
    publishingCost: inDollars(view.publishMicros ?? 0),
    writer: post.writer,
    approvedBy: post.approvedBy,
    approvedAt: post.approvedAt,
    label: post.label,
    substanceBy: post.substanceBy,
    substanceAt: post.substanceAt,
    createdAt: post.createdAt,
    ...briefFields(view.writing ?? null),
    alternative: post.alternative,
    articleCorrectedAt: post.articleCorrectedAt ?? null,
    delivery:
      view.delivery == null ? null : { id: view.delivery.id, state: view.delivery.state, url: view.delivery.url },
    parts: (view.messages ?? []).map(({ id, part, parts, state, url }) => ({ id, part, parts, state, url })),
  };
}

/** What a post cost with what its platform charged; null when the model's price isn't known. */
function totalMicros({ post, publishMicros = 0 }: { post: Post; publishMicros?: number }): number | null {
  return post.costMicros === null ? null : post.costMicros + publishMicros;
}

function inDollars(micros: number | null): number | null {
  return micros === null ? null : micros / 1_000_000;
}

/** What would be posted: a post that isn't stored. */
export function draftRecord(draft: Draft, article: { id: number | null; url: string }) {
  return {
    id: null,
    articleId: article.id,
    url: article.url,
    channel: channelRef(draft.place),
    language: draft.language,
    text: draft.text,
    format: draft.format,
    state: 'draft',
    reason: draft.concern,
    plannedAt: null,
    grounding: draft.grounding,
    label: draft.label,
    cost: inDollars(draft.costMicros),
    writer: draft.writer,
    ...briefFields(draft.brief),
    alternative: draft.alternative,
  };
}

/** What the writer said about the article beside the posts; null where it said nothing. */
function briefFields(brief: Brief | null) {
  const { headline = null, summary = null, altText = null, claims = null } = brief ?? {};
  return { headline, summary, altText, claims };
}

/** The same for a person: the summary, and each claim with the sentence that supports it. */
export function briefLines({ summary, altText, claims }: Brief): string[] {
  return [
    ...(summary === '' ? [] : [`\nIn short: ${summary}`]),
    ...(altText === '' ? [] : [`Picture: ${altText}`]),
    ...(claims.length === 0 ? [] : ['What it says, and where the article says it:']),
    ...claims.flatMap(({ claim, support, doubt }) => [
      `  - ${claim}`,
      support === null ? '    ! no sentence of the article was given for this' : `    “${support}”`,
      ...(doubt === null ? [] : [`    ! doubtful: ${doubt}`]),
    ]),
  ];
}

/** An article that could not be written about: its line says why. */
export function failedDraftRecord(url: string, reason: string) {
  const nothing = { channel: null, language: null, text: null, format: null };
  return {
    id: null,
    articleId: null,
    url,
    ...nothing,
    state: 'failed',
    reason,
    plannedAt: null,
    grounding: null,
    cost: 0,
  };
}

/** `delivery` with its ledger. */
export function deliveryRecord(view: { delivery: Delivery; channel: Channel; attempts: AttemptView[] }) {
  const { delivery } = view;
  return {
    id: delivery.id,
    postId: delivery.postId,
    channel: channelRef(view.channel),
    part: delivery.part,
    parts: delivery.parts,
    state: delivery.state,
    remoteId: delivery.remoteId,
    url: delivery.url,
    reason: delivery.reason,
    dueAt: delivery.dueAt,
    confirmedAt: delivery.confirmedAt,
    attempts: view.attempts.map(({ at, outcome, reason }) => ({ at, outcome, reason })),
  };
}

/** `lead` with the person's contacts: whoever may run the command may read them. */
export function leadRecord(lead: Lead) {
  return {
    id: lead.id,
    name: lead.name,
    stage: lead.stage,
    score: lead.score,
    reasons: lead.reasons,
    consents: lead.consents,
    touches: lead.touches.map(({ postId, articleId, channel, at, kind }) => ({ postId, articleId, channel, at, kind })),
    language: lead.language,
    contacts: lead.contacts,
    messages: lead.messages,
    createdAt: lead.createdAt,
  };
}
