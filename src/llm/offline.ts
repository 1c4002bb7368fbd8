import type { Article } from '../domain/article.ts';
import { plainLine, truncate } from '../lib/text.ts';
import type { Writer, WriteTarget, WrittenText } from '../ports/writer.ts';
import { stripHidden } from './hidden.ts';
import { type Candidate, rank, sameAs } from './rank.ts';
import { type Sentence, sentences } from './sentences.ts';
import { whole } from './whole.ts';

/** As much of an article as is read; the news is at its beginning. */
const READ_CHARACTERS = 60_000;
/** Below this limit a post is the headline and one sentence. */
const SHORT_LIMIT = 500;
const SENTENCES = { short: 1, long: 3 };
/** What a person would write in a channel, not what the platform would take. */
const LONGEST_BODY = 600;
/** Less room than this is not worth a cut sentence under a headline. */
const SMALLEST_CUT = 40;

/**
 * Writes without a model: the title as headline, under it the one to three sentences that say most, in the article's
 * order and letters. Always in the article's language: it cannot translate. A sentence is cut only where none fits.
 */
export function createOfflineWriter(): Writer {
  return {
    name: 'offline',
    async write(request) {
      const source = read(request.article);
      return {
        texts: request.targets.map((target) => extract(source, target)),
        writer: 'offline',
        inputTokens: 0,
        outputTokens: 0,
        costMicros: 0,
      };
    },
  };
}

interface Source {
  title: string;
  text: string;
  all: Sentence[];
  candidates: Candidate[];
}

function read(article: Article): Source {
  const title = plainLine(stripHidden(article.title).text);
  const text = stripHidden(article.text.slice(0, READ_CHARACTERS)).text;
  const all = sentences(text, article.language);
  if (article.text.length > READ_CHARACTERS && all.length > 1) all.pop();
  return { title, text, all, candidates: rank(all, title, article.language) };
}

function extract(source: Source, target: WriteTarget): WrittenText {
  const headline = truncate(source.title, target.limit, target.count);
  const fits = (body: string) => target.count(whole({ headline, body, hashtags: [] })) <= target.limit;
  const most = target.limit < SHORT_LIMIT ? SENTENCES.short : SENTENCES.long;
  let chosen: Candidate[] = [];
  for (const candidate of [...source.candidates].sort((left, right) => right.score - left.score)) {
    if (chosen.length === most) break;
    if (chosen.some((one) => sameAs(one.stems, candidate.stems))) continue;
    const longer = [...chosen, candidate].sort((left, right) => left.start - right.start);
    const body = joined(longer, source);
    if (body.length <= LONGEST_BODY && fits(body)) chosen = longer;
  }
  const body = chosen.length > 0 ? joined(chosen, source) : cut(source, target, headline);
  return { target: target.id, headline, body: fits(body) ? body : '', hashtags: [] };
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

/** The beginning of the best sentence where none fits whole: as much as there is room for. */
function cut(source: Source, target: WriteTarget, headline: string): string {
  const best = source.candidates.reduce<Candidate | null>(
    (top, one) => (top === null || one.score > top.score ? one : top),
    null,
  );
  if (best === null) return '';
  const taken = headline === '' ? 0 : target.count(`${headline}\n\n`);
  const room = Math.min(target.limit - taken, LONGEST_BODY);
  if (headline !== '' && room < SMALLEST_CUT) return '';
  return truncate(best.text, room, target.count);
}
