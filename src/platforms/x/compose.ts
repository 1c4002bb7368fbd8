import { plainLine, truncate } from '../../lib/text.ts';
import type { PostParts } from '../../ports/platform.ts';
import { entities, hasInvalidCharacters, isHashtag, POST_LIMIT, weightedLength } from './weight.ts';

/** X allows programs one. */
const CASHTAGS = 1;
/** More look like spam. */
export const HASHTAGS = 2;
/** What is left of a body must say something: shorter rests are left out. */
const LEAST_BODY = 40;

/**
 * The parts as one post of at most 280 weighted characters. When there is no room, hashtags go first, then the invitation,
 * then the end of the body; link and label stay. A headline that the body repeats is left out.
 */
export function compose(parts: PostParts): string {
  const story = tame(paragraphs(head(parts.body)), CASHTAGS);
  const title = tame(line(head(parts.headline)), CASHTAGS);
  const headline = says(story, title) ? '' : title;
  const bodyCashtags = CASHTAGS - entities(headline).filter((entity) => 'cashtag' in entity).length;
  const body = tame(story, bodyCashtags);
  const label = parts.aiLabel === null ? '' : tame(line(parts.aiLabel), 0);
  const invitation =
    parts.callToAction === null ? '' : `${tame(line(parts.callToAction.text), 0)}: ${parts.callToAction.url}`;
  const hashtags = tags(parts.hashtags);
  const post = (text: string, withInvitation: string, withTags: string): string =>
    joined('\n\n', text, withInvitation, joined('\n', parts.link.url, withTags, label));

  const whole = joined('\n\n', headline, body);
  if (weightedLength(whole) < POST_LIMIT)
    for (const text of [post(whole, invitation, hashtags), post(whole, invitation, ''), post(whole, '', '')])
      if (weightedLength(text) <= POST_LIMIT) return text;

  const room = POST_LIMIT - weightedLength(post('', '', '')) - 2;
  const bodyRoom = headline === '' ? room : room - weightedLength(headline) - 2;
  const cut =
    body !== '' && bodyRoom >= LEAST_BODY
      ? joined('\n\n', headline, shorten(body, bodyRoom, bodyCashtags))
      : shorten(headline || body, room, CASHTAGS);
  return post(cut, '', '');
}

/** What X or its rules for programs would refuse. */
export function check(text: string): string[] {
  if (text.trim() === '') return ['the post is empty'];
  const problems: string[] = [];
  const length = weightedLength(text);
  if (length > POST_LIMIT)
    problems.push(
      `the post is ${length} weighted characters long; X takes ${POST_LIMIT} (a link counts 23, an emoji 2)`,
    );
  if (!text.isWellFormed() || hasInvalidCharacters(text)) problems.push('the post holds characters that X refuses');
  const found = entities(text);
  for (const entity of found)
    if ('screenName' in entity)
      problems.push(
        `the post mentions @${entity.screenName}; X limits programs that mention people: write the name without @`,
      );
  if (found.filter((entity) => 'cashtag' in entity).length > CASHTAGS)
    problems.push('the post holds more than one cashtag; X allows programs one');
  return problems;
}

/**
 * Takes the life out of text that came from outside: `@name` → `@ name` (a full-width ＠ would still ping), `#word` →
 * `word`, `$ACME` → `ACME` beyond the first `cashtags`.
 */
function tame(text: string, cashtags: number): string {
  let tamed = text;
  for (;;) {
    let seen = 0;
    const live = entities(tamed).find((entity) => {
      if ('cashtag' in entity) seen += 1;
      return 'screenName' in entity || 'hashtag' in entity || seen > cashtags;
    });
    if (!live) return tamed;
    const [start] = live.indices;
    const sign = 'screenName' in live ? `${tamed.charAt(start)} ` : '';
    tamed = tamed.slice(0, start) + sign + tamed.slice(start + 1);
  }
}

/** As many whole sentences as fit when they fill half the room, otherwise words and an ellipsis. */
function shorten(text: string, room: number, cashtags: number): string {
  let limit = room;
  for (;;) {
    const cut = tame(sentencesWithin(text, limit) ?? truncate(text, limit, weightedLength), cashtags).trim();
    const over = weightedLength(cut) - room;
    if (over <= 0 || cut === '') return cut;
    // A cut can make a link of what was none, or taming can add a space.
    limit -= Math.max(1, over);
  }
}

const sentences = new Intl.Segmenter('und', { granularity: 'sentence' });
function sentencesWithin(text: string, limit: number): string | null {
  let fitting = '';
  for (const { index, segment } of sentences.segment(text)) {
    const next = text.slice(0, index + segment.length).trim();
    if (!/[.!?…。！？]["'”’»)]*$/u.test(next)) continue;
    if (weightedLength(next) > limit) break;
    fitting = next;
  }
  return weightedLength(fitting) >= limit / 2 ? fitting : null;
}

/** More than a post of words can hold; X's patterns take quadratic time on long text. */
const ENOUGH = 600;
function head(text: string): string {
  return truncate(text.slice(0, 2 * ENOUGH), ENOUGH);
}

function line(text: string): string {
  const whole = text.toWellFormed().normalize('NFC');
  return plainLine(whole.replace(/[\ufffe\uffff]/gu, ''));
}

function paragraphs(text: string): string {
  return joined('\n\n', ...text.split(/\n\s*\n/u).map(line));
}

function joined(separator: string, ...pieces: string[]): string {
  return pieces.filter((piece) => piece !== '').join(separator);
}

/** Whether the body says the headline, give or take case and the stop at its end. */
function says(body: string, headline: string): boolean {
  return body.toLowerCase().includes(headline.toLowerCase().replace(/[.!?…\s]+$/u, ''));
}

function tags(hashtags: readonly string[]): string {
  return [...new Set(hashtags.map((tag) => line(tag).replace(/[^\p{L}\p{M}\p{N}_]/gu, '')))]
    .filter((tag) => tag.length <= 30 && isHashtag(tag))
    .slice(0, HASHTAGS)
    .map((tag) => `#${tag}`)
    .join(' ');
}
