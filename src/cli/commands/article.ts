import { type Command, Option } from 'commander';
import type { FateState } from '../../domain/article.ts';
import { channelRef } from '../../domain/channel.ts';
import { correctionWords } from '../../domain/correction.ts';
import { addArticle, leaveArticle, previewArticle } from '../../pipeline/collect/index.ts';
import { why } from '../../pipeline/report/index.ts';
import { parseCount } from '../arguments.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import { explained, explainedFor, failureOf } from '../failure.ts';
import { findArticle, findChannel } from '../find.ts';
import { inOrder, pages } from '../pages.ts';
import { articleRecord, failedArticleRecord, previewRecord } from '../records.ts';
import { type BrandOptions, type CommonOptions, limitFor, type Session } from '../session.ts';
import { localTime } from '../times.ts';
import { fateWords, postWordsOf } from '../words.ts';
import { BY } from './post.ts';

const PREVIEWS_AT_ONCE = 4;
const ROBOTS_NOTE =
  'Note: the site’s robots.txt asks machines not to read this page. Crier read it because you asked for it; on its own it would not.';
const STATES: readonly FateState[] = ['waiting', 'posted', 'filtered', 'failed'];

/** `article list|show|add|leave|preview`. */
export function addArticleCommands(program: Command, session: Session): void {
  const group = addGroup(program, 'article', 'The stories found, and what became of them');

  addCommand(group, 'list', 'List articles, newest first', 'crier article list --state waiting')
    .addOption(new Option('--state <state>', 'only those').choices(STATES))
    .option('--limit <count>', 'how many, or "all" (20; with --json all)', parseCount)
    .addOption(brandOption())
    .action((options: BrandOptions & { state?: FateState; limit?: number }) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const query = { brandId: brand.id, ...(options.state === undefined ? {} : { state: options.state }) };
        const articles = pages(
          (page) => ports.store.articles.list({ ...query, ...page }),
          (article) => article.id,
          limitFor(options),
        );
        await output.list(articles, {
          record: articleRecord,
          columns: [
            { title: 'ID', value: (article) => article.id, align: 'right' },
            { title: 'PUBLISHED', value: (article) => localTime(article.publishedAt, brand.timeZone) },
            { title: 'LANG', value: (article) => article.language },
            { title: 'TITLE', value: (article) => article.title, max: 60 },
            { title: 'SOURCE', value: (article) => article.source ?? '-', max: 24 },
            { title: 'STATE', value: (article) => fateWords(article.fate) },
            { title: 'REASON', value: (article) => article.fate?.reason ?? '', max: 60 },
          ],
          empty:
            options.state === undefined
              ? 'Nothing yet. Add a source: crier source add URL'
              : `No article is ${options.state}.`,
        });
      }),
    );

  addCommand(group, 'show <article>', 'Show one article with its posts, by number or address', 'crier article show 12')
    .addOption(brandOption())
    .action((input: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const article = await findArticle(ports, brand, input);
        output.record(articleRecord(article));
        if (output.json) return;
        output.say(
          `Article ${article.id}: ${article.title}\n${article.url}\n${aboutLine(article, article.source, brand.timeZone)}`,
        );
        output.say(`State: ${fateWords(article.fate)}${article.fate?.reason ? ` (${article.fate.reason})` : ''}`);
        if (article.pageProblem !== null) output.say(`The text is the feed’s: ${article.pageProblem}`);
        for (const correction of article.corrections ?? [])
          output.say(`Corrected ${localTime(correction.at, brand.timeZone)}: ${correctionWords(correction)}`);
        output.say(`\n${article.text}\n`);
        const posts = await ports.store.posts.list({ brandId: brand.id, articleIds: [article.id], limit: 100 });
        for (const view of posts)
          output.say(`Post ${view.post.id} for ${channelRef(view.channel)}: ${postWordsOf(view)}`);
      }),
    );

  addCommand(
    group,
    'add <url>',
    'Bring in an article by hand, past every filter',
    'crier article add https://example.org/story',
  )
    .option(
      '--channel <channel>',
      'only for this channel, PLATFORM:ADDRESS or number; may be repeated; all of the brand’s otherwise',
      (one: string, others: string[]) => [...others, one],
      [] as string[],
    )
    .addOption(brandOption())
    .action((url: string, options: BrandOptions & { channel: string[] }) =>
      session.inBrand(options, async ({ ports, brand, output, edges, signal }) => {
        const channels = await Promise.all(options.channel.map((input) => findChannel(ports, brand, input)));
        edges.status(`Reading ${url} …`);
        const channelIds = [...new Set(channels.map((channel) => channel.id))];
        const wish = { brandId: brand.id, url, channelIds, by: BY };
        const { articleId, brought, robots = null } = await addArticle(ports, wish, signal);
        edges.status('');
        const article = await findArticle(ports, brand, String(articleId));
        const story = await why(ports, brand, article.canonicalUrl);
        output.record({ ...articleRecord(article), brought, robots, verdict: story.verdict, events: story.events });
        output.say(`${brought ? 'Brought in' : 'Known already:'} article ${articleId}, ${article.title}.`);
        if (robots) output.say(ROBOTS_NOTE);
        if (brought) return output.say('It is written and reviewed with crier start, or now: crier run --once');
        output.say(story.verdict);
        for (const { at, what } of story.events) output.say(`  ${localTime(at, brand.timeZone)}  ${what}`);
      }),
    );

  addCommand(group, 'leave <article...>', 'Leave out articles that wait for your decision', 'crier article leave 12')
    .addOption(brandOption())
    .addHelpText('after', '\nTo take one instead: crier article add URL')
    .action((inputs: string[], options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const articles = await Promise.all(inputs.map((input) => findArticle(ports, brand, input)));
        for (const { id } of articles) {
          await leaveArticle(ports, { brandId: brand.id, articleId: id, by: BY });
          const article = await findArticle(ports, brand, String(id));
          output.record(articleRecord(article));
          output.say(`Left out article ${id}, ${article.title}.`);
        }
      }),
    );

  addCommand(
    group,
    'preview <url...>',
    'Show what would be collected from article pages, without storing anything',
    'crier article preview https://example.org/story',
  ).action((urls: string[], options: CommonOptions) =>
    session.outside(options, async ({ ports, output, edges, signal }) => {
      let failed = false;
      let done = 0;
      const answers = inOrder(urls, PREVIEWS_AT_ONCE, async (url) => {
        const article = await previewArticle(ports, url, signal).catch((error: unknown) => failureOf(error, signal));
        edges.status(`${++done} of ${urls.length} read`);
        return { url, article };
      });
      for await (const { url, article } of answers) {
        if ('failure' in article) {
          failed = true;
          output.record({ ...failedArticleRecord(url, explained(article.failure)), error: article.failure });
          edges.printError(explainedFor(url, article.failure));
          continue;
        }
        output.record(previewRecord(article, article.siteName));
        if (article.robots) output.say(ROBOTS_NOTE);
        output.say(
          `${article.title}\n${article.url}\n${aboutLine(article, article.siteName, 'UTC')}\n\n${article.text}\n`,
        );
      }
      return failed ? 1 : 0;
    }),
  );
}

/** Where it is from, by whom, when and in which language: what is known of it. */
function aboutLine(
  article: { author: string | null; publishedAt: Date | null; language: string },
  from: string | null,
  timeZone: string,
): string {
  const { author, publishedAt, language } = article;
  const when = publishedAt === null ? null : localTime(publishedAt, timeZone);
  return [from, author, when, language].filter((part) => part !== null).join(' · ');
}
