import { expect, test } from 'vitest';
import { PLAIN_STYLE } from '../../src/domain/channel.ts';
import { DAY } from '../../src/lib/clock.ts';
import { approvePost, editPost, rejectPost, review } from '../../src/pipeline/review/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { storeOfFile, worldOver } from './world.ts';

const here = storeOfFile();
const form: Platform['form'] = (address) => ({ ...squarePlatform().form(address), oneVoice: true });
const strict = { ports: { platforms: fakePlatforms([squarePlatform({ form })]) } };

test('the same words never go out on two accounts: the older post wins, the other waits and says why', async () => {
  const world = await worldOver(here(), strict);
  const [one, two] = [await world.channel({ auto: true }), await world.channel({ auto: true })];
  const [first, second] = await world.written();
  const [a, b] = [first?.post.id as number, second?.post.id as number];
  await review(world.ports, b);
  await review(world.ports, a);
  const now = async (id: number) => (await here().store.posts.view(id))?.post;
  expect(await now(a)).toMatchObject({ state: 'approved' });
  expect(await now(b)).toMatchObject({
    state: 'review',
    reason: expect.stringContaining(`Post ${a} for square:${one.address} has the same text`),
  });
  await expect(approvePost(world.ports, b, 'Anna')).rejects.toThrow('forbids the same text on two accounts');
  // Another case, link, hashtag or invisible letter makes no other text.
  const shouted = `${second?.post.text.replace('The town', 'THE TOWN').replace(/https\S+/u, '')}\u200b #news`;
  await editPost(world.ports, b, shouted, 'Anna');
  await expect(approvePost(world.ports, b, 'Anna')).rejects.toThrow('the same text');
  await editPost(world.ports, b, 'Along the river, trees are planted.', 'Anna');
  expect(await approvePost(world.ports, b, 'Anna')).toMatchObject({ state: 'approved', channelId: two.id });
});

test('a rejected post is in nobody’s way', async () => {
  const world = await worldOver(here(), strict);
  await world.channel();
  await world.channel();
  const [first, second] = await world.written();
  await rejectPost(world.ports, first?.post.id as number, 'Anna', 'no');
  expect(await approvePost(world.ports, second?.post.id as number, 'Anna')).toMatchObject({ state: 'approved' });
});

test('where links are for the best posts, the first of each of the brand’s days has one', async () => {
  const world = await worldOver(here());
  await world.channel({ style: { ...PLAIN_STYLE, links: 'best' } });
  const linked = async () => (await world.written())[0]?.post.card !== null;
  expect([await linked(), await linked()]).toEqual([true, false]);
  world.ports.clock.advance(DAY);
  expect([await linked(), await linked()]).toEqual([true, false]);
});

test('a channel without links has none in its posts, and keeps no tracked ones', async () => {
  const world = await worldOver(here());
  await world.channel({ style: { ...PLAIN_STYLE, links: 'none' } });
  const [view] = await world.written();
  expect(view?.post.card).toBeNull();
  expect(await here().store.posts.linksOf(view?.post.id as number)).toEqual([]);
});
