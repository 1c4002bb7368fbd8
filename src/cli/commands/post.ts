import { type Command, Option } from 'commander';
import { channelRef } from '../../domain/channel.ts';
import type { Post, PostState } from '../../domain/post.ts';
import { dollars } from '../../domain/spending.ts';
import { UsageError } from '../../lib/errors.ts';
import { plainLine } from '../../lib/text.ts';
import { approvePost, chooseText, editPost, rejectPost } from '../../pipeline/review/index.ts';
import type { PostView } from '../../ports/store/index.ts';
import { parseCount } from '../arguments.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import { findArticle, findPost } from '../find.ts';
import { readInput } from '../input.ts';
import type { Output } from '../output.ts';
import { pages } from '../pages.ts';
import { briefLines, postRecord } from '../records.ts';
import { type BrandCall, type BrandOptions, limitFor, type Session } from '../session.ts';
import { localTime, parseTime } from '../times.ts';
import { sayUnfounded } from '../unfounded.ts';
import { postWordsOf } from '../words.ts';

/** Who decides, as the ledger names them. */
export const BY = 'the command line';
const STATES: readonly PostState[] = ['review', 'approved', 'rejected'];

/** `post list|show|approve|reject|choose|edit`. */
export function addPostCommands(program: Command, session: Session): void {
  const group = addGroup(program, 'post', 'The texts, one for each channel');

  addCommand(group, 'list', 'List posts, newest first', 'crier post list --state review')
    .addOption(new Option('--state <state>', 'only those').choices(STATES))
    .option('--article <article>', 'only those of one article, by number or address')
    .option('--limit <count>', 'how many, or "all" (20; with --json all)', parseCount)
    .addOption(brandOption())
    .action((options: BrandOptions & { state?: PostState; article?: string; limit?: number }) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const article = options.article === undefined ? null : await findArticle(ports, brand, options.article);
        const query = {
          brandId: brand.id,
          ...(options.state === undefined ? {} : { state: options.state }),
          ...(article === null ? {} : { articleIds: [article.id] }),
        };
        const posts = pages(
          (page) => ports.store.posts.list({ ...query, ...page }),
          (view) => view.post.id,
          limitFor(options),
        );
        await output.list(posts, {
          record: postRecord,
          columns: [
            { title: 'ID', value: ({ post }) => post.id, align: 'right' },
            { title: 'CHANNEL', value: ({ channel }) => channelRef(channel), max: 30 },
            { title: 'LANG', value: ({ post }) => post.language },
            { title: 'STATE', value: postWordsOf },
            {
              title: 'TRUE TO ARTICLE',
              value: ({ post }) => (post.grounding.ok ? 'yes' : `${post.grounding.failures.length} doubtful`),
            },
            { title: 'ARTICLE', value: (view) => view.article.title, max: 50 },
          ],
          empty:
            options.state === 'review'
              ? 'Nothing waits for review.'
              : 'No posts yet. They come when a source has articles and a channel is connected.',
        });
      }),
    );

  addCommand(group, 'show <post>', 'Show one post as it goes out', 'crier post show 7')
    .addOption(brandOption())
    .action((input: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) =>
        show(await findPost(ports, brand, input), brand.timeZone, output),
      ),
    );

  addCommand(group, 'approve <post...>', 'Let posts go out', 'crier post approve 7 8')
    .option('--at <time>', 'not when the channel’s schedule says but then: 14:30, "2026-12-01 09:00" or ISO 8601')
    .option('--breaking', 'at once, before the others and past the schedule’s slots')
    .option(
      '--reviewed-by <name>',
      'who has checked the substance and answers for it, on record; on channels with label=editorial the AI line then goes',
    )
    .addOption(brandOption())
    .action((inputs: string[], options: BrandOptions & { at?: string; breaking?: boolean; reviewedBy?: string }) =>
      session.inBrand(options, (call) => {
        const name = options.reviewedBy === undefined ? undefined : plainLine(options.reviewedBy);
        if (name === '') throw new UsageError('--reviewed-by wants the name of the person who answers for the post.');
        const { at, breaking = false } = options;
        const plannedAt = at === undefined ? null : parseTime(at, call.brand.timeZone, call.ports.clock.now());
        const wish = { substance: name !== undefined, when: { plannedAt, breaking } };
        return decide(call, inputs, 'Approved', (id) => approvePost(call.ports, id, name ?? BY, wish));
      }),
    );

  addCommand(group, 'reject <post...>', 'Keep posts from going out', 'crier post reject 7 --reason "old news"')
    .option('--reason <reason>', 'why, for the record', 'rejected by a person')
    .addOption(brandOption())
    .action((inputs: string[], options: BrandOptions & { reason: string }) =>
      session.inBrand(options, (call) =>
        decide(call, inputs, 'Rejected', (id) => rejectPost(call.ports, id, BY, plainLine(options.reason))),
      ),
    );

  addCommand(
    group,
    'choose <post>',
    'Take the other text of a waiting post; again takes the first one back',
    'crier post choose 7',
  )
    .addOption(brandOption())
    .action((input: string, options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const view = await findPost(ports, brand, input);
        const post = await chooseText(ports, view.post.id, BY);
        show({ ...view, post }, brand.timeZone, output);
        output.say(`\nIt waits for review: crier post approve ${post.id}`);
      }),
    );

  addCommand(group, 'edit <post>', 'Give a waiting post another text', 'crier post edit 7 --file text.html')
    .option('--text <text>', 'the text')
    .option('--file <path>', 'a file with the text; - is standard input')
    .addOption(brandOption())
    .action((input: string, options: BrandOptions & { text?: string; file?: string }) =>
      session.inBrand(options, async ({ ports, brand, output, edges }) => {
        if ((options.text === undefined) === (options.file === undefined))
          throw new UsageError('edit wants either --text or --file.');
        const text = (options.text ?? (await readInput(edges, options.file ?? '-'))).trim();
        if (text === '')
          throw new UsageError('The text is empty.', {
            cure: `To keep the post from going out: crier post reject ${input}`,
          });
        const view = await findPost(ports, brand, input);
        const post = await editPost(ports, view.post.id, text, BY);
        show({ ...view, post }, brand.timeZone, output);
        if (post.text !== text)
          output.say(`\nThe line that says a machine wrote it was put back: this channel must carry it.`);
        output.say(`\nIt waits for review: crier post approve ${post.id}`);
      }),
    );
}

