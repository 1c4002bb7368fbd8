import type { Article } from '../../src/domain/article.ts';
import { firstBrand } from '../../src/domain/brand.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createWriters, type WritersSettings } from '../../src/llm/index.ts';
import { lacksDiacritics, otherLanguage } from '../../src/llm/language.ts';
import { NO_ACCOUNTS, writeDrafts } from '../../src/pipeline/write/index.ts';
import { createPlatforms } from '../../src/platforms/index.ts';
import type { Writer, Written } from '../../src/ports/writer.ts';

/** An article as `crier article preview --json` prints it; only title and text must be there. */
export interface GivenArticle {
  title: string;
  text: string;
  language?: string | null;
  url?: string;
}

/** What became of one article in one language. */
export interface Row {
  language: string;
  /** Null = the model gave nothing usable, for `reason`. */
  written: (Pick<Written, 'inputTokens' | 'outputTokens' | 'costMicros'> & { cachedInputTokens: number }) | null;
  reason: string | null;
  /** Requests to the endpoint that it answered. */
  calls: number;
  posts: number;
  /** Posts that claim more than the article after their repair. */
  ungrounded: number;
  rightLanguage: number;
  /** How much of their targets' limits the texts fill, from 0 to 1, summed over the posts. */
  lengthUse: number;
  claims: number;
  supported: number;
  seconds: number;
}

const PLACES = ['telegram', 'discord', 'x'];

/** Writes every article in every language for three channels, one after the other. Never throws for a model's fault. */
export async function evaluate(order: {
  openai: WritersSettings;
  articles: readonly GivenArticle[];
  languages: readonly string[];
  progress?: (line: string) => void;
}): Promise<Row[]> {
  let calls = 0;
  const fetch: typeof globalThis.fetch = async (...given) => {
    const response = await globalThis.fetch(...given);
    if (response.ok) calls += 1;
    return response;
  };
  const writers = createWriters(order.openai, { log: silentLog, fetch });
  const { model } = writers;
  if (model === null) throw new Error('no model is configured');
  const platforms = createPlatforms({ telegram: null, discord: null, x: null }, { log: silentLog, clock: systemClock });
  const settings = { publicUrl: 'https://go.crier.example', publicUrlIsSet: true, version: '0' };
  const rows: Row[] = [];
  for (const [index, given] of order.articles.entries()) {
    for (const language of order.languages) {
      const row: Row = { ...EMPTY, language };
      calls = 0;
      const asked: Writer = {
        name: model.name,
        async write(request, signal) {
          const written = await model.write(request, signal).catch((error: unknown) => {
            row.reason = messageOf(error);
            throw error;
          });
          const { inputTokens, outputTokens, costMicros, cachedInputTokens = 0 } = written;
          row.written = { inputTokens, outputTokens, costMicros, cachedInputTokens };
          for (const { target, headline, body } of written.texts) {
            const { limit, count } = request.targets.find((one) => one.id === target) ?? { limit: 1, count: () => 0 };
            const text = `${headline}\n${body}`;
            row.lengthUse += count(text) / limit;
            const right = (await otherLanguage(text, language)) === null && !lacksDiacritics(text, language);
            if (right) row.rightLanguage += 1;
          }
          return written;
        },
      };
      const start = performance.now();
      const drafts = await writeDrafts(
        { platforms, settings, log: silentLog, writers: { ...writers, model: asked } },
        {
          brand: { id: 1, ...firstBrand('Europe/Riga') },
          article: articleOf(given),
          places: PLACES.map((address) => ({ platform: 'preview', address, language })),
          purse: NO_ACCOUNTS,
        },
        new AbortController().signal,
      );
      const byModel = drafts.filter((draft) => draft.writer === model.name);
      const claims = byModel[0]?.brief?.claims ?? [];
      rows.push({
        ...row,
        calls,
        posts: byModel.length,
        ungrounded: byModel.filter((draft) => !draft.grounding.ok).length,
        claims: claims.length,
        supported: claims.filter((claim) => claim.support !== null).length,
        seconds: (performance.now() - start) / 1000,
      });
      order.progress?.(`${index + 1} of ${order.articles.length}, ${language}: ${row.reason ?? 'written'}`);
    }
  }
  return rows;
}

const EMPTY: Row = {
  language: '',
  written: null,
  reason: null,
  calls: 0,
  posts: 0,
  ungrounded: 0,
  rightLanguage: 0,
  lengthUse: 0,
  claims: 0,
  supported: 0,
  seconds: 0,
};

function articleOf({ title, text, language, url = 'https://news.example/story' }: GivenArticle): Article {
  const now = new Date();
  return {
    id: 1,
    feedId: null,
    guid: null,
    url,
    canonicalUrl: url,
    title,
    text,
    language: language ?? 'und',
    author: null,
    publishedAt: null,
    imageUrl: null,
    siteName: null,
    textFrom: 'page',
    pageProblem: null,
    seenAt: now,
    frozenAt: now,
  };
}
