import type { Article } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import type { Grounding, Link, PostFormat } from '../../domain/post.ts';
import { postWords } from '../../domain/wording.ts';
import { AppError, messageOf, WriterError } from '../../lib/errors.ts';
import { isLoopback } from '../../lib/url.ts';
import type { Ports } from '../../ports/app.ts';
import type { Platform } from '../../ports/platform.ts';
import type { Writer, WriteTarget, Written, WrittenText } from '../../ports/writer.ts';
import { linkUrl, newCode } from '../links.ts';
import type { Purse } from '../purse.ts';

/** Where a text is wanted. `language` null = the article's. */
export interface Place {
  platform: string;
  address: string;
  language: string | null;
}

/** A post before it is stored. `links` are those that stand in its text. */
export interface Draft {
  place: Place;
  language: string;
  text: string;
  format: PostFormat;
  grounding: Grounding;
  /** Its share of all calls that were made for it; null = the model's price isn't known. */
  costMicros: number | null;
  writer: string;
  /** Why a person has to look first, apart from grounding; null = nothing known. */
  concern: string | null;
  links: Pick<Link, 'code' | 'kind' | 'target'>[];
}

type WritePorts = Pick<Ports, 'writers' | 'platforms' | 'settings' | 'log'>;

/** Tries of the model before the brand's way out is taken. */
const MODEL_TRIES = 2;

/**
 * Writes one article for all places: one call per language. A model that fails is tried again once, then the offline
 * writer's text stands in, with a concern where the brand wants a person to decide. The drafts come in the order of
 * the places. Throws only on abort and on a platform that is not configured.
 */
export async function writeDrafts(
  ports: WritePorts,
  order: { brand: Brand; article: Article; places: readonly Place[]; purse: Purse },
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
      drafts.push(draftOf(ports, { ...order, place, language, text, writer: written.writer, costMicros, concern }));
    }
  }
  return drafts.sort((left, right) => order.places.indexOf(left.place) - order.places.indexOf(right.place));
}

async function writeWith(
  ports: WritePorts,
  { purse, ...request }: { brand: Brand; article: Article; language: string; targets: WriteTarget[]; purse: Purse },
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

function draftOf(
  ports: WritePorts,
  order: {
    brand: Brand;
    article: Article;
    place: Place;
    language: string;
    text: WrittenText;
    writer: string;
    costMicros: number | null;
    concern: string | null;
  },
): Draft {
  const { brand, article, place, text } = order;
  const platform = platformOf(ports, place);
  const form = platform.form(place.address);
  // The offline writer can't translate: its words are the article's, so Crier's own are too.
  const words = postWords(
    order.writer === ports.writers.offline.name && article.language !== 'und' ? article.language : order.language,
  );
  const links: Draft['links'] = [];
  const tracked = tracksReaders(ports, platform);
  // Nobody is asked for personal data before it is said who answers for it (GDPR, art. 13).
  const invites = tracked && (platform.local || brand.controller.contact !== '');
  const address = (kind: Link['kind'], target: string): string => {
    const link = { code: newCode(), kind, target };
    links.push(link);
    return linkUrl(ports.settings, link);
  };
  const parts = {
    headline: text.headline,
    body: text.body,
    hashtags: text.hashtags,
    link: { url: tracked ? address('article', article.url) : article.url, label: words.readMore },
    callToAction: invites ? { text: brand.callToAction ?? words.answer, url: address('lead', article.url) } : null,
    aiLabel:
      brand.disclosure === 'exempt'
        ? null
        : order.writer === ports.writers.offline.name
          ? words.excerpt
          : words.aiWritten,
  };
  const composed = form.compose(parts);
  const kept = links.filter((link) => composed.includes(linkUrl(ports.settings, link)));
  // The brand's own invitation is no claim about the article, so it is left out of what is compared with it.
  const claims = form.plainText(composed).replace(parts.callToAction?.text ?? '', '');
  const found = ports.writers.ground(article, claims, [
    article.url,
    ...kept.map((link) => linkUrl(ports.settings, link)),
  ]);
  const failures = [...(text.removed ?? []), ...found.failures];
  const grounding = { ok: failures.length === 0, failures };
  const problems = form.check(composed);
  return {
    place,
    language: order.language,
    text: composed,
    format: form.format,
    grounding,
    costMicros: order.costMicros,
    writer: order.writer,
    concern: order.concern ?? (problems.length > 0 ? `${platform.name} would refuse it: ${problems.join('; ')}` : null),
    links: kept,
  };
}

/** A link that only this machine can open must not stand in a post that others read: then the article's own address does. */
function tracksReaders(ports: WritePorts, platform: Platform): boolean {
  return platform.local || !isLoopback(ports.settings.publicUrl);
}

function targetOf(platform: Platform, place: Place, index: number): WriteTarget {
  const { limits } = platform.form(place.address);
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
