import type { Command } from 'commander';
import type { Brand } from '../../domain/brand.ts';
import { sourceName } from '../../domain/chat-source.ts';
import { FILTER_SETTINGS } from '../../domain/filter-setting.ts';
import { settingLines } from '../../domain/setting.ts';
import type { Source } from '../../domain/source.ts';
import { canCallBack, pushWords, type Subscription } from '../../domain/subscription.ts';
import { hasTag } from '../../domain/tag.ts';
import { MINUTE } from '../../lib/clock.ts';
import { UsageError } from '../../lib/errors.ts';
import { addChatSource, addSource, parseChat, previewSource } from '../../pipeline/collect/index.ts';
import type { Ports } from '../../ports/app.ts';
import type { SourceCounts } from '../../ports/store/index.ts';
import { parseFirst } from '../arguments.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import type { CliEdges } from '../edges.ts';
import { explainedFor, failureOf } from '../failure.ts';
import { findSource } from '../find.ts';
import { inOrder } from '../pages.ts';
import { previewRecord, sourceRecord } from '../records.ts';
import type { BrandOptions, CommonOptions, Session } from '../session.ts';
import { localTime } from '../times.ts';
import { addSourceFilterCommand } from './source-filter.ts';
import { addSourceListCommands } from './source-list.ts';
import { addSourceTagCommand } from './source-tag.ts';

const PREVIEWS_AT_ONCE = 4;

