import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/lib/clock.ts';
import { UsageError } from '../../src/lib/errors.ts';
import { approvePost, editPost, rejectPost, review } from '../../src/pipeline/review/index.ts';
import { sweep } from '../../src/pipeline/sweep.ts';
import type { Platform } from '../../src/ports/platform.ts';
import type { Store } from '../../src/ports/store/index.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { modelWriters, storeOfFile, textsFor, type World, worldOver } from './world.ts';

const here = storeOfFile();

/** A post that waits in a world of its own. */
async function waiting(channel: { auto?: boolean } = {}, given: Parameters<typeof worldOver>[1] = {}) {
  const world = await worldOver(here(), given);
  await world.channel(channel);
  const [view] = await world.written();
  if (view === undefined) throw new Error('nothing was written');
  return { world, ports: world.ports, id: view.post.id, article: view.article, view };
}
const postNow = async (id: number) => (await here().store.posts.view(id))?.post;
const deliveriesOf = (postId: number) =>
  here().sql('SELECT id, state, due_at FROM delivery WHERE post_id = $1', [postId]);
const deliverJobs = async (world: World) => (await world.sent()).filter((job) => job.verb === 'deliver');
const refusing: Platform['form'] = (address) => ({
  ...squarePlatform().form(address),
  check: (text) => (text.includes('good enough') ? [] : ['the square wants better words']),
});

describe('an automatic channel', () => {
  test('approves what claims nothing and breaks no rule, with one delivery that is due at once', async () => {
    const { world, ports, id } = await waiting({ auto: true });
    for (let time = 0; time < 3; time++) await review(ports, id);
    expect(await postNow(id)).toMatchObject({ state: 'approved', approvedBy: 'auto', approvedAt: ports.clock.now() });
    const deliveries = await deliveriesOf(id);
    expect(deliveries).toEqual([expect.objectContaining({ state: 'waiting', due_at: ports.clock.now() })]);
    expect(await deliverJobs(world)).toEqual([{ verb: 'deliver', deliveryId: deliveries[0].id }]);
  });

  test('leaves to a person what claims more than the article', async () => {
    const writers = modelWriters((request) => ({ texts: textsFor(request, 'They plant 9000 trees.') }));
    const { world, ports, id } = await waiting({ auto: true }, { ports: { writers } });
    await review(ports, id);
    expect(await postNow(id)).toMatchObject({ state: 'review', reason: 'the text claims more than the article' });
    expect(await deliveriesOf(id)).toEqual([]);
    expect(await deliverJobs(world)).toEqual([]);
  });

  test('leaves to a person what the platform would refuse, with its words', async () => {
    const platforms = fakePlatforms([squarePlatform({ form: refusing })]);
    const { ports, id } = await waiting({ auto: true }, { ports: { platforms } });
    await review(ports, id);
    expect(await postNow(id)).toMatchObject({
      state: 'review',
      reason: expect.stringContaining('the square wants better words'),
    });
  });

  test('leaves to a person what its platform can’t check because its keys are gone', async () => {
    const { ports, id } = await waiting({ auto: true });
    await review({ ...ports, platforms: fakePlatforms([]) }, id);
    expect(await postNow(id)).toMatchObject({ state: 'review', reason: 'square is not configured' });
  });

  test('does not approve the text that a person put in between reading and deciding', async () => {
    const { ports, id } = await waiting({ auto: true });
    const { store } = here();
    const edited: Store = {
      ...store,
      posts: {
        ...store.posts,
        view: async (postId) => {
          const view = await store.posts.view(postId);
          await editPost(ports, id, 'Now with 9000 trees.', 'Anna');
          return view;
        },
      },
    };
    await review({ ...ports, store: edited }, id);
    expect(await postNow(id)).toMatchObject({ state: 'review', text: expect.stringContaining('Now with 9000 trees.') });
    expect(await deliveriesOf(id)).toEqual([]);
  });

  test('does not send by itself what a person has changed and not yet approved', async () => {
    const { ports, id, article } = await waiting({ auto: true });
    await editPost(ports, id, `${article.title}: come and see.`, 'Anna');
    ports.clock.advance(5 * MINUTE);
    await sweep(ports);
    await review(ports, id);
    expect(await postNow(id)).toMatchObject({ state: 'review', writer: 'person' });
    expect(await here().store.posts.unreviewed(ports.clock.now(), 1000)).not.toContain(id);
    await approvePost(ports, id, 'Anna');
    expect(await postNow(id)).toMatchObject({ state: 'approved', approvedBy: 'Anna', reason: null });
  });
});

