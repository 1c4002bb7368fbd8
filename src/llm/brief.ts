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
 * or is in another language. A claim whose support doesn't stand in the article has none.
 */
export async function readBrief(
  said: z.infer<typeof saidBriefSchema>,
  request: WriteRequest,
  allowed: Allowed,
): Promise<Brief> {
  const { article, language } = request;
  const grounded = (text: string) => text !== '' && ground(article, text, []).ok;
  const line = (text: string, limit: number) =>
    truncate(typeset(plainLine(sanitise(text, allowed).text), language), limit);
  const kept = async (text: string, limit: number) => {
    const clean = line(text, limit);
    return grounded(clean) && (await otherLanguage(clean, language)) === null ? clean : '';
  };
  const wording = wordingOf(`${article.title}\n${article.text}`);
  const claims = said.claims
    .filter((one) => one !== null && one.claim.trim() !== '')
    .slice(0, MOST_CLAIMS)
    .map((one) => {
      const claim = line(one?.claim ?? '', LONGEST.claim);
      const support = plainLine(one?.support ?? '');
      const stands = support.length <= LONGEST.support && standsIn(wording, support) && grounded(claim);
      return { claim, support: stands ? support : null, doubt: null };
    })
    .filter(({ claim }) => claim !== '');
  return {
    headline: await kept(said.headline, LONGEST.headline),
    summary: await kept(said.summary, LONGEST.summary),
    altText: article.imageUrl === null ? '' : await kept(said.altText, LONGEST.altText),
    claims,
  };
}
