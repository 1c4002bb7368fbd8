import { describe, expect, test } from 'vitest';
import { MINUTE } from '../../src/lib/clock.ts';
import { eraseLead, type FormAnswer, FormError, formFor, submitForm } from '../../src/pipeline/qualify/index.ts';
import type { Platform } from '../../src/ports/platform.ts';
import { fakePlatforms, squarePlatform } from '../cli/support.ts';
import { fresh, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const form: Platform['form'] = (address) => ({
  ...squarePlatform().form(address),
  compose: ({ headline, link, callToAction, aiLabel }) => `${headline} ${link?.url} ${callToAction?.url}\n${aiLabel}`,
});

/** A post with a form, and the answer of somebody who fills it well. */
async function asked(given: { language?: string; world?: World } = {}) {
  const world =
    given.world ?? (await worldOver(here(), { ports: { platforms: fakePlatforms([squarePlatform({ form })]) } }));
  const channel = await world.channel({ language: given.language ?? 'lv' });
  const posts = await world.written();
  const view = posts.at(-1);
  const links = await here().store.posts.linksOf(view?.post.id as number);
  const code = links.find((link) => link.kind === 'lead')?.code as string;
  const shown = await formFor(world.ports, code);
  const answer: FormAnswer = {
    name: 'Anna Bērziņa',
    email: `${fresh('anna')}@example.lv`,
    phone: '',
    message: '',
    agreed: true,
    wordingId: shown?.wording.id as string,
  };
  return { world, ports: world.ports, code, channel, view, shown, answer };
}
const leads = (world: World) => here().store.leads.list({ brandId: world.brand.id, limit: 100 });

describe('the form behind a link', () => {
  test.each([
    ['lv', /^Piekrītu, ka Harbour Press Ltd/u],
    ['ru', /^Я согласен .*Harbour Press Ltd/u],
    ['de', /^Ich bin einverstanden, dass Harbour Press Ltd/u],
    ['pl', /^I agree that Harbour Press Ltd/u],
  ])('of a post in %s names the controller in the words of the consent', async (language, words) => {
    const { shown, view } = await asked({ language });
    expect(shown?.language).toBe(language);
    expect(shown?.wording.text).toMatch(words);
    expect(shown).toMatchObject({
      articleTitle: view?.article.title,
      controller: { name: 'Harbour Press Ltd', contact: 'privacy@harbour.example' },
    });
  });

  test('is not there for a code that nobody made', async () => {
    const { ports, answer } = await asked();
    expect(await formFor(ports, 'nothing')).toBeNull();
    await expect(submitForm(ports, 'nothing', answer)).rejects.toThrow('This form is not there any more.');
  });
});

describe('an answer', () => {
  test('becomes a lead that knows where it came from and what exactly was agreed to', async () => {
    const { ports, code, channel, view, shown, answer } = await asked();
    const message = 'We would like to plant trees, too.';
    const { lead, created } = await submitForm(ports, code, { ...answer, phone: '+371 67 000 111', message });
    expect(created).toBe(true);
    expect(lead).toMatchObject({
      name: 'Anna Bērziņa',
      language: 'lv',
      stage: 'new',
      contacts: [
        { kind: 'email', value: answer.email },
        { kind: 'phone', value: '+37167000111' },
      ],
      consents: [
        {
          purpose: 'contact',
          granted: true,
          wordingId: shown?.wording.id,
          wording: shown?.wording.text,
          how: 'form',
          at: ports.clock.now(),
        },
      ],
      touches: [
        {
          postId: view?.post.id,
          articleId: view?.article.id,
          channelId: channel.id,
          channel: `square:${channel.address}`,
          kind: 'form',
          at: ports.clock.now(),
        },
      ],
      messages: [{ from: 'lead', text: message, at: ports.clock.now() }],
    });
    expect(lead.score).toBe(50);
    expect(lead.reasons.reduce((sum, reason) => sum + reason.points, 0)).toBe(lead.score);
    expect(await here().store.leads.get(lead.id)).toEqual(lead);
  });

  test('of the same person, however the address is typed, completes the lead and counts as coming back', async () => {
    const first = await asked();
    const one = await submitForm(first.ports, first.code, {
      ...first.answer,
      name: '',
      email: `  ${first.answer.email.toUpperCase()} `,
    });
    const second = await asked({ world: first.world });
    first.ports.clock.advance(MINUTE);
    const two = await submitForm(second.ports, second.code, {
      ...second.answer,
      email: first.answer.email,
      phone: '67000112',
    });
    expect(two).toMatchObject({ created: false, lead: { id: one.lead.id, name: 'Anna Bērziņa' } });
    expect(await leads(first.world)).toHaveLength(1);
    expect(two.lead.consents).toHaveLength(2);
    expect(two.lead.touches.map((touch) => touch.postId)).toEqual([first.view?.post.id, second.view?.post.id]);
    expect(two.lead.reasons).toEqual([
      { points: 20, reason: 'answered a post and agreed to be contacted' },
      { points: 15, reason: 'left a phone number' },
      { points: 10, reason: 'came back once' },
    ]);
    expect(two.lead.score).toBe(45);
  });

  test('that is sent twice at the same moment, to two processes, makes one lead', async () => {
    const { world, ports, code, answer } = await asked();
    const other = { ...ports, store: await here().another() };
    const answers = await Promise.all([ports, other, ports, other].map((one) => submitForm(one, code, answer)));
    expect(answers.filter((one) => one.created)).toHaveLength(1);
    expect(await leads(world)).toHaveLength(1);
  });

  test('of the same person to another brand is another lead', async () => {
    const [one, other] = [await asked(), await asked()];
    await submitForm(one.ports, one.code, one.answer);
    expect(await submitForm(other.ports, other.code, { ...other.answer, email: one.answer.email })).toMatchObject({
      created: true,
    });
  });
});

describe('an answer that can’t be taken', () => {
  test.each([
    ['no e-mail address', { email: '  ' }, { email: 'missing' }],
    ['an e-mail address that is none', { email: 'anna at example.lv' }, { email: 'not-valid' }],
    ['a phone number that is none', { phone: 'call me' }, { phone: 'not-valid' }],
    ['an endless name', { name: 'a'.repeat(201) }, { name: 'too-long' }],
    ['an endless message', { message: 'a'.repeat(4001) }, { message: 'too-long' }],
    ['no consent', { agreed: false }, { agreed: 'not-agreed' }],
    ['consent to other words', { wordingId: 'contact-en-0000000000000000' }, { agreed: 'wording-changed' }],
    [
      'everything wrong at once',
      { name: 'a'.repeat(300), email: '@', phone: '1', message: 'b'.repeat(9999), agreed: false },
      { name: 'too-long', email: 'not-valid', phone: 'not-valid', message: 'too-long', agreed: 'not-agreed' },
    ],
  ] satisfies [string, Partial<FormAnswer>, FormError['fields']][])(
    'because of %s names each field and stores nothing',
    async (_, wrong, fields) => {
      const { world, ports, code, answer } = await asked();
      const refusal = submitForm(ports, code, { ...answer, ...wrong });
      await expect(refusal).rejects.toBeInstanceOf(FormError);
      await expect(refusal).rejects.toMatchObject({ fields });
      expect(await leads(world)).toEqual([]);
    },
  );

  test('because the controller has changed since the page was opened asks for consent again', async () => {
    const { world, ports, code, answer } = await asked();
    await here().store.brands.save({
      ...world.brand,
      controller: { ...world.brand.controller, name: 'Somebody Else Ltd' },
    });
    await expect(submitForm(ports, code, answer)).rejects.toMatchObject({ fields: { agreed: 'wording-changed' } });
    const again = await formFor(ports, code);
    expect(again?.wording.text).toContain('Somebody Else Ltd');
    expect(await submitForm(ports, code, { ...answer, wordingId: again?.wording.id as string })).toMatchObject({
      created: true,
    });
  });

  test('does not repeat what the person typed in its message', async () => {
    const { ports, code } = await asked();
    const answer = {
      name: 'Secret Name',
      email: 'secret at',
      phone: 'secret',
      message: 'secret',
      agreed: false,
      wordingId: '',
    };
    await expect(submitForm(ports, code, answer)).rejects.not.toThrow(/secret/iu);
  });
});

test('an erased lead is gone, and the same person may come as a new one', async () => {
  const { world, ports, code, answer } = await asked();
  const { lead } = await submitForm(ports, code, { ...answer, message: 'Please write to me soon.' });
  expect(await eraseLead(ports, lead.id)).toBe(true);
  expect(await eraseLead(ports, lead.id)).toBe(false);
  expect(await leads(world)).toEqual([]);
  expect(await here().sql('SELECT 1 FROM lead_contact WHERE lead_id = $1', [lead.id])).toEqual([]);
  expect(await submitForm(ports, code, answer)).toMatchObject({ created: true });
});
