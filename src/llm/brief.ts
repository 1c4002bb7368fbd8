import { z } from 'zod';
import type { Brief } from '../domain/writing.ts';
import { plainLine, truncate } from '../lib/text.ts';
import type { WriteRequest } from '../ports/writer.ts';
import { ground } from './grounding.ts';
import { otherLanguage } from './language.ts';
import { type Allowed, sanitise } from './sanitise.ts';
import { standsIn, wordingOf } from './support.ts';
import { typeset } from './typography.ts';

const LONGEST = { headline: 200, summary: 700, altText: 300, claim: 400, support: 1000 };
const MOST_CLAIMS = 12;

/** What a model must say about the article, beside the posts. */
export const briefShape = {
  claims: z.array(z.object({ claim: z.string(), support: z.string() })),
  headline: z.string(),
  summary: z.string(),
  altText: z.string(),
};

/** As a model says it; one that leaves something out has given nothing for it. */
export const saidBriefSchema = z.object({
  claims: z
    .array(
      z
        .object({ claim: z.string(), support: z.string().catch('') })
        .nullable()
        .catch(null),
    )
    .catch([]),
  headline: z.string().catch(''),
  summary: z.string().catch(''),
  altText: z.string().catch(''),
});

/**
 * A model's brief as it may be kept and shown: cleaned like a post, and empty where it claims more than the article
 * or is in another language. A claim that says more is doubted; one whose support doesn't stand in the article has none.
 */
export async function readBrief(
  said: z.infer<typeof saidBriefSchema>,
  request: WriteRequest,
  allowed: Allowed,
): Promise<Brief> {
  const { article, language } = request;
  const line = (text: string, limit: number) =>
    truncate(typeset(plainLine(sanitise(text, allowed).text), language), limit);
  const headline = line(said.headline, LONGEST.headline);
  const summary = line(said.summary, LONGEST.summary);
  const altText = article.imageUrl === null ? '' : line(said.altText, LONGEST.altText);
  const claims = said.claims
    .flatMap((one) =>
      one === null ? [] : [{ claim: line(one.claim, LONGEST.claim), support: plainLine(one.support) }],
    )
    .filter(({ claim }) => claim !== '')
    .slice(0, MOST_CLAIMS);
  // Most briefs are true to the article: one look at the whole spares one at every line.
  const allTrue = ground(
    article,
    [headline, summary, altText, ...claims.map(({ claim }) => claim)].join('\n\n'),
    [],
  ).ok;
  const doubtOf = (text: string): string | null => {
    const failure = allTrue ? undefined : ground(article, text, []).failures[0];
    return failure === undefined ? null : `“${failure.span}”: ${failure.reason}`;
  };
  const kept = async (text: string) =>
    text !== '' && doubtOf(text) === null && (await otherLanguage(text, language)) === null ? text : '';
  const wording = wordingOf(`${article.title}\n${article.text}`);
  return {
    headline: await kept(headline),
    summary: await kept(summary),
    altText: await kept(altText),
    claims: claims.map(({ claim, support }) => ({
      claim,
      support: support.length <= LONGEST.support && standsIn(wording, support) ? support : null,
      doubt: doubtOf(claim),
    })),
  };
}
