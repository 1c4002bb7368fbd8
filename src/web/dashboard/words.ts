import type { Fate } from '../../domain/article.ts';
import type { PostView } from '../../ports/store/index.ts';

/** A state in words, and how it is coloured. */
export interface Standing {
  words: string;
  tone: 'good' | 'busy' | 'yours' | 'bad' | 'off';
}

/** What became of an article. `yours` = it waits for somebody who reads this page. */
export function fateStanding(fate: Fate): Standing {
  switch (fate.state) {
    case 'posted':
      return { words: 'Posted', tone: 'good' };
    case 'filtered':
      return { words: 'Left out', tone: 'off' };
    case 'failed':
      return { words: 'Failed', tone: 'bad' };
    case 'waiting':
      switch (fate.waitingFor) {
        case 'page':
          return { words: 'Reading the page', tone: 'busy' };
        case 'relevance':
          return { words: 'Checking whether it fits', tone: 'busy' };
        case 'decision':
          return { words: 'Waiting for your decision', tone: 'yours' };
        case 'writer':
          return { words: 'Being written', tone: 'busy' };
        case 'channel':
          return { words: 'Waiting for a channel', tone: 'yours' };
        case 'review':
          return { words: 'Waiting for your review', tone: 'yours' };
        default:
          return fate.reason?.startsWith('unclear')
            ? { words: 'Unclear', tone: 'yours' }
            : { words: 'On its way', tone: 'busy' };
      }
  }
}

/** What became of a post and its delivery. */
export function postStanding({ post, delivery, messages }: PostView): Standing {
  if (post.state === 'review') return { words: 'To review', tone: 'yours' };
  if (post.state === 'rejected') return { words: 'Rejected', tone: 'off' };
  const there = messages.filter((message) => message.state === 'confirmed').length;
  if (delivery !== null && there > 0 && there < delivery.parts) {
    const stopped = !['waiting', 'intent', 'confirmed'].includes(messages.at(-1)?.state ?? 'waiting');
    return { words: `${there} of ${delivery.parts} parts`, tone: stopped ? 'bad' : 'busy' };
  }
  switch (delivery?.state) {
    case 'confirmed':
      return { words: 'Posted', tone: 'good' };
    case 'rejected':
      return { words: 'Refused', tone: 'bad' };
    case 'unclear':
      return { words: 'Unclear', tone: 'yours' };
    case 'dropped':
      return { words: 'Dropped', tone: 'off' };
    default:
      return { words: 'On its way', tone: 'busy' };
  }
}

/** A reason without the name of its rule: `duplicate: the brand…` → `the brand…`. */
export function reasonWords(reason: string): string {
  return reason.replace(/^[a-z]+(?:-[a-z]+)*: /u, '');
}
