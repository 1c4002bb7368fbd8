import type { GroundingFailure } from '../domain/post.ts';
import { avoidedWords, countEmoji, MOST_EMOJI } from '../domain/voice.ts';
import { plainLine, truncate } from '../lib/text.ts';
import type { WriteRequest, WriteTarget, WrittenText } from '../ports/writer.ts';
import { ground } from './grounding.ts';
import { lacksDiacritics, otherLanguage } from './language.ts';
import { languageName } from './prompt.ts';
import { type Allowed, type Sanitised, sanitise, sanitiseHashtag } from './sanitise.ts';
import { whole } from './whole.ts';

type Said = Pick<WrittenText, 'headline' | 'body' | 'hashtags'>;
type Text = Omit<WrittenText, 'target' | 'alternative'>;

const LONGEST_SPAN_TOLD = 120;

/** A model's post without what a post may not carry; what the article doesn't have is reported in `removed`. */
export function cleaned(post: Said, target: WriteTarget, allowed: Allowed): Text {
  const removed: GroundingFailure[] = [];
  const take = ({ text, removed: more }: Sanitised) => {
    removed.push(...more);
    return text;
  };
  const headline = plainLine(take(sanitise(post.headline, allowed)));
  const body = take(sanitise(post.body, allowed));
  // A tag that was an address or an account is one without its dots, too.
  const clean = post.hashtags.map((tag) => sanitise(tag, allowed));
  for (const { removed: more } of clean) removed.push(...more);
  const tags = clean
    .map((tag) => (tag.removed.length > 0 ? '' : sanitiseHashtag(tag.text)))
    .filter((tag) => tag !== '');
  const hashtags = [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()].slice(0, target.hashtags);
  return { headline, body, hashtags, removed };
}

/** Why the post can't be used: empty, too long, in another language, without its diacritics. */
export async function faults(text: Text, target: WriteTarget, request: WriteRequest): Promise<string[]> {
  const said = `${text.headline}\n${text.body}`.trim();
  if (said === '' || (text.body === '' && request.article.text.trim() !== ''))
    return [`target ${target.id} has no body`];
  const problems: string[] = [];
  const length = target.count(whole(text));
  if (length > target.limit)
    problems.push(
      `target ${target.id} has ${length} ${target.unit} (headline, body and hashtags together), its limit is ${target.limit}: make it shorter`,
    );
  const language = languageName(request.language);
  if ((await otherLanguage(said, request.language)) !== null)
    problems.push(`target ${target.id} is not written in ${language}: write it in that language`);
  else if (lacksDiacritics(said, request.language))
    problems.push(`target ${target.id} has no diacritics: write ${language} with all its letters`);
  return problems;
}

/** What the post should not say or have, told to the model, and what of it a person should know if it stays. */
export function shortfalls(
  text: Text,
  target: WriteTarget,
  { article, brand, language }: WriteRequest,
): { told: string[]; concern: string | null } {
  const said = whole(text);
  const beyond = [...(text.removed ?? []), ...ground(article, said, []).failures];
  const avoided = avoidedWords(said, brand.voice, language);
  const emoji = countEmoji(said);
  const most = MOST_EMOJI[brand.voice.emoji];
  const voice = [
    ...avoided.map((word) => `uses “${word}”, which the brand avoids`),
    ...(emoji > most ? [`has ${emoji} emoji, the brand wants ${most === 0 ? 'none' : `at most ${most}`}`] : []),
  ];
  const told = [
    ...beyond.map(
      ({ span, reason }) =>
        `says "${truncate(plainLine(span), LONGEST_SPAN_TOLD)}": ${reason}; leave it out or correct it`,
    ),
    ...voice,
  ].map((problem) => `target ${target.id} ${problem}`);
  return { told, concern: voice.length === 0 ? null : `the text ${voice.join('; ')}` };
}
