import { type Command, Option } from 'commander';
import type { Article } from '../../domain/article.ts';
import type { Brand } from '../../domain/brand.ts';
import { channelRef, parseChannelRef } from '../../domain/channel.ts';
import { EDITS_SHOWN } from '../../domain/writing.ts';
import { UsageError } from '../../lib/errors.ts';
import { previewArticle } from '../../pipeline/collect/index.ts';
import { type Draft, openPurse, writeDrafts } from '../../pipeline/write/index.ts';
import type { Platforms, Ports } from '../../ports/app.ts';
import { parseLanguage } from '../arguments.ts';
import { addCommand, brandOption } from '../command.ts';
import { explained, explainedFor, failureOf } from '../failure.ts';
import { articleByUrl, findChannel } from '../find.ts';
import { inOrder } from '../pages.ts';
import { briefLines, draftRecord, failedDraftRecord } from '../records.ts';
import type { BrandOptions, Session } from '../session.ts';

type Place = Draft['place'];

const WRITTEN_AT_ONCE = 2;

/** `write URL…`: what would be posted. Nothing is stored or sent. */
export function addWriteCommand(program: Command, session: Session): void {
  addCommand(
    program,
    'write <url...>',
    'Show what would be posted about articles; nothing is stored or sent',
    'crier write https://example.org/story --lang lv',
  )
    .option(
      '--channel <channel>',
      'for this channel, PLATFORM:ADDRESS or number; may be repeated; all active ones otherwise',
      (one: string, others: string[]) => [...others, one],
      [] as string[],
    )
    .option('--lang <language>', 'in this language; the channel’s otherwise', parseLanguage)
    .addOption(
      new Option('--variants <count>', 'texts for each channel, to choose from; the brand’s setting otherwise').choices(
        ['1', '2'],
      ),
    )
    .addOption(brandOption())
    .action((urls: string[], options: BrandOptions & { channel: string[]; lang?: string; variants?: '1' | '2' }) =>
      session.inBrand(options, async ({ ports, brand: asStored, output, edges, signal }) => {
        const brand = options.variants === undefined ? asStored : withVariants(asStored, options.variants);
        const edits = await ports.store.writings.lastEdits(brand.id, EDITS_SHOWN);
        const found =
          options.channel.length === 0
            ? await defaultPlaces(ports, brand)
            : await Promise.all(options.channel.map((input) => placeOf(ports, brand, input)));
        const places = found.map((place) => ({ ...place, language: options.lang ?? place.language }));
        if (places.length === 0)
          throw new UsageError('There is no channel to write for.', { cure: 'Name one: --channel PLATFORM:ADDRESS' });
        let failed = false;
        let done = 0;
        const answers = inOrder(urls, WRITTEN_AT_ONCE, async (url) => {
          const work = async () => {
            const article = await articleFor(ports, url, signal);
            const articleId = article.id === NOT_STORED ? null : article.id;
            const purse = openPurse(ports, { brand, articleId });
            return { article, drafts: await writeDrafts(ports, { brand, article, places, edits, purse }, signal) };
          };
          const answer = await work().catch((error: unknown) => failureOf(error, signal));
          edges.status(`${++done} of ${urls.length} written`);
          return { url, answer };
        });
        for await (const { url, answer } of answers) {
          if ('failure' in answer) {
            failed = true;
            output.record({ ...failedDraftRecord(url, explained(answer.failure)), error: answer.failure });
            edges.printError(explainedFor(url, answer.failure));
            continue;
          }
          const { article, drafts } = answer;
          for (const draft of drafts) {
            output.record(draftRecord(draft, { id: article.id === NOT_STORED ? null : article.id, url: article.url }));
            output.say(`── ${channelRef(draft.place)} (${draft.language}, ${draft.writer}) ──\n${draft.text}\n`);
            for (const line of reportLines(draft.grounding, draft.concern)) output.say(line);
            if (draft.alternative !== null) {
              const { text, grounding, reason } = draft.alternative;
              output.say(`\n── the other text ──\n${text}\n`);
              for (const line of reportLines(grounding, reason)) output.say(line);
            }
            output.say('');
          }
          for (const brief of new Set(drafts.map((draft) => draft.brief)))
            if (brief !== null) for (const line of briefLines(brief)) output.say(line);
        }
        return failed ? 1 : 0;
      }),
    );
}

/** What a text claims beyond its article, for a person. */
function reportLines({ ok, failures }: Draft['grounding'], concern: string | null): string[] {
  return [
    ...(ok
      ? ['✓ all of it is in the article']
      : failures.map(({ kind, span, reason }) => `! ${kind} "${span}": ${reason}`)),
    ...(concern === null ? [] : [`! ${concern}`]),
  ];
}

function withVariants(brand: Brand, variants: '1' | '2'): Brand {
  return { ...brand, modelSettings: { ...brand.modelSettings, variants: variants === '2' ? 2 : 1 } };
}

const NOT_STORED = 0;

/** The stored article, frozen as it was found; otherwise the page as it is now. */
async function articleFor(ports: Ports, url: string, signal: AbortSignal): Promise<Article> {
  const stored = await articleByUrl(ports, url);
  if (stored !== null && stored.frozenAt !== null) return stored;
  const now = ports.clock.now();
  const extracted = await previewArticle(ports, url, signal);
  return { ...extracted, id: NOT_STORED, feedId: null, guid: null, seenAt: now, frozenAt: now };
}

/** The brand's active channels; where it has none, a rehearsal in the form of every platform. */
async function defaultPlaces(ports: Ports, brand: Brand): Promise<Place[]> {
  const active = (await ports.store.channels.list(brand.id)).filter(
    (one) => one.state === 'active' && ports.platforms.get(one.platform) !== null,
  );
  if (active.length > 0) return active;
  const rehearsals = ports.platforms.all.filter((platform) => platform.rehearsal);
  const others = ports.platforms.known
    .map((one) => one.name)
    .filter((name) => !rehearsals.some((one) => one.name === name));
  return rehearsals.flatMap((platform) =>
    others.flatMap((name) => {
      const parsed = platform.parseAddress(name);
      return 'address' in parsed ? [{ platform: platform.name, address: parsed.address, language: null }] : [];
    }),
  );
}

/** A stored channel by number or reference, or any address that its platform understands. */
async function placeOf(ports: Ports, brand: Brand, input: string): Promise<Place> {
  const ref = parseChannelRef(input);
  if (ref === null) return findChannel(ports, brand, input);
  const stored = (await ports.store.channels.list(brand.id)).find((one) => channelRef(one) === input);
  return stored ?? { platform: ref.platform, address: addressOn(ports.platforms, ref), language: null };
}

function addressOn(platforms: Platforms, ref: { platform: string; address: string }): string {
  const platform = platforms.get(ref.platform);
  if (platform === null) {
    const known = platforms.known.find((one) => one.name === ref.platform);
    if (known === undefined)
      throw new UsageError(`There is no platform "${ref.platform}".`, {
        cure: `Known are ${platforms.known.map((one) => one.name).join(', ')}`,
      });
    throw new UsageError(`${ref.platform} is not configured.`, {
      cure: `To use it: ${known.missing ?? 'set its keys in .env'}.`,
    });
  }
  const parsed = platform.parseAddress(ref.address);
  if ('error' in parsed) throw new UsageError(parsed.error);
  return parsed.address;
}
