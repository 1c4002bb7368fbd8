import { expect, test } from 'vitest';
import { PLAIN_STYLE } from '../../../src/domain/channel.ts';
import { telegramForm } from '../../../src/platforms/telegram/index.ts';
import { SAMPLE } from '../../contracts/platform.ts';

const form = telegramForm(PLAIN_STYLE);

const { compose, check, plainText, look } = form;

test('a post has a bold headline, its text, hashtags, the links and the label', () => {
  expect(compose(SAMPLE)).toBe(`<b>Harbour opens a new quay</b>

The port of Ventspils opened a quay on Monday.

It cost 12 million euro.

#ports #Latvia

<a href="https://crier.example/r/Ab3dE7x">Read more</a>
<a href="https://crier.example/l/Qw8rT2y">Questions? Write to us</a>

<i>Written by AI</i>`);
});

test('what is not there leaves no gap', () => {
  const bare = { ...SAMPLE, headline: '', hashtags: [], callToAction: null, aiLabel: null, body: ' One. ' };
  expect(compose(bare)).toBe('One.\n\n<a href="https://crier.example/r/Ab3dE7x">Read more</a>');
});

test('a long text is cut in its body, to the last character that fits, and nowhere else', () => {
  const text = compose({ ...SAMPLE, body: '& '.repeat(5000) });
  const plain = plainText(text);
  expect(plain.length).toBeLessThanOrEqual(4096);
  expect(plain.length).toBeGreaterThan(4090);
  expect(plain).toMatch(/^Harbour opens a new quay\n\n& & /u);
  expect(plain).toMatch(/& &…\n\n#ports #Latvia\n\nRead more\nQuestions\? Write to us\n\nWritten by AI$/u);
});

test('a headline, a label and an invitation beyond measure still leave a post that fits', () => {
  const endless = 'word '.repeat(3000);
  const text = compose({
    ...SAMPLE,
    headline: endless,
    body: endless,
    link: { url: 'https://crier.example/r/Ab3dE7x', label: endless },
    callToAction: { text: endless, url: 'https://crier.example/l/Qw8rT2y' },
    aiLabel: endless,
  });
  expect(check(text)).toEqual([]);
  expect(text).toContain('https://crier.example/l/Qw8rT2y');
});

test('names of accounts call nobody, and read as they were written', () => {
  const text = compose({ ...SAMPLE, body: 'Thanks to @durov, (@some_body) and anna@example.org' });
  expect(text).not.toMatch(/(?<!\w)@\w/u);
  expect(text).toContain('anna@example.org');
  expect(plainText(text)).toContain('Thanks to @durov, (@some_body) and anna@example.org');
});

test('hashtags are words that Telegram links, each once, five at most', () => {
  const hashtags = ['#Rīga', 'open source', 'Rīga', '2026', '<b>', '!!', 'AI'];
  expect(plainText(compose({ ...SAMPLE, hashtags }))).toContain('\n\n#Rīga #open_source #b #AI\n\n');
});

test('lines, spaces and what cannot be seen are put in order', () => {
  const body = 'One\u200b  line\r\nsecond\u202E line\n\n\n \nNext\u0000 paragraph\ud800.';
  expect(plainText(compose({ ...SAMPLE, body }))).toContain('\n\nOne line\nsecond line\n\nNext paragraph\ufffd.\n\n');
});

test.each([
  ['', 'empty'],
  ['<b> </b>\n', 'empty'],
  ['<b>open', `Can't find end tag corresponding to start tag "b"`],
  ['<b><i>x</b></i>', 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'],
  ['<h1>x</h1>', 'Unsupported start tag "h1" at byte offset 0'],
  ['a < b', 'Unsupported start tag "" at byte offset 2'],
  ['x'.repeat(4097), '4097 characters; Telegram takes 4096'],
])('%j is refused, with what is wrong', (text, reason) => {
  const problems = check(text);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(reason);
});

test('markup does not count towards the length', () => {
  expect(check(`<b>${'&amp;'.repeat(4096)}</b>`)).toEqual([]);
});

test('a text that a person marked up looks as it will, and broken markup is shown as letters', () => {
  const render = (text: string): string =>
    look.render({ text, sender: 'News', at: null, address: '@news', card: null });
  expect(
    render('<b>a<i>b</i></b> <a href="https://x.example/?a=1&amp;b=2">c</a> <tg-spoiler>d</tg-spoiler> #e'),
  ).toContain(
    '<b>a<i>b</i></b> <a href="https://x.example/?a=1&amp;b=2" rel="nofollow noopener" target="_blank">c</a> ' +
      '<span class="telegram-spoiler">d</span> <span class="telegram-tag">#e</span>',
  );
  expect(render('<a href="tg://user?id=1">a</a>')).toContain('<a>a</a>');
  expect(render('<b>open')).toContain('&lt;b&gt;open');
});
