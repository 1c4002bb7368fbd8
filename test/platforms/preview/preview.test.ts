import { expect, test } from 'vitest';
import { createPreview } from '../../../src/platforms/preview/index.ts';
import type { PlatformForm } from '../../../src/ports/platform.ts';
import { BARE, formContract, SAMPLE } from '../../contracts/platform.ts';

const shouting: PlatformForm = {
  format: 'markdown',
  oneVoice: false,
  partsOf: (text) => [text],
  label: (line) => line,
  limits: { text: 10, count: (text) => text.length, unit: 'letters', forWriter: 5, hashtags: 0 },
  compose: ({ headline }) => headline.toUpperCase(),
  check: () => [],
  plainText: (text) => text.toLowerCase(),
  look: { css: '', render: ({ text }) => text },
};
const preview = createPreview({ forms: { shout: () => shouting } });
const never = new AbortController().signal;

formContract('preview', preview.form('main'), 'main');

test('an address named after a form takes that form, others are plain', () => {
  expect(preview.form('shout')).toBe(shouting);
  expect(preview.form('shout-lv')).toBe(shouting);
  for (const address of ['main', 'shouts', 'constructor', 'main-shout'])
    expect(preview.form(address)).toMatchObject({ format: 'plain', limits: { text: 4000 } });
});

test('a plain post has everything, in this order', () => {
  expect(preview.form('main').compose(SAMPLE)).toBe(
    `Harbour opens a new quay

The port of Ventspils opened a quay on Monday.

It cost 12 million euro.

Read more: https://crier.example/r/Ab3dE7x

Questions? Write to us: https://crier.example/l/Qw8rT2y

#ports #Latvia

Written by AI`,
  );
});

test('a post is confirmed at once under its attempt and has no address elsewhere', async () => {
  const message = { ...BARE, address: 'main', text: 'Hello', attemptId: 'attempt-1', deliveryId: 7 };
  expect(await preview.publish(message, never)).toEqual({ kind: 'confirmed', remoteId: 'attempt-1', url: null });
  expect(preview.body(message)).toBe('{"address":"main","text":"Hello"}');
});

test('it is a rehearsal on this machine, always ready, without numbers or chat', async () => {
  expect(preview).toMatchObject({ name: 'preview', local: true, rehearsal: true });
  expect(preview.engagement).toBeUndefined();
  expect(preview.chat).toBeUndefined();
  const found = await preview.inspect('shout-lv', never);
  expect(found).toMatchObject({ title: 'Preview shout-lv', problems: [] });
  expect(found.notes.join()).toContain('as on shout');
});

test('addresses are short names', () => {
  expect(preview.parseAddress(' Main_2 ')).toEqual({ address: 'main_2' });
  for (const input of ['', 'a b', '<b>', '-x', 'x'.repeat(41)])
    expect(preview.parseAddress(input)).toEqual({ error: expect.stringContaining('preview:main') });
});
