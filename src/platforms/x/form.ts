import type { ChannelStyle } from '../../domain/channel.ts';
import type { PlatformForm } from '../../ports/platform.ts';
import { checkPost } from './check.ts';
import { compose, HASHTAGS } from './compose.ts';
import { lookIn } from './look.ts';
import { joined, line, untamed } from './tame.ts';
import { composeThread, PARTS_LIMIT, threadParts } from './thread.ts';
import { POST_LIMIT, weightedLength } from './weight.ts';

/** How posts are written and look on X, in a channel's style. */
export function xForm(style: ChannelStyle): PlatformForm {
  const links = style.links !== 'none';
  const threads = style.thread !== 'no';
  const partsOf = (text: string): string[] => (threads ? threadParts(text, style.thread === 'numbered') : [text]);
  return {
    format: 'plain',
    limits: {
      text: POST_LIMIT,
      count: threads ? (text) => Math.max(...partsOf(text).map(weightedLength)) : weightedLength,
      unit: threads ? 'weighted characters in the longest part' : 'weighted characters',
      // 280 less two links with their blank lines (50), an invitation (about 30) and a label (about 20); a thread of four parts.
      forWriter: threads ? 900 : 180,
      hashtags: HASHTAGS,
    },
    oneVoice: true,
    compose: (parts) => (threads ? composeThread(parts, links) : compose(parts, links)),
    check(text) {
      const parts = partsOf(text);
      if (parts.length > PARTS_LIMIT) return [`the thread has ${parts.length} parts; X takes ${PARTS_LIMIT}`];
      if (parts.length === 1) return checkPost(parts[0] ?? '', links);
      return parts.flatMap((part, index) =>
        checkPost(part, links).map((problem) => `part ${index + 1} of ${parts.length}: ${problem}`),
      );
    },
    partsOf,
    label: line,
    plainText: (text) => untamed(threads ? joined('\n\n', ...threadParts(text, false)) : text),
    look: lookIn(partsOf),
  };
}
