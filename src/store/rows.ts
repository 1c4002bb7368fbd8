import type { Article, Fate, FateState, WaitingFor } from '../domain/article.ts';
import { type Channel, type ChannelState, type ChannelStyle, PLAIN_STYLE } from '../domain/channel.ts';
import type { Correction } from '../domain/correction.ts';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { Alternative, Grounding, Post, PostCard, PostFormat, PostState } from '../domain/post.ts';
import type { Claim, Writing } from '../domain/writing.ts';
import type {
  Article as ArticleRow,
  Channel as ChannelRow,
  Delivery as DeliveryRow,
  Fate as FateRow,
  Post as PostRow,
  Writing as WritingRow,
} from './generated/client.ts';
import { toSchedule } from './schedule-json.ts';

/** A stored row as the domain knows it. */
export function toArticle({ urlKey: _, entry: __, sketch: ___, recheckAt: ____, ...row }: ArticleRow): Article {
  const { textFrom, corrections, ...article } = row;
  return {
    ...article,
    textFrom: textFrom as Article['textFrom'],
    corrections: (corrections as unknown as StoredCorrection[]).map((one) => ({ ...one, at: new Date(one.at) })),
  };
}

type StoredCorrection = Omit<Correction, 'at'> & { at: string };

/** A stored row as the domain knows it. */
export function toFate({ claimedBy: _, state, waitingFor, ...row }: FateRow): Fate {
  return { ...row, state: state as FateState, waitingFor: waitingFor as WaitingFor | null };
}

/** A stored row as the domain knows it. */
export function toChannel(whole: ChannelRow): Channel {
  const { state, style, schedule, checkedAt: _, pageReadAt: __, ...row } = whole;
  return {
    ...row,
    state: state as ChannelState,
    style: { ...PLAIN_STYLE, ...(style as Partial<ChannelStyle>) },
    schedule: toSchedule(schedule, `channel ${row.id}`),
  };
}

/** A stored row as the domain knows it. */
export function toPost(row: PostRow): Post {
  return {
    ...row,
    format: row.format as PostFormat,
    state: row.state as PostState,
    grounding: row.grounding as unknown as Grounding,
    alternative: row.alternative as Alternative | null,
    card: row.card as unknown as PostCard | null,
  };
}

/** A stored row as the domain knows it. */
export function toDelivery(whole: DeliveryRow): Delivery {
  const { claimedBy: _, nextMeasureAt: __, lookAt: ___, looks: ____, state, ...row } = whole;
  return { ...row, state: state as DeliveryState };
}

/** A stored row as the domain knows it. */
export function toWriting(row: WritingRow): Writing {
  return { ...row, claims: row.claims as unknown as Claim[] };
}
