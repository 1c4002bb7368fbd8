import type { ChannelStyle } from '../../domain/channel.ts';
import { escapeHtml, plainLine, truncate } from '../../lib/text.ts';
import type { PlatformForm, PostParts, TextLimits } from '../../ports/platform.ts';
import { parseHtml } from './html.ts';
import { lookIn } from './look.ts';

/** Bot API: a text has 1-4096 characters after its entities are parsed; counted in UTF-16 units, which no server counts higher. */
const TEXT_LIMIT = 4096;
/** Bot API: what is beyond is dropped without a word. */
const ENTITY_LIMIT = 100;
/** Longer than any headline or label that is meant. */
const LINE_LIMIT = 250;
const BREAK = '\n\n';
/** Breaks a mention without being seen. */
const WORD_JOINER = '\u2060';

const limits: TextLimits = {
  text: TEXT_LIMIT,
  count: (text) => text.length,
  unit: 'characters',
  // Headline, text, link and label together then fit under a picture too: a caption has 1024.
  forWriter: 850,
  hashtags: 5,
};

/** How posts are written and look on Telegram, in a channel's style. */
export function telegramForm(style: ChannelStyle): PlatformForm {
  const look = lookIn(style);
  const partsOf = (text: string): string[] => [text];
  return { format: 'html', limits, oneVoice: false, compose, check, partsOf, label, plainText, look };
}

function compose(parts: PostParts): string {
  const headline = truncate(letters(parts.headline), LINE_LIMIT);
  const tags = hashtags(parts.hashtags).join(' ');
  const links = [
    ...(parts.link ? [{ url: parts.link.url, text: parts.link.label }] : []),
    ...(parts.callToAction ? [parts.callToAction] : []),
  ].map(({ url, text }) => ({ url, text: truncate(letters(text), LINE_LIMIT) }));
  const ownLine = truncate(letters(parts.aiLabel ?? ''), LINE_LIMIT);

  const others = [headline, tags, links.map((link) => link.text).join('\n'), ownLine].filter(Boolean);
  const taken = others.reduce((sum, part) => sum + part.length + BREAK.length, 0);
  const body = truncate(paragraphs(parts.body), TEXT_LIMIT - taken);

  return [
    headline && `<b>${escapeHtml(headline)}</b>`,
    escapeHtml(body),
    tags,
    links.map((link) => `<a href="${escapeHtml(link.url)}">${escapeHtml(link.text)}</a>`).join('\n'),
    ownLine && label(ownLine),
  ]
    .filter(Boolean)
    .join(BREAK);
}

function label(line: string): string {
  return `<i>${escapeHtml(truncate(letters(line), LINE_LIMIT))}</i>`;
}

function check(text: string): string[] {
  const parsed = parseHtml(text);
  if (!parsed.ok) return [`Telegram would refuse the markup: ${parsed.error}`];
  const length = limits.count(parsed.text);
  if (parsed.text.trim() === '') return ['The text is empty.'];
  if (parsed.entities.length > ENTITY_LIMIT)
    return [`The text has ${parsed.entities.length} pieces of formatting and links; Telegram shows ${ENTITY_LIMIT}.`];
  if (length > TEXT_LIMIT) return [`The text has ${length} characters; Telegram takes ${TEXT_LIMIT}.`];
  return [];
}

function plainText(text: string): string {
  const parsed = parseHtml(text);
  return (parsed.ok ? parsed.text : text).replaceAll(`@${WORD_JOINER}`, '@').trim();
}

function paragraphs(body: string): string {
  return body
    .replace(/\r\n?/gu, '\n')
    .split(/\n\s*\n/u)
    .map((paragraph) => paragraph.split('\n').map(letters).filter(Boolean).join('\n'))
    .filter(Boolean)
    .join(BREAK);
}

/** One line in which nothing is a mention: a post must not call or advertise accounts that its article names. */
function letters(line: string): string {
  return plainLine(line.toWellFormed()).replace(/(?<![\p{L}\p{N}_])@(?=\w)/gu, `@${WORD_JOINER}`);
}

/** `#word` for each; what can't stand in a Telegram hashtag becomes `_` or goes. */
function hashtags(words: readonly string[]): string[] {
  const names = words
    .map((word) =>
      word
        .normalize('NFC')
        .trim()
        .replace(/[\s-]+/gu, '_')
        .replace(/[^\p{L}\p{M}\p{N}_]/gu, ''),
    )
    .filter((name) => /\p{L}/u.test(name) && name.length <= 60);
  return [...new Set(names)].slice(0, limits.hashtags).map((name) => `#${name}`);
}
