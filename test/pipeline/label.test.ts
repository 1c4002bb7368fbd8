import { expect, test } from 'vitest';
import { type ChannelStyle, PLAIN_STYLE } from '../../src/domain/channel.ts';
import { approvePost, editPost, review } from '../../src/pipeline/review/index.ts';
import { storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();
const LINE = 'Automatic excerpt';

async function waiting(style: Partial<ChannelStyle> = {}, auto = false) {
  const world = await worldOver(here());
  const channel = await world.channel({ auto, style: { ...PLAIN_STYLE, ...style } });
  const [view] = await world.written();
  if (view === undefined) throw new Error('nothing was written');
  return { world, ports: world.ports, channel, id: view.post.id, view };
}
const postNow = async (id: number) => (await here().store.posts.view(id))?.post;

test('an edit that takes the line out has it put back', async () => {
  const { ports, id } = await waiting();
  expect((await editPost(ports, id, 'Trees for the river.', 'Anna')).text).toBe(`Trees for the river.\n\n${LINE}`);
  expect((await editPost(ports, id, `${LINE}\nTrees for the river.`, 'Anna')).text).toBe(
    `${LINE}\nTrees for the river.`,
  );
});

test('an edit that leaves no room for the line is told so', async () => {
  const { ports, id } = await waiting();
  await expect(editPost(ports, id, 'x'.repeat(499), 'Anna')).rejects.toMatchObject({
    cure: `Leave room for the line that says a machine wrote it: ${LINE}`,
  });
});

test('only a review of the substance takes the line out on an editorial channel, and it is on record', async () => {
  const { ports, id } = await waiting({ label: 'editorial' });
  const now = ports.clock.now();
  expect((await editPost(ports, id, 'Trees for the river.', 'Anna')).text).toContain(LINE);
  const post = await approvePost(ports, id, 'Anna Ozola', { substance: true });
  expect(post).toMatchObject({ state: 'approved', label: null, substanceBy: 'Anna Ozola', substanceAt: now });
  expect(post.text).toBe('Trees for the river.');
  expect(await postNow(id)).toEqual(post);
});

test('an ordinary approval on an editorial channel keeps the line', async () => {
  const { ports, id } = await waiting({ label: 'editorial' });
  const post = await approvePost(ports, id, 'Anna');
  expect(post.text).toContain(LINE);
  expect(post).toMatchObject({ substanceBy: null, substanceAt: null });
});

test('where the line always stands a review of the substance can’t take it out', async () => {
  const { ports, id, channel } = await waiting();
  await expect(approvePost(ports, id, 'Anna', { substance: true })).rejects.toMatchObject({
    message: `square:${channel.address} keeps its label whoever has read the post.`,
  });
  expect(await postNow(id)).toMatchObject({ state: 'review' });
});

test('an exempt channel posts without the line when a person approves, and with it by itself', async () => {
  const exempt = { label: 'exempt', exemptReason: 'our own price list' } as const;
  const byHand = await waiting(exempt);
  expect(byHand.view.post.text).not.toContain(LINE);
  expect((await approvePost(byHand.ports, byHand.id, 'Anna')).text).not.toContain(LINE);

  const alone = await waiting(exempt, true);
  await review(alone.ports, alone.id);
  expect(await postNow(alone.id)).toMatchObject({ state: 'approved', approvedBy: 'auto' });
  expect((await postNow(alone.id))?.text).toContain(LINE);
});

test('a channel that becomes automatic does not send by itself what has no line', async () => {
  const { world, ports, id, channel } = await waiting({ label: 'exempt', exemptReason: 'our own price list' });
  await world.ports.store.channels.save({ ...channel, auto: true });
  await review(ports, id);
  expect(await postNow(id)).toMatchObject({ state: 'review', reason: expect.stringContaining('machine wrote it') });
});
