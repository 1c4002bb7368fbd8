import type { Fate } from '../domain/article.ts';
import type { DeliveryState } from '../domain/delivery.ts';
import type { PostState } from '../domain/post.ts';

/** The states in words, for people. */

/** `waiting for review`. */
export function fateWords(fate: Fate | null): string {
  if (fate === null) return 'not for this brand';
  if (fate.state !== 'waiting' || fate.waitingFor === null) return fate.state;
  return `waiting for ${{ page: 'its page', relevance: 'a model to judge it', decision: 'your decision', channel: 'a channel', writer: 'the writer', review: 'review', delivery: 'delivery' }[fate.waitingFor]}`;
}

/** Of a post with its delivery, where it has one. */
export function postWordsOf(post: PostState, delivery: DeliveryState | null): string {
  if (post === 'review') return 'waiting for review';
  if (post === 'rejected' || delivery === null) return post;
  return deliveryWords(delivery);
}

/** `waiting to be sent`. */
export function deliveryWords(state: DeliveryState): string {
  const words: Record<DeliveryState, string> = {
    waiting: 'waiting to be sent',
    intent: 'being sent',
    confirmed: 'delivered',
    rejected: 'refused by the platform',
    unclear: 'unclear',
    dropped: 'dropped',
  };
  return words[state];
}
