import type { Article } from '../domain/article.ts';
import { truncate } from '../lib/text.ts';
import type { Writer, WriteTarget, WrittenText } from '../ports/writer.ts';
import { choose, type Room } from './choose.ts';
import { hashtagsOf } from './hashtags.ts';
import { headlineOf } from './headline.ts';
import { stripHidden } from './hidden.ts';
import { type Candidate, rank } from './rank.ts';
import { type Sentence, sentences } from './sentences.ts';
import { whole } from './whole.ts';

/** As much of an article as is read; the news is at its beginning. */
const READ_CHARACTERS = 20_000;
/** Below this limit a post is one sentence, with the headline where there is room for both. */
const SHORT_LIMIT = 500;
const SENTENCES = { short: 1, long: 3, summary: 2 };
/** What a person would write in a channel, not what the platform would take. */
const LONGEST_BODY = 600;
/** A lead so much longer than the title brings something that the title doesn't say. */
const LEAD_SAYS_MORE = 1.3;
/** On a short platform, a sentence worth less than this much of the best one says nothing for itself. */
const WORTH_POSTING = 0.4;

/**
 * Writes without a model: the title as headline, under it the one to three sentences that say most, in the article's
 * order and letters; where the limit is short, the one best sentence. Always in the article's language: it can't
 * translate. No sentence is ever cut while there is a title to post instead.
 */
export function createOfflineWriter(): Writer {
  return {
    name: 'offline',
    async write(request) {
      const source = read(request.article);
      const most = Math.max(0, ...request.targets.map((target) => target.hashtags));
      const hashtags = hashtagsOf(request.article, source.all, most);
      return {
        texts: request.targets.map((target) => extract(source, hashtags, target)),
        writer: 'offline',
        inputTokens: 0,
        outputTokens: 0,
        costMicros: 0,
      };
    },
  };
}

/** The article in at most two of its own sentences, for a brief; empty where it has none that can stand alone. */
export function extractSummary(article: Article): string {
  const source = read(article);
  const fits = (chosen: readonly Candidate[]) => joined(chosen, source).length <= LONGEST_BODY;
  return joined(choose(source.candidates, { most: SENTENCES.summary, titled: false, fits }), source).replace(
    /\s+/gu,
    ' ',
  );
}

interface Source {
  title: string;
  text: string;
  all: Sentence[];
  candidates: Candidate[];
}

function read(article: Article): Source {
  const title = headlineOf(article);
  const text = stripHidden(article.text.slice(0, READ_CHARACTERS)).text;
  const all = sentences(text, article.language);
  if (article.text.length > READ_CHARACTERS && all.length > 1) all.pop();
  return { title, text, all, candidates: rank(all, title, article.language) };
}

function extract(source: Source, names: readonly string[], target: WriteTarget): WrittenText {
  const headline = truncate(source.title, target.limit, target.count);
  const room = (above: string, most: number): Room => ({
    most,
    titled: above !== '',
    fits: (chosen) => {
      const body = joined(chosen, source);
      return (
        body.length <= LONGEST_BODY && target.count(whole({ headline: above, body, hashtags: [] })) <= target.limit
      );
    },
  });
  const said = target.limit < SHORT_LIMIT ? short(source, headline, room) : long(source, headline, room);
  const body = said.chosen.length === 0 && said.headline === '' ? cut(source, target) : joined(said.chosen, source);
  return { target: target.id, headline: said.headline, body, hashtags: tagged(names, target, said.headline, body) };
}

/** The lead, where it says the headline and more. */
function sayingMore(source: Source, headline: string): Candidate | undefined {
  return source.candidates.find(
    (one) => one.leads && one.repeatsTitle && one.text.length > LEAD_SAYS_MORE * headline.length,
  );
}

type RoomUnder = (headline: string, most: number) => Room;

/** The headline and sentences; where the lead says the headline and more, it stands in its place. */
function long(source: Source, headline: string, room: RoomUnder): { headline: string; chosen: Candidate[] } {
  const lead = sayingMore(source, headline);
  if (lead !== undefined) {
    const chosen = choose(source.candidates, room('', SENTENCES.long));
    if (chosen[0] === lead) return { headline: '', chosen };
  }
  return { headline, chosen: choose(source.candidates, room(headline, SENTENCES.long)) };
}

/**
 * The headline and a sentence; where only a poor one fits beside it, the sentence that says what the headline says
 * alone, or the headline alone.
 */
function short(source: Source, headline: string, room: RoomUnder): { headline: string; chosen: Candidate[] } {
  if (headline === '') return { headline, chosen: choose(source.candidates, room('', SENTENCES.short)) };
  const lead = sayingMore(source, headline);
  if (lead !== undefined && room('', SENTENCES.short).fits([lead])) return { headline: '', chosen: [lead] };
  const best = Math.max(...source.candidates.map((one) => (one.standing === 'sound' ? one.score : 0)), 0);
  const good = source.candidates.filter(
    (one) => best === 0 || (one.standing === 'sound' && one.score >= WORTH_POSTING * best),
  );
  const below = choose(good, room(headline, SENTENCES.short));
  if (below.length > 0) return { headline, chosen: below };
  const telling = good.filter((one) => one.tellsTitle);
  const alone = choose(telling, room('', SENTENCES.short));
  return { headline: alone.length > 0 ? '' : headline, chosen: alone };
}

/** As many hashtags as the target wants and has room for. */
function tagged(names: readonly string[], target: WriteTarget, headline: string, body: string): string[] {
  const hashtags = names.slice(0, Math.max(0, target.hashtags));
  while (hashtags.length > 0 && target.count(whole({ headline, body, hashtags })) > target.limit) hashtags.pop();
  return hashtags;
}

/** Sentences that stand side by side in a paragraph go on; others begin a paragraph of their own. */
function joined(chosen: readonly Candidate[], source: Source): string {
  let body = '';
  chosen.forEach((candidate, index) => {
    const last = chosen[index - 1];
    const adjacent =
      last !== undefined &&
      last.paragraph === candidate.paragraph &&
      source.text.slice(last.end, candidate.start).trim() === '';
    const gap = adjacent ? source.text.slice(last.end, candidate.start).replace(/\s+/gu, ' ') : '\n\n';
    body += index === 0 ? candidate.text : gap + candidate.text;
  });
  return body;
}

/** For an article without a title: the beginning of the best sentence, where none fits whole. */
function cut(source: Source, target: WriteTarget): string {
  const [best] = [...source.candidates].sort((left, right) => right.score - left.score);
  return best === undefined ? '' : truncate(best.text, Math.min(target.limit, LONGEST_BODY), target.count);
}