/** `source add|list|show|filter|tag|export|import|remove|pause|resume|poll|preview`. */
export function addSourceCommands(
  program: Command,
  session: Session,
  { channelExamples }: Pick<CliEdges, 'channelExamples'>,
): void {
  const group = addGroup(program, 'source', 'Where news comes from');

  addCommand(
    group,
    'add <source>',
    'Follow a feed, or a chat that people forward links to',
    'crier source add https://example.org/feed.xml --first 3',
  )
    .option('--name <name>', 'your own name for it')
    .option(
      '--tag <tag>',
      'sort it by this; may be repeated',
      (one: string, all: string[]) => [...all, one],
      [] as string[],
    )
    .option(
      '--first <count>',
      'how many of the articles found now are posted, newest first: a number or "all"',
      parseFirst,
      1,
    )
    .addOption(brandOption())
    .addHelpText(
      'after',
      `\nA source is the address of a feed, of a site or of a news page; or a group or channel where the bot is, named as\nchannels are (${channelExamples[0] ?? 'PLATFORM:ADDRESS'}): every link that somebody puts there is taken in while crier start runs.`,
    )
    .action((url: string, options: BrandOptions & { name?: string; tag: string[]; first: number }) =>
      session.inBrand(options, async ({ ports, brand, output, edges, signal }) => {
        const { name = null, tag: tags, first: firstPosts } = options;
        const chat = parseChat(ports, url);
        if (chat !== null) {
          edges.status(`Asking about ${url} …`);
          const answer = await addChatSource(ports, { brandId: brand.id, chat, name, tags }, signal);
          edges.status('');
          const { source, created, title, notes } = answer;
          const found = { kind: 'chat', title, language: null, entries: 0 };
          output.record({ ...sourceRecord(source), created, found, notes });
          output.say(`${created ? 'Added' : 'You follow it already:'} source ${source.id}, ${sourceName(source)}.`);
          output.say('Every link that somebody puts there is taken in while crier start runs. Try it: forward one.');
          return;
        }
        edges.status(`Reading ${url} …`);
        const wish = { brandId: brand.id, url, name, tags, firstPosts };
        const { source, created, found } = await addSource(ports, wish, signal);
        edges.status('');
        output.record({ ...sourceRecord(source), created, found });
        output.say(
          `${created ? 'Added' : 'You follow it already:'} source ${source.id}, ${source.name ?? found.title ?? source.feed.url} (${found.kind}, ${found.entries} entries).`,
        );
        const channels = await ports.store.channels.list(brand.id);
        output.say(
          channels.length === 0
            ? 'Next, where to post: crier channel add PLATFORM:ADDRESS'
            : 'Its articles come with crier start, or now: crier run --once',
        );
      }),
    );

  addCommand(group, 'list', 'List the sources with what became of their articles', 'crier source list')
    .option('--tag <tag>', 'only sources with this tag')
    .addOption(brandOption())
    .action((options: BrandOptions & { tag?: string }) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const { tag } = options;
        const sources = await ports.store.sources.list(brand.id);
        await output.list(tag === undefined ? sources : sources.filter((source) => hasTag(source, tag)), {
          record: sourceRecord,
          columns: [
            { title: 'ID', value: (source) => source.id, align: 'right' },
            { title: 'NAME', value: sourceName, max: 32 },
            { title: 'TAGS', value: (source) => source.tags.join(', '), max: 24 },
            { title: 'STATE', value: stateOf },
            { title: 'SEEN', value: (source) => source.counts.seen, align: 'right' },
            { title: 'POSTED', value: (source) => source.counts.posted, align: 'right' },
            { title: 'FILTERED', value: (source) => source.counts.filtered, align: 'right' },
            { title: 'WAITING', value: (source) => source.counts.waiting, align: 'right' },
            { title: 'FAILED', value: (source) => source.counts.failed, align: 'right' },
            { title: 'URL', value: (source) => source.feed.url, max: 60 },
            { title: 'REASON', value: (source) => source.feed.reason ?? '', max: 60 },
          ],
          empty:
            tag === undefined
              ? 'Nothing yet. Add a source: crier source add URL'
              : `No source is tagged "${tag}". Tag one: crier source tag SOURCE TAG`,
        });
      }),
    );

  addCommand(group, 'show <source>', 'Show one source, by number or address', 'crier source show 1')
    .addOption(brandOption())
    .action((input: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const { id } = await findSource(ports, brand, input);
        const source = (await ports.store.sources.list(brand.id)).find((one) => one.id === id);
        if (source === undefined) return;
        const [subscription = null] = await ports.store.subscriptions.ofFeeds([source.feed.id]);
        output.record(sourceRecord(source, subscription));
        for (const line of describe(source, brand, pushLine(source, subscription, ports, brand))) output.say(line);
      }),
    );

  addSourceFilterCommand(group, session);
  addSourceTagCommand(group, session);
  addSourceListCommands(group, session);

  const changes = [
    { verb: 'remove', state: 'removed', done: 'Removed', summary: 'Stop following sources; what was collected stays' },
    { verb: 'pause', state: 'paused', done: 'Paused', summary: 'Pause sources' },
    { verb: 'resume', state: 'active', done: 'Active again:', summary: 'Resume paused sources and read them now' },
    { verb: 'poll', state: null, done: 'To be read now by the running Crier:', summary: 'Have sources read now' },
  ] as const;
  for (const { verb, state, done, summary } of changes) {
    addCommand(group, `${verb} <source...>`, `${summary}, by number or address`, `crier source ${verb} 1`)
      .addOption(brandOption())
      .action((inputs: string[], options: BrandOptions) =>
        session.inBrand(options, async ({ ports, brand, output }) => {
          const sources = await Promise.all(inputs.map((input) => findSource(ports, brand, input)));
          for (const source of sources) {
            const next = state ?? source.state;
            if (verb === 'poll' && source.feed.kind === 'chat')
              throw new UsageError(`Source ${source.id} is a chat: it is heard, not read.`, {
                cure: 'Put a link there while crier start runs.',
              });
            if (verb === 'poll' && source.state === 'paused')
              throw new UsageError(`Source ${source.id} is paused.`, {
                cure: `crier source resume ${source.id} reads it again`,
              });
            await ports.store.transaction(async (tables) => {
              if (next !== source.state) await tables.sources.setState(source.id, next);
              if (source.feed.kind !== 'chat' && (verb === 'resume' || verb === 'poll'))
                await tables.jobs.send([{ verb: 'collect', feedId: source.feed.id }]);
            });
            output.record(sourceRecord({ ...source, state: next }));
            output.say(`${done} source ${source.id}, ${sourceName(source)}.`);
          }
        }),
      );
  }

  addCommand(
    group,
    'preview <url...>',
    'Show what sources would give, without storing anything',
    'crier source preview https://example.org/feed.xml',
  ).action((urls: string[], options: CommonOptions) =>
    session.outside(options, async ({ ports, output, edges, signal }) => {
      let failed = false;
      let done = 0;
      const answers = inOrder(urls, PREVIEWS_AT_ONCE, async (url) => {
        const preview = await previewSource(ports, url, signal).catch((error: unknown) => failureOf(error, signal));
        edges.status(`${++done} of ${urls.length} read`);
        return { url, preview };
      });
      for await (const { url, preview } of answers) {
        if ('failure' in preview) {
          failed = true;
          output.record({
            url,
            source: { url, kind: null, title: null, language: null },
            articles: [],
            error: preview.failure,
          });
          edges.printError(explainedFor(url, preview.failure));
          continue;
        }
        const { source, articles } = preview;
        output.record({
          url,
          source,
          articles: articles.map((article) => previewRecord(article, source.title ?? source.url)),
        });
        output.say(
          `${source.title ?? source.url} (${source.kind}, ${source.language ?? 'no language given'}) ${source.url}`,
        );
        await output.list(output.json ? [] : articles, {
          record: (article) => article,
          columns: [
            { title: 'PUBLISHED', value: (article) => localTime(article.publishedAt, 'UTC') },
            { title: 'TITLE', value: (article) => article.title, max: 70 },
            { title: 'URL', value: (article) => article.url, max: 80 },
          ],
          empty: 'It is a feed, but it carries nothing now.',
        });
      }
      return failed ? 1 : 0;
    }),
  );
}

