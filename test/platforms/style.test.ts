import { expect, test } from 'vitest';
import { PLAIN_STYLE } from '../../src/domain/channel.ts';
import { discordForm } from '../../src/platforms/discord/index.ts';
import { telegramForm } from '../../src/platforms/telegram/index.ts';
import { xForm } from '../../src/platforms/x/index.ts';
import { weightedLength } from '../../src/platforms/x/weight.ts';
import { CARD, SAMPLE } from '../contracts/platform.ts';

const LONG = {
  ...SAMPLE,
  body: Array.from(
    { length: 14 },
    (_, index) => `Sentence ${index} tells of the quay at Ventspils and its cranes.`,
  ).join(' '),
};
const render = (form: ReturnType<typeof xForm>, text: string) =>
  form.look.render({ text, sender: 'News', at: null, address: 'main', card: CARD });

test('without links X finds none in a post, and people read the name all the same', () => {
  const form = xForm({ ...PLAIN_STYLE, links: 'none' });
  const text = form.compose({ ...SAMPLE, body: 'Booking.com, foo.co.uk and https://news.example/a rose.' });
  expect(form.check(text)).toEqual([]);
  expect(form.plainText(text)).toContain('Booking.com, foo.co.uk');
  expect(text).not.toMatch(/Booking\.com|crier\.example/u);
  expect(form.check('Booking.com rose')).toEqual([expect.stringContaining('$0.20')]);
});

test('a thread has the label in its first part, the link in its last, and every part may go out', () => {
  for (const thread of ['yes', 'numbered'] as const) {
    const form = xForm({ ...PLAIN_STYLE, thread });
    const text = form.compose(LONG);
    const parts = form.partsOf(text);
    expect(parts.length).toBeGreaterThan(2);
    expect(parts[0]).toContain('Written by AI');
    expect(parts.at(-1)).toContain('https://crier.example/r/Ab3dE7x');
    expect(parts.slice(0, -1).join()).not.toContain('https://');
    for (const part of parts) expect(weightedLength(part)).toBeLessThanOrEqual(280);
    expect(parts.every((part, index) => part.startsWith(`${index + 1}/${parts.length} `))).toBe(thread === 'numbered');
    expect(form.check(text)).toEqual([]);
    expect(form.plainText(text)).not.toMatch(/\d\/\d|---/u);
    expect(form.plainText(text).match(/Sentence \d+/gu)).toHaveLength(14);
    expect(render(form, text).match(/<article/gu)).toHaveLength(parts.length);
  }
});

test('a short text stays one post where threads are allowed, and lines of dashes mean nothing where they are not', () => {
  const form = xForm({ ...PLAIN_STYLE, thread: 'numbered' });
  expect(form.partsOf(form.compose(SAMPLE))).toHaveLength(1);
  expect(xForm(PLAIN_STYLE).partsOf('a\n---\nb')).toHaveLength(1);
});

test('what is wrong in a thread names its part', () => {
  const form = xForm({ ...PLAIN_STYLE, thread: 'yes' });
  expect(form.check('fine\n---\nhello @durov')).toEqual([expect.stringContaining('part 2 of 2')]);
});

test('the box of the article is shown as Telegram will: large, small, above, or not', () => {
  const text = telegramForm(PLAIN_STYLE).compose(SAMPLE);
  const html = (style: Partial<typeof PLAIN_STYLE>) => render(telegramForm({ ...PLAIN_STYLE, ...style }), text);
  expect(html({})).toContain('telegram-picture telegram-large');
  expect(html({ preview: 'small' })).toContain('telegram-picture telegram-small');
  expect(html({ preview: 'none' })).not.toContain('telegram-preview');
  const above = html({ previewAbove: true });
  expect(above.indexOf('telegram-preview')).toBeLessThan(above.indexOf('telegram-text'));
});

test('a Discord card says what the text says, with its title, footer and picture in their places', () => {
  const form = discordForm({ ...PLAIN_STYLE, preview: 'large', colour: '#ff8800' });
  const html = render(form, form.compose(SAMPLE));
  expect(html).toContain('discord-title"><a href="https://crier.example/r/Ab3dE7x"');
  expect(html).toContain('discord-footer">Written by AI');
  expect(html).toContain('discord-image');
  expect(html).toContain('#ff8800');
  expect(html).not.toContain('**');
});