test('another channel waits for a person without a complaint', async () => {
  const { ports, id, world, view } = await waiting({ auto: false });
  await review(ports, id);
  expect(await postNow(id)).toMatchObject({ state: 'review', reason: null });
  const [fate] = await here().store.fates.ofArticle(view.article.id);
  expect(fate).toMatchObject({ state: 'waiting', waitingFor: 'review' });
  expect(await deliverJobs(world)).toEqual([]);
});

describe('a person', () => {
  test('approves: one delivery, one job, and the fate waits for the delivery', async () => {
    const { world, ports, id, article } = await waiting();
    const post = await approvePost(ports, id, 'Anna');
    expect(post).toMatchObject({ state: 'approved', approvedBy: 'Anna', approvedAt: ports.clock.now() });
    expect(await deliveriesOf(id)).toHaveLength(1);
    expect(await deliverJobs(world)).toHaveLength(1);
    const [fate] = await here().store.fates.ofArticle(article.id);
    expect(fate).toMatchObject({ state: 'waiting', waitingFor: 'delivery' });
  });

  test('approves for later: the delivery waits for its hour and nothing is enqueued', async () => {
    const { world, ports, id, view } = await waiting();
    const plannedAt = new Date(ports.clock.now().getTime() + 90 * MINUTE);
    await here().store.posts.save({ ...view.post, plannedAt });
    await approvePost(ports, id, 'Anna');
    expect(await deliveriesOf(id)).toEqual([expect.objectContaining({ due_at: plannedAt })]);
    expect(await deliverJobs(world)).toEqual([]);
  });

  test('approves what claims more than the article, if they say so', async () => {
    const writers = modelWriters((request) => ({ texts: textsFor(request, 'They plant 9000 trees.') }));
    const { ports, id } = await waiting({ auto: true }, { ports: { writers } });
    await review(ports, id);
    expect(await approvePost(ports, id, 'Anna')).toMatchObject({ state: 'approved', reason: null });
  });

  test('can’t approve what the platform would refuse', async () => {
    const platforms = fakePlatforms([squarePlatform({ form: refusing })]);
    const { ports, id, view } = await waiting({}, { ports: { platforms } });
    const refusal = approvePost(ports, id, 'Anna');
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow(
      `square:${view.channel.address} would refuse this text: the square wants better words`,
    );
    expect(await deliveriesOf(id)).toEqual([]);
  });

  test('rejects: the post never goes out and the fate says that a person did it', async () => {
    const { ports, id, article } = await waiting();
    const post = await rejectPost(ports, id, 'Anna', 'not our topic');
    expect(post).toMatchObject({ state: 'rejected', approvedBy: 'Anna', reason: 'not our topic' });
    expect(await deliveriesOf(id)).toEqual([]);
    const [fate] = await here().store.fates.ofArticle(article.id);
    expect(fate).toMatchObject({ state: 'filtered', reason: expect.stringMatching(/^person:/u) });
  });

  test.each([
    ['approve', approvePost],
    ['reject', (ports, id, by) => rejectPost(ports, id, by, 'no')],
    ['edit', (ports, id, by) => editPost(ports, id, 'Other words.', by)],
  ] satisfies [string, (ports: World['ports'], id: number, by: string) => Promise<unknown>][])(
    'who wants to %s what another one has decided hears who that was',
    async (_, decide) => {
      const { world, ports, id } = await waiting();
      await approvePost(ports, id, 'Anna');
      const refusal = decide(ports, id, 'Boris');
      await expect(refusal).rejects.toThrow(UsageError);
      await expect(refusal).rejects.toThrow(`Post ${id} is approved already (by Anna).`);
      expect(await deliveriesOf(id)).toHaveLength(1);
      expect(await deliverJobs(world)).toHaveLength(1);
    },
  );

  test.each([
    ['approve', (ports) => approvePost(ports, 999_999, 'Anna')],
    ['reject', (ports) => rejectPost(ports, 999_999, 'Anna', 'no')],
    ['edit', (ports) => editPost(ports, 999_999, 'text', 'Anna')],
  ] satisfies [string, (ports: World['ports']) => Promise<unknown>][])(
    'who wants to %s a post that is not there is told so',
    async (_, decide) => {
      const { ports } = await worldOver(here());
      await expect(decide(ports)).rejects.toThrow('There is no post 999999.');
    },
  );
});

