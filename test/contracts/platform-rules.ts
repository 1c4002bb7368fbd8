import { createRequire } from 'node:module';
import type { ChannelStyle } from '../../src/domain/channel.ts';
import { PLAIN_STYLE } from '../../src/domain/channel.ts';
import { embedOf } from '../../src/platforms/discord/embed.ts';
import { discordForm } from '../../src/platforms/discord/index.ts';
import { parseHtml } from '../../src/platforms/telegram/html.ts';
import { telegramForm } from '../../src/platforms/telegram/index.ts';
import { xForm } from '../../src/platforms/x/index.ts';
import type { PlatformForm, PostParts } from '../../src/ports/platform.ts';
import { CARD } from './platform.ts';

type TwitterText = typeof import('twitter-text');
const twitter = createRequire(import.meta.url)('twitter-text') as TwitterText;

/** One platform with the styles that change what goes out, and its rules in words that are not Crier's own check. */
export interface Ruled {
  name: string;
  styles: ChannelStyle[];
  form(style: ChannelStyle): PlatformForm;
  /** What the platform would refuse or what of the post is broken; empty = nothing. */
  faults(text: string, parts: PostParts, style: ChannelStyle, form: PlatformForm): string[];
}

const styled = (...wishes: Partial<ChannelStyle>[]): ChannelStyle[] =>
  wishes.map((wish) => ({ ...PLAIN_STYLE, ...wish }));

/** Discord finds these whatever `allowed_mentions` says, and shows them as calls. */
const DISCORD_CALLS = /@(?:everyone|here)|(?<!\\)<@[!&]?\d+>/u;

/** Every platform that posts in a form of its own. */
export const RULED: Ruled[] = [
  {
    name: 'telegram',
    styles: styled({}),
    form: telegramForm,
    faults(text, parts) {
      const parsed = parseHtml(text);
      if (!parsed.ok) return [parsed.error];
      const links = parsed.entities.filter(({ type }) => type === 'link').map(({ argument }) => argument);
      return [
        ...when(parsed.text.trim().length === 0, 'empty'),
        ...when(parsed.text.length > 4096, `${parsed.text.length} units`),
        ...when(parsed.entities.length > 100, `${parsed.entities.length} entities`),
        ...when(parts.link !== null && !links.includes(parts.link.url), 'the link is broken'),
        ...when(/(?<![\p{L}\p{N}_])@\w/u.test(parsed.text), 'a mention'),
        ...broken([parsed.text], parts),
      ];
    },
  },
  {
    name: 'discord',
    styles: styled({}, { preview: 'small' }, { preview: 'large', colour: '#ff8800' }),
    form: discordForm,
    faults(text, parts, style) {
      const embed = embedOf(text, style, CARD);
      const words = [embed?.title, embed?.description, embed?.footer?.text].filter((one) => one !== undefined);
      return [
        ...when(text.trim() === '', 'empty'),
        ...when(embed === null && text.length > 2000, `${text.length} units`),
        ...when((embed?.title?.length ?? 0) > 256, 'title'),
        ...when((embed?.description?.length ?? 0) > 4096, 'description'),
        ...when((embed?.footer?.text.length ?? 0) > 2048, 'footer'),
        ...when(words.join('').length > 6000, 'the card as a whole'),
        ...when(embed !== null && words.join('').trim() === '', 'an empty card'),
        ...when(parts.link !== null && !text.includes(`<${parts.link.url}>`), 'the link is broken'),
        ...when(DISCORD_CALLS.test(text), 'a mention'),
        ...broken([text], parts),
      ];
    },
  },
  {
    name: 'x',
    styles: styled({}, { links: 'none' }, { thread: 'yes' }, { thread: 'numbered' }, { thread: 'yes', links: 'none' }),
    form: xForm,
    faults(text, parts, style, form) {
      const messages = form.partsOf(text);
      const links = messages.flatMap((message) => twitter.extractUrls(message));
      const wanted = new Set(parts.hashtags.map((tag) => tag.replace(/[^\p{L}\p{M}\p{N}_]/gu, '').normalize('NFC')));
      const linkless = style.links === 'none';
      return [
        ...messages.flatMap((message) => [
          ...when(!twitter.parseTweet(message).valid, `${twitter.parseTweet(message).weightedLength} weighted`),
          ...when(twitter.extractMentions(message).length > 0, 'a mention'),
          ...when(twitter.extractCashtags(message).length > 1, 'cashtags'),
          ...when(
            twitter.extractHashtags(message).some((tag) => !wanted.has(tag)),
            'a hashtag that nobody asked for',
          ),
        ]),
        ...when(messages.length > 25, `${messages.length} parts`),
        ...when(linkless && links.length > 0, `bills ${links.join()} as a link`),
        ...when(!linkless && parts.link !== null && !links.includes(parts.link.url), 'the link is broken'),
        ...broken(messages, parts),
      ];
    },
  },
];

function when(fault: boolean, words: string): string[] {
  return fault ? [words] : [];
}

/** Half characters: surrogates alone, a joiner before a cut, a mark or joiner at the beginning of a part. */
function broken(messages: readonly string[], { body }: PostParts): string[] {
  // A paragraph that begins with a mark of its own (Zalgo does) is nobody's cut.
  const marked = /(?:^|\s)\p{M}/u.test(body);
  return messages.flatMap((message, index) => [
    ...when(!message.isWellFormed(), 'half a character'),
    ...when(/\u200d…/u.test(message), 'a cut inside a grapheme'),
    ...when(
      index > 0 && !marked && /^(?:\d+\/\d+ )?(?:\p{M}|\u200d|\p{Emoji_Modifier})/u.test(message),
      'a part begins inside a grapheme',
    ),
  ]);
}
