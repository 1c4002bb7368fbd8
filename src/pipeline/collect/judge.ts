import { type Article, FILTERED, isUnjudged } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import type { Filter } from '../../domain/filter.ts';
import type { Source } from '../../domain/source.ts';
import { messageOf, UsageError, WriterError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import { openPurse } from '../purse.ts';

/** After so many tries without an answer, five minutes apart, a person decides. */
const MOST_TRIES = 4;

/** What brand and source want an article to be about: each question once, with whose filter it is. */
export function questionsOf(brand: Pick<Brand, 'filter'>, source: Pick<Source, 'filter'>): Question[] {
  const ofBrand = brand.filter.about;
  const ofSource = source.filter.about;
  return [
    ...(ofBrand === null ? [] : [{ about: ofBrand, whose: ' (the brand’s filter)' }]),
    ...(ofSource === null || ofSource === ofBrand ? [] : [{ about: ofSource, whose: '' }]),
  ];
}

interface Question {
  about: string;
  whose: string;
}

/** UsageError when a filter wants a model's judgement and there is no model to give it. */
export function requireJudge({ writers }: Pick<Ports, 'writers'>, filter: Filter): void {
  if (filter.about === null || writers.judge !== null) return;
  throw new UsageError('Only a model can tell what an article is about, and none is configured.', {
    cure: 'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server, and start again; or filter by words.',
  });
}

type JudgePorts = Pick<Ports, 'store' | 'writers' | 'clock' | 'log'>;

/**
 * Asks the model whether an article is what its filters want: yes to all of them sends it on to the writer, a no
 * filters it with the model's reason. Without an answer it waits and is asked again, then waits for a person; while the
 * budget is used up it waits for the next. It is never lost, and never written unjudged. Safe to run twice: each question is
 * asked once for an article, whoever follows it.
 */
export async function judge(ports: JudgePorts, fateId: number, signal: AbortSignal): Promise<void> {
  const { store, clock, log } = ports;
  const fate = await store.fates.claim(fateId, ['relevance']);
  if (fate === null) return;
  try {
    const [brand, article, source] = await Promise.all([
      store.brands.get(fate.brandId),
      store.articles.get(fate.articleId),
      fate.sourceId === null ? null : store.sources.get(fate.sourceId),
    ]);
    if (brand === null || article === null || brand.paused) return;
    if (source?.state === 'removed' && fate.broughtBy == null) {
      await store.fates.set(
        fateId,
        { state: 'filtered', waitingFor: null, reason: FILTERED.sourceRemoved },
        clock.now(),
      );
      return;
    }
    for (const { about, whose } of source === null ? [] : questionsOf(brand, source)) {
      const answer = await answerTo(ports, { brand, article, about }, signal);
      if ('fits' in answer && answer.fits) continue;
      const next =
        'fits' in answer
          ? {
              state: 'filtered' as const,
              waitingFor: null,
              reason: `filter about: not about “${about}”${answer.reason === '' ? '' : `: ${answer.reason}`}${whose}`,
            }
          : {
              state: 'waiting' as const,
              waitingFor: answer.givenUp ? ('decision' as const) : ('relevance' as const),
              reason: answer.givenUp
                ? `about “${about}”: ${answer.problem} Take it: crier article add ${article.url} – or leave it: crier article leave ${article.id}`
                : `about “${about}”: ${answer.problem}`,
            };
      await store.fates.set(fateId, next, clock.now());
      if (next.state === 'filtered')
        log.info({ fateId, articleId: article.id }, 'article filtered by what it is about');
      else if (next.waitingFor === 'decision')
        log.warn({ fateId, articleId: article.id }, 'article waits for a person to judge it');
      return;
    }
    await store.transaction(async (tables) => {
      await tables.fates.set(fateId, { state: 'waiting', waitingFor: 'writer', reason: null }, clock.now());
      await tables.jobs.send([{ verb: 'write', fateId }]);
    });
  } finally {
    await store.fates.release(fateId);
  }
}

/** The stored answer, else the model's; or why there is none, and whether that is left to a person. */
async function answerTo(
  ports: JudgePorts,
  { brand, article, about }: { brand: Brand; article: Article; about: string },
  signal: AbortSignal,
): Promise<{ fits: boolean; reason: string } | { problem: string; givenUp: boolean }> {
  const { store, writers, clock, log } = ports;
  const known = await store.relevance.get(article.id, about);
  if (known !== null && known.fits !== null) return { fits: known.fits, reason: known.reason };
  if (writers.judge === null)
    return { problem: 'no model is configured that could tell; a person decides.', givenUp: true };
  try {
    const purse = openPurse(ports, { brand, articleId: article.id });
    const answer = await writers.judge.isAbout({ article, about, model: brand.modelSettings.model }, signal, purse);
    await store.relevance.save(article.id, about, answer, clock.now());
    return answer;
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof WriterError)) throw error;
    log.warn({ articleId: article.id, kind: error.kind, reason: messageOf(error) }, 'model could not judge an article');
    // No money is no fault of the model's: that passes by itself, whenever it does.
    if (error.kind === 'over-budget')
      return { problem: [error.message, error.cure].filter(Boolean).join(' '), givenUp: false };
    const tries = await store.relevance.failed(article.id, about, clock.now());
    return tries < MOST_TRIES
      ? { problem: `the model gave no answer (${error.message}); it is asked again.`, givenUp: false }
      : { problem: `the model gave no answer in ${tries} tries (${error.message}); a person decides.`, givenUp: true };
  }
}

/** Has a person leave out an article that waits for a judgement or a decision. UsageError when it doesn't. */
export async function leaveArticle(
  { store, clock, log }: Pick<Ports, 'store' | 'clock' | 'log'>,
  { brandId, articleId, by }: { brandId: number; articleId: number; by: string },
): Promise<void> {
  const left = await store.transaction(async (tables) => {
    await tables.fates.lock(brandId, articleId);
    const open = (await tables.fates.ofArticle(articleId)).filter(
      (fate) => fate.brandId === brandId && isUnjudged(fate),
    );
    for (const fate of open)
      await tables.fates.set(
        fate.id,
        { state: 'filtered', waitingFor: null, reason: `by hand: left out by ${by}` },
        clock.now(),
      );
    return open.length;
  });
  if (left === 0)
    throw new UsageError(`Article ${articleId} does not wait for a decision.`, {
      cure: `See what became of it: crier article show ${articleId}`,
    });
  log.info({ articleId, by }, 'article left out by a person');
}