describe('two people at the same moment', () => {
  test('in two processes: one decides, the other hears who it was', async () => {
    const other = await here().another();
    for (let round = 0; round < 5; round++) {
      const { world, ports, id } = await waiting();
      const [approved, rejected] = await Promise.allSettled([
        approvePost(ports, id, 'Anna'),
        rejectPost({ ...ports, store: other }, id, 'Boris', 'no'),
      ]);
      const [state, loser] =
        approved.status === 'fulfilled' ? (['approved', rejected] as const) : (['rejected', approved] as const);
      expect([approved.status, rejected.status].toSorted()).toEqual(['fulfilled', 'rejected']);
      expect(String(loser.status === 'rejected' && loser.reason)).toContain(
        state === 'approved' ? 'approved already (by Anna)' : 'rejected already (by Boris)',
      );
      expect((await postNow(id))?.state).toBe(state);
      expect(await deliveriesOf(id)).toHaveLength(state === 'approved' ? 1 : 0);
      expect(await deliverJobs(world)).toHaveLength(state === 'approved' ? 1 : 0);
    }
  });

  test('who both approve make one delivery', async () => {
    const other = await here().another();
    const { world, ports, id } = await waiting();
    const answers = await Promise.allSettled(
      ['Anna', 'Boris', 'Cilda', 'Dace'].map((by, index) =>
        approvePost({ ...ports, store: index % 2 === 0 ? here().store : other }, id, by),
      ),
    );
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(await deliveriesOf(id)).toHaveLength(1);
    expect(await deliverJobs(world)).toHaveLength(1);
  });
});

describe('an edited text', () => {
  test('is compared with the article again', async () => {
    const { ports, id, article } = await waiting();
    const claiming = await editPost(ports, id, 'They plant 9000 trees.', 'Anna');
    expect(claiming).toMatchObject({
      state: 'review',
      writer: 'person',
      reason: 'the text claims more than the article',
      grounding: { ok: false, failures: [{ kind: 'number', span: '9000' }] },
    });
    const honest = await editPost(ports, id, `${article.title}.`, 'Anna');
    expect(honest).toMatchObject({
      grounding: { ok: true, failures: [] },
      text: `${article.title}.\n\nAutomatic excerpt`,
    });
    expect(honest.reason).toBeNull();
  });

  test('is refused with the platform’s words, and the old one stays', async () => {
    const { ports, id, view } = await waiting();
    const refusal = editPost(ports, id, 'long '.repeat(200), 'Anna');
    await expect(refusal).rejects.toThrow(UsageError);
    await expect(refusal).rejects.toThrow('would refuse this text: longer than 500 characters');
    expect(await postNow(id)).toEqual(view.post);
  });

  test('may keep the tracked links and the brand’s own invitation, numbers and all', async () => {
    const form: Platform['form'] = (address) => ({
      ...squarePlatform().form(address),
      compose: ({ headline, link, callToAction }) =>
        `${headline} ${link?.url}\n${callToAction?.text} ${callToAction?.url}`,
    });
    const seen: (readonly string[])[] = [];
    const writers = modelWriters();
    const watching = {
      ...writers,
      ground: (...given: Parameters<typeof writers.ground>) => {
        seen.push(given[2]);
        return writers.ground(...given);
      },
    };
    const { ports, id, view } = await waiting(
      {},
      {
        brand: { callToAction: 'Call 67 000 111 today' },
        ports: { platforms: fakePlatforms([squarePlatform({ form })]), writers: watching },
      },
    );
    expect(view.post.text).toContain('Call 67 000 111 today');
    const changed = await editPost(ports, id, `Hello! ${view.post.text}`, 'Anna');
    expect(changed.grounding).toEqual({ ok: true, failures: [] });
    const links = await here().store.posts.linksOf(id);
    expect(links).toHaveLength(2);
    for (const link of links)
      expect(seen.at(-1)).toContain(`https://crier.example/${link.kind === 'lead' ? 'l' : 'r'}/${link.code}`);
    expect(seen.at(-1)).toContain(view.article.url);
  });

  test('is not lost on a platform without keys: it is refused with the way out', async () => {
    const { ports, id } = await waiting();
    await expect(editPost({ ...ports, platforms: fakePlatforms([]) }, id, 'Words.', 'Anna')).rejects.toMatchObject({
      message: 'square is not configured.',
      cure: 'Run crier doctor to see what is missing.',
    });
  });
});

test('a review that comes after the decision changes nothing', async () => {
  const { world, ports, id } = await waiting({ auto: true });
  await rejectPost(ports, id, 'Anna', 'not today');
  await review(ports, id);
  await world.flow();
  expect(await postNow(id)).toMatchObject({ state: 'rejected', approvedBy: 'Anna', reason: 'not today' });
});