function stateOf(source: Source): string {
  if (source.state !== 'active') return source.state;
  return { new: 'not read yet', ok: 'ok', failing: 'failing', gone: 'gone' }[source.feed.state];
}

/** How its news comes besides polling. */
function pushLine(
  { feed }: Source,
  subscription: Subscription | null,
  { settings, clock }: Pick<Ports, 'settings' | 'clock'>,
  { timeZone }: Brand,
): string {
  if (subscription !== null) return pushWords(subscription, clock.now(), (at) => localTime(at, timeZone));
  if (!feed.hub) return 'no: the feed names no hub';
  return canCallBack(settings, feed.hub.url)
    ? `${feed.hub.url} is asked to push by the running Crier`
    : `${feed.hub.url} could push its news: set PUBLIC_URL to an address that it can reach`;
}

function describe(source: Source & { counts: SourceCounts }, { timeZone, filter }: Brand, pushed: string): string[] {
  const { counts, feed } = source;
  const wanted = [
    ...settingLines(FILTER_SETTINGS, source.filter),
    ...settingLines(FILTER_SETTINGS, filter).map((line) => `${line} (of the brand)`),
  ];
  return [
    `Source ${source.id}: ${sourceName(source)}`,
    `Address    ${feed.url}`,
    `Tags       ${source.tags.length === 0 ? '-' : source.tags.join(', ')}`,
    `State      ${stateOf(source)}${feed.reason ? `: ${feed.reason}` : ''}`,
    `Articles   ${counts.seen} seen = ${counts.posted} posted + ${counts.filtered} filtered + ${counts.waiting} waiting + ${counts.failed} failed`,
    ...(feed.kind === 'chat'
      ? [`Last link  ${localTime(feed.lastGoodAt, timeZone)}`]
      : [
          `Last poll  ${localTime(feed.lastPolledAt, timeZone)}, last good one ${localTime(feed.lastGoodAt, timeZone)}`,
          `Next poll  ${source.state === 'active' && feed.state !== 'gone' ? localTime(feed.nextPollAt, timeZone) : '-'}`,
          `Push       ${pushed}`,
          `Asks       ${wishesOf(feed)}`,
        ]),
    ...(feed.movingTo === null ? [] : [`Moving to  ${feed.movingTo} (when the next poll is told the same)`]),
    `Filter     ${wanted.length === 0 ? 'none: every article is wanted' : wanted.join('\n           ')}`,
  ];
}

/** What a feed asks of those who poll it, in words. */
function wishesOf({ wishes }: Source['feed']): string {
  const { pauseMs, skipHours, skipDays } = wishes;
  const said = [
    ...(pauseMs === null ? [] : [`not more often than every ${Math.ceil(pauseMs / MINUTE)} min`]),
    ...(skipHours.length === 0 ? [] : [`not in the hours ${skipHours.join(', ')} (UTC)`]),
    ...(skipDays.length === 0 ? [] : [`not on ${skipDays.map((day) => DAYS[day]).join(', ')} (UTC)`]),
  ];
  return said.join('; ') || 'nothing of those who poll it';
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
