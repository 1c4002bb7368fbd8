import type { ChannelStyle } from '../../domain/channel.ts';
import type { PlatformForm, PostParts, TextLimits } from '../../ports/platform.ts';
import { escapeMarkdown, escapeWithin, markdownLink } from './escape.ts';
import { lookIn } from './look.ts';
import { type Inline, parseMarkdown } from './markdown.ts';

/** Discord counts code points; UTF-16 units are never fewer. */
const limits: TextLimits = {
  text: 2000,
  count: (text) => text.length,
  unit: 'characters',
  forWriter: 1400,
  hashtags: 3,
};

/** The most that each part but the body may take, escaped. Together they leave room for two links of 400 characters. */
const HEADLINE_LIMIT = 300;
const LABEL_LIMIT = 100;
const CALL_LIMIT = 250;
const HASHTAG_LIMIT = 50;
const AI_LABEL_LIMIT = 200;
/** A body cut to less than this says nothing. */
const SHORTEST_BODY = 40;

/** Bold headline, body, links, hashtags, and the label as small print. Only the body is cut to make the rest fit. */
export function compose(parts: PostParts): string {
  const headline = escapeWithin(parts.headline.replace(/\s+/gu, ' '), HEADLINE_LIMIT);
  const call = parts.callToAction;
  const tags = parts.hashtags.map(hashtag).filter((tag) => tag !== '');
  const { link } = parts;
  const links = link === null ? [] : [markdownLink(escapeWithin(link.label, LABEL_LIMIT), link.url)];
  if (call !== null) links.push(markdownLink(escapeWithin(call.text, CALL_LIMIT), call.url));

  const head = headline === '' ? '' : `**${headline}**`;
  const tail = [...links, tags.slice(0, limits.hashtags).join(' '), parts.aiLabel ? label(parts.aiLabel) : ''];
  const end = tail.filter((line) => line !== '').join('\n');
  const room = limits.text - head.length - end.length - 2 * '\n\n'.length;
  const whole = escapeMarkdown(parts.body);
  const body = whole.length <= room ? whole : room < SHORTEST_BODY ? '' : escapeWithin(parts.body, room);
  return [head, body, end].filter((block) => block !== '').join('\n\n');
}

function label(line: string): string {
  return `-# ${escapeWithin(line.replace(/\s+/gu, ' '), AI_LABEL_LIMIT)}`;
}

/** `#Word`, escaped; empty when no letter or digit is left. */
function hashtag(tag: string): string {
  const word = tag.normalize('NFC').replace(/[^\p{L}\p{N}\p{M}_]/gu, '');
  return /[\p{L}\p{N}]/u.test(word) ? `#${escapeMarkdown(word.slice(0, HASHTAG_LIMIT))}` : '';
}

/** What Discord would refuse, and mentions that would call people. */
export function check(text: string): string[] {
  const problems: string[] = [];
  const length = limits.count(text);
  if (text.trim() === '') problems.push('the text is empty');
  if (length > limits.text) problems.push(`the text has ${length} characters, Discord takes ${limits.text}`);
  const everyone = /@(?:everyone|here)/iu.exec(text)?.[0];
  if (everyone !== undefined) problems.push(`the text calls ${everyone}; Crier never pings a whole server`);
  if (/(?<!\\)<@[!&]?\d+>/u.test(text)) problems.push('the text mentions a person or a role; Crier never pings people');
  return problems;
}

/** The words as people read them in Discord: escapes undone, markup gone, a masked link is its words. */
export function plainText(text: string): string {
  return parseMarkdown(text)
    .map((line) => `${line.kind === 'item' ? '• ' : ''}${wordsOf(line.parts)}`)
    .join('\n')
    .trim();
}

function wordsOf(parts: readonly Inline[]): string {
  return parts.map((part) => ('parts' in part ? wordsOf(part.parts) : part.text)).join('');
}

/** How posts are written and look on Discord, in a channel's style; needs no token. */
export function discordForm(style: ChannelStyle): PlatformForm {
  const partsOf = (text: string): string[] => [text];
  const look = lookIn(style);
  return { format: 'markdown', limits, oneVoice: false, compose, check, partsOf, label, plainText, look };
}
