import { afterAll, beforeAll, expect, test } from 'vitest';
import { type House, openHouse, STORY } from './house.ts';

let house: House;
let as: string;
beforeAll(async () => {
  house = await openHouse({ channels: ['telegram', '!x'] });
  as = await house.login();
});
afterAll(() => house.close());

const channels = () => house.ports.store.channels.list(house.brand.id);
const text = async (path: string) => (await house.ask(path, { as })).text();
const idOf = async (address: string) => (await channels()).find((one) => one.address === address)?.id as number;

test('a channel’s settings are shown with what they mean, changed, and its latest post follows them', async () => {
  await house.news([{ ...STORY }]);
  const id = await idOf('telegram');
  expect(await text('/')).toContain(`<a href="/channels/${id}">`);
  const page = await text(`/channels/${id}`);
  expect(page).toContain('<option value="all" selected>');
  expect(page).toContain('telegram-preview');
  const saved = await house.send(`/channels/${id}`, { preview: 'none', language: 'lv', links: 'best' }, as);
  expect(saved.status).toBe(303);
  expect((await channels()).find((one) => one.id === id)).toMatchObject({
    language: 'lv',
    style: { preview: 'none', links: 'best' },
  });
  expect(await text(`/channels/${id}`)).not.toContain('class="telegram-preview');
});

test('what can’t be is refused with a reason, what was typed stays, and nothing is changed', async () => {
  const id = await idOf('telegram');
  const answer = await house.send(`/channels/${id}`, { label: 'exempt', colour: 'red <b>' }, as);
  expect(answer.status).toBe(400);
  const page = await answer.text();
  expect(page).toContain('exempt wants a written reason');
  expect(page).toContain('colour wants six digits');
  expect(page).toContain('value="red &lt;b&gt;"');
  expect((await channels()).find((one) => one.id === id)?.style).toMatchObject({ label: null, colour: null });
});

test('a manager sees the settings and can’t change them; another brand sees nothing', async () => {
  const id = await idOf('telegram');
  const manager = await house.login('manager');
  expect(await (await house.ask(`/channels/${id}`, { as: manager })).text()).toContain('<fieldset disabled>');
  expect((await house.send(`/channels/${id}`, { links: 'none' }, manager)).status).toBe(403);
  const stranger = await house.loginAsStranger();
  expect((await house.ask(`/channels/${id}`, { as: stranger })).status).toBe(404);
  expect((await house.send(`/channels/${id}`, { links: 'none' }, stranger)).status).toBe(404);
});

test('an editor answers for a post with one button, by name, and the label goes', async () => {
  const id = await idOf('x');
  const view = (await house.posts()).find((one) => one.channel.id === id && one.post.state === 'review');
  const postId = view?.post.id as number;
  expect(await text('/')).not.toContain('I checked the substance');
  await house.send(`/channels/${id}`, { label: 'editorial' }, as);
  expect(await text('/')).toContain('I checked the substance');

  const edited = await house.send(`/posts/${postId}/edit`, { text: view?.article.title ?? '' }, as);
  expect(edited.headers.get('location')).toBe(`/posts/${postId}?label=back`);
  expect(await text(`/posts/${postId}?label=back`)).toContain('was put back');

  await house.send(`/posts/${postId}/approve`, { substance: 'yes' }, as);
  const post = (await house.posts()).find((one) => one.post.id === postId)?.post;
  expect(post).toMatchObject({ state: 'approved', label: null, substanceBy: expect.any(String) });
  expect(post?.text).toBe(view?.article.title);
  expect(await text('/')).toContain(`substance checked by ${post?.substanceBy}`);
});

test('when posts go out is set on the same page, faults are named, and a waiting post says its time', async () => {
  const id = await idOf('x');
  const slots = 'mon-sun 03:00; 15:00';
  expect((await house.send(`/channels/${id}/schedule`, { slots, quiet: '', expires: '2d' }, as)).status).toBe(303);
  const page = await text(`/channels/${id}`);
  expect(page).toContain('value="03:00 15:00"');
  expect(page).toContain('value="2d"');
  const refused = await house.send(`/channels/${id}/schedule`, { slots: 'when it suits' }, as);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain('value="when it suits"');
  await house.news([{ ...STORY, guid: 'planned', url: 'https://news.example/planned' }]);
  const view = (await house.posts()).find((one) => one.channel.id === id && one.post.state === 'review');
  await house.send(`/posts/${view?.post.id}/approve`, {}, as);
  expect(await text('/')).toMatch(/goes out <time/u);
  const manager = await house.login('manager');
  expect((await house.send(`/channels/${id}/schedule`, { slots: '' }, manager)).status).toBe(403);
});
