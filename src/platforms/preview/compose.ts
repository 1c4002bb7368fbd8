import { plainLine, truncate } from '../../lib/text.ts';
import type { PlatformForm, PostParts } from '../../ports/platform.ts';
import { look } from './look.ts';

const LIMIT = 4000;
const HASHTAGS = 5;

/** A post without any platform's habits: what a preview shows that isn't named after a platform. */
export const plainForm: PlatformForm = {
  format: 'plain',
  oneVoice: false,
  limits: { text: LIMIT, count: (text) => text.length, unit: 'characters', forWriter: 1200, hashtags: HASHTAGS },
  compose,
  check,
  partsOf: (text) => [text],
  label: line,
  plainText: (text) => text,
  look,
};

function compose(parts: PostParts): string {
  const hashtags = parts.hashtags
    .map((tag) => line(tag).replace(/[^\p{L}\p{M}\p{N}_]/gu, ''))
    .filter((tag) => tag !== '')
    .slice(0, HASHTAGS)
    .map((tag) => `#${tag}`);
  const { link, callToAction } = parts;
  const tail = [
    link ? `${line(link.label)}: ${link.url}` : '',
    callToAction ? `${line(callToAction.text)}: ${callToAction.url}` : '',
    [...new Set(hashtags)].join(' '),
    line(parts.aiLabel ?? ''),
  ].filter((piece) => piece !== '');
  const headline = truncate(line(parts.headline), 300);
  const body = parts.body
    .split(/\n\s*\n/u)
    .map(line)
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
  const room = LIMIT - [headline, ...tail].join('\n\n').length - 4;
  return [headline, truncate(body.slice(0, 2 * LIMIT).toWellFormed(), room), ...tail]
    .filter((piece) => piece !== '')
    .join('\n\n');
}

function check(text: string): string[] {
  if (text.trim() === '') return ['the post is empty'];
  return text.length > LIMIT ? [`the post is ${text.length} characters long; the preview takes ${LIMIT}`] : [];
}

function line(text: string): string {
  return plainLine(text.toWellFormed());
}
