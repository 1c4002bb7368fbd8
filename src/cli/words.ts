import type { Fate } from '../domain/article.ts';
import type { Delivery, DeliveryState } from '../domain/delivery.ts';
import type { PostState } from '../domain/post.ts';

/** The states in words, for people. */

/** `waiting for review`. */
export function fateWords(fate: Fate | null): string {
  if (fate === null) return 'not for this brand';
  if (fate.state !== 'waiting' || fate.waitingFor === null) return fate.state;
  return `waiting for ${{ page: 'its page', relevance: 'a model to judge it', decision: 'your decision', channel: 'a channel', writer: 'the writer', review: 'review', delivery: 'delivery' }[fate.waitingFor]}`;
}

/** Of a post with its delivery, where it has one. */
export function postWordsOf({ post, delivery, messages = [] }: PostStanding): string {
  if (post.state === 'review') return 'waiting for review';
  if (post.state === 'rejected' || delivery == null) return post.state;
  const there = messages.filter((message) => message.state === 'confirmed').length;
  if (there > 0 && there < delivery.parts) {
    const last = messages.at(-1)?.state ?? 'waiting';
    return `${there} of ${delivery.parts} parts delivered${last === 'confirmed' ? '' : `, the next ${deliveryWords(last)}`}`;
  }
  return deliveryWords(delivery.state);
}

interface PostStanding {
  post: { state: PostState };
  delivery?: Pick<Delivery, 'state' | 'parts'> | null;
  messages?: readonly Pick<Delivery, 'state'>[];
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