async function decide(
  call: BrandCall,
  inputs: string[],
  done: string,
  change: (id: number) => Promise<Post>,
): Promise<void> {
  const { ports, brand, output } = call;
  // All are looked up before the first is decided: a wrong number changes nothing.
  const views = await Promise.all(inputs.map((input) => findPost(ports, brand, input)));
  for (const view of views) {
    const post = await change(view.post.id);
    output.record(postRecord((await ports.store.posts.view(post.id)) ?? { ...view, post }));
    output.say(`${done} post ${post.id} for ${channelRef(view.channel)}.`);
  }
  if (done === 'Approved') output.say('They go out with crier start, or now: crier run --once');
}

function costWords({ post, publishMicros = 0 }: PostView): string {
  const writing =
    post.costMicros === null ? 'the price of its model isn’t known' : `${dollars(post.costMicros)} for the text`;
  return `Cost: ${writing}${publishMicros > 0 ? `, ${dollars(publishMicros)} for posting` : ''}`;
}

function show(view: PostView, timeZone: string, output: Output): void {
  const { post, channel, article } = view;
  output.record(postRecord(view));
  output.say(
    `Post ${post.id} for ${channelRef(channel)}: ${postWordsOf(view)}${post.reason ? ` (${post.reason})` : ''}`,
  );
  output.say(`Article ${article.id}: ${article.title}\n${article.url}`);
  output.say(
    `Language ${post.language}, written by ${post.writer}, planned ${post.plannedAt === null ? 'at once' : localTime(post.plannedAt, timeZone)}`,
  );
  if (post.articleCorrectedAt && post.state === 'approved')
    output.say(
      `! The article was corrected after this was sent, ${localTime(post.articleCorrectedAt, timeZone)}. What changed: crier why ${article.url}`,
    );
  output.say(costWords(view));
  output.say(`\n${post.text}`);
  sayUnfounded(output, post.text, post.grounding);
  if (post.alternative !== null)
    output.say(`\nThe other text, to take instead: crier post choose ${post.id}\n\n${post.alternative.text}`);
  if (view.writing !== null) for (const line of briefLines(view.writing)) output.say(line);
}
