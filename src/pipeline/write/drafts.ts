import { setTimeout as sleep } from 'node:timers/promises';
import type { Article } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import type { ChannelStyle } from '../../domain/channel.ts';
import type { Alternative, Link, Post } from '../../domain/post.ts';
import type { Brief, Edit } from '../../domain/writing.ts';
import { SECOND } from '../../lib/clock.ts';
import { AppError, messageOf, WriterError } from '../../lib/errors.ts';
import type { Ports } from '../../ports/app.ts';
import type { Platform } from '../../ports/platform.ts';
import type { WriteRequest, Writer, WriteTarget, Written } from '../../ports/writer.ts';
import type { Purse } from '../purse.ts';
import { draftOf } from './draft-of.ts';

/** Where a text is wanted. `language` null = the article's. */
export interface Place {
  platform: string;
  address: string;
  language: string | null;
  /** The channel's; plain where it isn't registered. */
  style?: ChannelStyle;
  /** Whether its posts may go out without a person. */
  auto?: boolean;
  /** False where this one post carries no link although others of its channel may. */
  linked?: boolean;
}

/** A post before it is stored. `links` are those that stand in its text. */
export interface Draft {
  place: Place;
  language: string;
  text: string;
  format: Post['format'];
  grounding: Post['grounding'];
  /** Its share of all calls that were made for it; null = the model's price isn't known. */
  costMicros: number | null;
  writer: string;
  /** What its writer said about the article, one object for all drafts of a language; null = nothing. */
  brief: Brief | null;
  /** A second text to choose from, with the same links. */
  alternative: Alternative | null;
  /** Why a person has to look first, apart from grounding; null = nothing known. */
  concern: string | null;
  links: Pick<Link, 'code' | 'kind' | 'target'>[];
  label: string | null;
  card: Post['card'];
  sameness: string | null;
}

/** What writing needs of the world. */
export type WritePorts = Pick<Ports, 'writers' | 'platforms' | 'settings' | 'log'>;

/** Tries of the model before the brand's way out is taken. */
const MODEL_TRIES = 2;
/** A longer pause than this is not waited for while an article is being written. */
const LONGEST_PAUSE_MS = 20 * SECOND;

/**
 * Writes one article for all places: one call per language. A model that fails is tried again once, then the offline
 * writer's text stands in, with a concern where the brand wants a person to decide. The drafts come in the order of
 * the places. Throws only on abort and on a platform that is not configured.
 */
export async function writeDrafts(
  ports: WritePorts,
  order: { brand: Brand; article: Article; places: readonly Place[]; edits?: readonly Edit[]; purse: Purse },
  signal: AbortSignal,
): Promise<Draft[]> {
  const byLanguage = new Map<string, Place[]>();
  for (const place of order.places) {
    const language =
      place.language ?? (order.article.language === 'und' ? order.brand.language : order.article.language);
    byLanguage.set(language, [...(byLanguage.get(language) ?? []), place]);
  }
  const { purse } = order;
  const drafts: Draft[] = [];
  for (const [language, places] of byLanguage) {
    const before = purse.spentMicros();
    const targets = places.map((place, index) => targetOf(platformOf(ports, place), place, index));
    const { written, concern } = await writeWith(ports, { ...order, language, targets }, signal);
    // What the calls cost, failed ones too, is shared evenly; the first post carries what division leaves.
    const after = purse.spentMicros();
    const cost = before === null || after === null ? null : after - before;
    const share = cost === null ? null : Math.floor(cost / places.length);
    for (const [index, place] of places.entries()) {
      const text = written.texts.find((one) => one.target === targets[index]?.id);
      if (text === undefined) throw new AppError(`The writer ${written.writer} left out a text that was asked for.`);
      const costMicros =
        cost === null || share === null ? null : share + (index === 0 ? cost - share * places.length : 0);
      const platform = platformOf(ports, place);
      const made = { place, language, text, written, costMicros, concern };
      drafts.push(draftOf(ports, platform, { ...order, ...made }));
    }
  }
  return drafts.sort((left, right) => order.places.indexOf(left.place) - order.places.indexOf(right.place));
}

async function writeWith(
  ports: WritePorts,
  { purse, ...request }: WriteRequest & { purse: Purse },
  signal: AbortSignal,
): Promise<{ written: Written; concern: string | null }> {
  const { model, offline } = ports.writers;
  if (model === null) return { written: await offline.write(request, signal), concern: null };
  let problem: unknown;
  for (let attempt = 1; attempt <= MODEL_TRIES; attempt++) {
    try {
      return { written: await tried(model, request, signal, purse), concern: null };
    } catch (error) {
      if (signal.aborted) throw error;
      problem = error;
      ports.log.warn(
        {
          articleId: request.article.id,
          attempt,
          kind: error instanceof WriterError ? error.kind : 'unknown',
          reason: messageOf(error),
        },
        'model gave no usable text',
      );
      if (attempt < MODEL_TRIES && isShortPause(error)) {
        await sleep(error.retryAfterMs, undefined, { signal });
        continue;
      }
      if (
        error instanceof WriterError &&
        (error.kind === 'unauthorized' ||
          error.kind === 'refused' ||
          error.kind === 'rate-limited' ||
          error.kind === 'over-budget')
      )
        break;
    }
  }
  const written = await offline.write(request, signal);
  const concern =
    request.brand.onWriterFailure === 'review'
      ? `the model gave no usable text (${messageOf(problem)}); this is the offline writer's`
      : null;
  return { written, concern };
}

/** Whether the endpoint asks for no more than a moment, as it does when several articles come at once. */
function isShortPause(error: unknown): error is WriterError & { retryAfterMs: number } {
  return (
    error instanceof WriterError &&
    error.kind === 'rate-limited' &&
    error.retryAfterMs !== undefined &&
    error.retryAfterMs <= LONGEST_PAUSE_MS
  );
}

/** The model's answer, refused when it left something out or empty. */
async function tried(model: Writer, ...order: Parameters<Writer['write']>): Promise<Written> {
  const [request] = order;
  const written = await model.write(...order);
  for (const target of request.targets) {
    const text = written.texts.find((one) => one.target === target.id);
    if (text === undefined || (text.body.trim() === '' && text.headline.trim() === ''))
      throw new WriterError('bad-answer', `The model wrote nothing for ${target.platform}.`);
  }
  return written;
}

function targetOf(platform: Platform, place: Place, index: number): WriteTarget {
  const { limits } = platform.form(place.address, place.style);
  return {
    id: `t${index + 1}`,
    platform: platform.rehearsal ? place.address : platform.name,
    limit: limits.forWriter,
    unit: limits.unit,
    count: limits.count,
    hashtags: limits.hashtags,
  };
}

function platformOf(ports: WritePorts, place: Place): Platform {
  const platform = ports.platforms.get(place.platform);
  if (platform === null)
    throw new AppError(`${place.platform} is not configured.`, {
      cure: 'Set its keys in .env (crier doctor names them).',
    });
  return platform;
}
