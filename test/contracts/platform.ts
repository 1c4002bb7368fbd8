import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChannelStyle, PLAIN_STYLE } from '../../src/domain/channel.ts';
import type { OutcomeKind } from '../../src/domain/delivery.ts';
import type { OutgoingPost, Platform, PlatformForm, PostParts, Trace } from '../../src/ports/platform.ts';

/** What every message has beside its text, when nothing is wished for. */
export const BARE = { style: PLAIN_STYLE, card: null, replyTo: null };

/** An article's page as previews show it, with a title that is no markup. */
export const CARD = {
  url: 'https://crier.example/r/Ab3dE7x',
  title: 'A new quay <script>alert(1)</script> **bold**',
  siteName: 'Harbour "News" & more',
  imageUrl: 'https://news.example/quay.jpg?a=1&b="2"',
};

/** What of a channel's style changes what goes out, on one platform or another. */
const STYLES: Partial<ChannelStyle>[] = [
  {},
  { preview: 'small', previewAbove: true },
  { preview: 'large', colour: '#ff8800' },
  { preview: 'none', links: 'none' },
  { thread: 'numbered' },
];

/** What the platform's emulator does with the next send, once; the one after it is `ok` again. */
export type Fault =
  | 'ok'
  | 'hang' // takes the request and never answers
  | 'reset-after-accept'
  | '500'
  | '502-after-accept'
  | '429' // with a delay that the platform names
  | '400'
  | '401'
  | '403'
  | 'bad-json' // accepts, answers 200 with a body that can't be read
  | 'refused'; // nobody listens

/** A platform made against its emulator, with a send deadline of at most 1 s. */
export interface PlatformUnderTest {
  platform: Platform;
  address: string;
  /** What the emulator accepted, in order. */
  sent: () => { text: string }[];
  next: (fault: Fault) => void | Promise<void>;
  close: () => Promise<void>;
  /** How many messages people see; `sent` where absent. */
  copies?: () => number;
  /** How many sends reached the emulator, accepted or not. */
  requests?: () => number;
  /** The mentions that the platform would find in a text. */
  mentions?: (text: string) => string[];
  /** Strings that no reason may contain. */
  secrets?: string[];
}

const { signal: never } = new AbortController();
const OTHER = '7c1d2f8e-5d0c-4a39-9d3e-0f3c5e1c7a12';

const PROVEN: Record<Fault, { kind: OutcomeKind; copies: 0 | 1 | 'either' }> = {
  ok: { kind: 'confirmed', copies: 1 },
  hang: { kind: 'unclear', copies: 'either' },
  'reset-after-accept': { kind: 'unclear', copies: 1 },
  '500': { kind: 'unclear', copies: 0 },
  '502-after-accept': { kind: 'unclear', copies: 1 },
  '429': { kind: 'not-sent', copies: 0 },
  '400': { kind: 'rejected', copies: 0 },
  '401': { kind: 'rejected', copies: 0 },
  '403': { kind: 'rejected', copies: 0 },
  'bad-json': { kind: 'unclear', copies: 1 },
  refused: { kind: 'not-sent', copies: 0 },
};

/** What every platform promises; its own tests add what is special to it. */
export function platformContract(name: string, setup: () => Promise<PlatformUnderTest>): void {
  describe(`${name}: the pure parts`, () => {
    let its: PlatformUnderTest;
    beforeAll(async () => {
      its = await setup();
    });
    afterAll(() => its.close());
    formCases(() => ({ form: its.platform.form(its.address), address: its.address, mentions: its.mentions }));

    test('the same message makes the same bytes', () => {
      fc.assert(
        fc.property(parts, fc.uuid(), (one, attemptId) => {
          const text = its.platform.form(its.address).compose(one);
          const message = { ...BARE, address: its.address, text, attemptId, deliveryId: 7 };
          expect(its.platform.body({ ...message })).toBe(its.platform.body(message));
          const price = its.platform.priceMicros(message.text);
          expect(Number.isInteger(price) && price >= 0 && its.platform.priceMicros(message.text) === price).toBe(true);
        }),
        { numRuns: 30 },
      );
    });

    test('the address that is stored is read as itself again', () => {
      expect(its.platform.parseAddress(its.address)).toEqual({ address: its.address });
    });
  });

  describe(`${name}: publishing`, () => {
    let its: PlatformUnderTest;
    beforeEach(async () => {
      its = await setup();
    });
    afterEach(() => its.close());

    const message = (text?: string): OutgoingPost => ({
      ...BARE,
      address: its.address,
      text: text ?? its.platform.form(its.address).compose(SAMPLE),
      attemptId: '0b5f8f8e-5d0c-4a39-9d3e-0f3c5e1c7a11',
      deliveryId: 7,
    });

    for (const [fault, proven] of Object.entries(PROVEN) as [Fault, (typeof PROVEN)[Fault]][]) {
      test(`${fault} is ${proven.kind}, after one request`, async () => {
        await its.next(fault);
        const startedAt = performance.now();
        const outcome = await its.platform.publish(message(), new AbortController().signal);
        expect(outcome).toMatchObject({ kind: proven.kind });
        expect(performance.now() - startedAt).toBeLessThan(4000);
        // A retry would meet `ok` and leave a copy too many.
        if (proven.copies === 'either') expect(its.sent().length).toBeLessThanOrEqual(1);
        else expect(its.sent()).toHaveLength(proven.copies);
        if (its.requests && fault !== 'refused') expect(its.requests()).toBe(1);

        if (outcome.kind === 'confirmed') expect(outcome.remoteId).not.toBe('');
        else expect(outcome.reason).not.toBe('');
        if (outcome.kind === 'rejected') expect(outcome.cure).not.toBe('');
        if (fault === '401') expect(outcome).toMatchObject({ channelTrouble: true });
        if (fault === '429') expect(outcome).toMatchObject({ retryAfterMs: expect.any(Number) });
        for (const secret of its.secrets ?? []) expect(JSON.stringify(outcome)).not.toContain(secret);
      });
    }

    const copies = () => its.copies?.() ?? its.sent().length;
    const traceOf = (post: OutgoingPost): Trace => ({
      address: post.address,
      text: post.text,
      body: its.platform.body(post),
      ownLinks: [],
      since: new Date(),
    });

    test('what came through without an answer is found, and only that', async () => {
      const { platform } = its;
      if (platform.lookFor === undefined) return;
      const post = message();
      const trace = traceOf(post);
      expect(await platform.lookFor(trace, never)).toMatchObject({
        kind: 'absent',
        reason: expect.stringContaining('.'),
      });
      await its.next('reset-after-accept');
      expect(await platform.publish(post, never)).toMatchObject({ kind: 'unclear' });
      const finding = await platform.lookFor(trace, never);
      expect(finding).toMatchObject({ kind: 'found', remoteId: expect.stringMatching(/^\d+$/u) });
      const other = {
        ...message(its.platform.form(its.address).compose({ ...SAMPLE, headline: 'Another one' })),
        attemptId: OTHER,
      };
      expect(await platform.lookFor(traceOf(other), never)).toMatchObject({ kind: 'absent' });
      expect(copies()).toBe(1);
    });

    test('the same bytes again, where the platform takes them, leave one message', async () => {
      const { platform } = its;
      if (platform.repeat === undefined) return;
      const post = message();
      const trace = traceOf(post);
      await its.next('reset-after-accept');
      await platform.publish(post, never);
      const first = await platform.repeat.send(trace, never);
      expect(first).toMatchObject({ kind: 'found' });
      expect(await platform.repeat.send(trace, never)).toEqual(first);
      await its.next('429');
      expect(await platform.repeat.send(trace, never)).toMatchObject({ kind: 'cannot-tell' });
      expect(copies()).toBe(1);
      const late = { ...trace, since: new Date(Date.now() - platform.repeat.withinMs) };
      expect(await platform.repeat.send(late, never)).toMatchObject({ kind: 'cannot-tell' });
      expect(copies()).toBe(1);
    });

    test('a send that is told to stop is unclear', async () => {
      await its.next('hang');
      const stop = new AbortController();
      setTimeout(() => stop.abort(), 50);
      expect(await its.platform.publish(message(), stop.signal)).toMatchObject({ kind: 'unclear' });
    });

    test.each(STYLES)('whatever compose makes is accepted, part by part: %j', async (wish) => {
      const style = { ...PLAIN_STYLE, ...wish };
      const form = its.platform.form(its.address, style);
      let published = 0;
      await fc.assert(
        fc.asyncProperty(parts, async (one) => {
          let replyTo: string | null = null;
          for (const text of form.partsOf(form.compose(one))) {
            const dressed: OutgoingPost = { ...message(text), style, card: CARD, replyTo };
            const outcome = await its.platform.publish(dressed, new AbortController().signal);
            expect(outcome).toMatchObject({ kind: 'confirmed' });
            replyTo = outcome.kind === 'confirmed' ? outcome.remoteId : null;
            published += 1;
          }
        }),
        { numRuns: 8 },
      );
      expect(its.sent()).toHaveLength(published);
    });
  });
}

/** The same for the pure parts alone, for a platform that only shows how a post would look. */
export function formContract(name: string, form: PlatformForm, address: string): void {
  describe(`${name}: the form`, () => formCases(() => ({ form, address })));
}

type FormUnderTest = { form: PlatformForm; address: string; mentions?: (text: string) => string[] };

function formCases(its: () => FormUnderTest): void {
  test('compose passes check, says the same twice, keeps the link and the label', () => {
    const { form } = its();
    fc.assert(
      fc.property(parts, (one) => {
        const text = form.compose(one);
        expect(form.check(text)).toEqual([]);
        expect(form.compose({ ...one })).toBe(text);
        if (one.link) expect(text).toContain(one.link.url);
        if (one.aiLabel) {
          expect(form.plainText(text)).toContain(one.aiLabel);
          expect(text.split('\n')).toContain(form.label(one.aiLabel));
        }
        expect(form.partsOf(text)).toEqual([text]);
        expect(text.isWellFormed()).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  test('nothing and too much are refused with a reason', () => {
    const { form } = its();
    expect(form.check('')).not.toEqual([]);
    expect(form.check('word '.repeat(form.limits.text))).not.toEqual([]);
  });

  test.each(HOSTILE)('%j stays what it is: letters', (snippet) => {
    const { form, address, mentions } = its();
    const text = form.compose({ ...SAMPLE, headline: snippet, body: `before ${snippet} after`, hashtags: [] });
    expect(bare(form.plainText(text))).toContain(bare(`before ${snippet} after`));
    expect(mentions?.(text) ?? []).toEqual([]);
    expectHarmless(form.look.render({ text, sender: snippet, at: null, address, card: CARD }));
  });

  test('a look is safe for any text and sender', () => {
    const { form, address } = its();
    fc.assert(
      fc.property(words, words, (text, sender) => {
        expectHarmless(form.look.render({ text, sender, at: new Date(0), address, card: CARD }));
      }),
      { numRuns: 100 },
    );
  });
}

function expectHarmless(html: string): void {
  const { document } = parseHTML(`<!doctype html><html><body>${html}</body></html>`);
  expect(document.querySelectorAll('script,iframe,img[onerror],object,embed,form,style,link,base')).toHaveLength(0);
  for (const element of document.querySelectorAll('*')) {
    for (const attribute of element.attributes) expect(attribute.name).not.toMatch(/^on/iu);
    for (const name of ['href', 'src']) {
      const value = element.getAttribute(name);
      if (value !== null) expect(value).toMatch(/^(https?:|mailto:|tel:|tg:|data:image\/|[#/])/iu);
    }
  }
}

/** Without white space and what can't be seen, `＠` as `@`: how a text reads, however a platform takes its magic away. */
const bare = (text: string): string => text.replace(/[\s\p{Cf}]/gu, '').replaceAll('＠', '@');

/** Text that is markup, a mention or an escape somewhere. */
export const HOSTILE = [
  '<b>bold</b>',
  '</b></i></a>',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<a href="javascript:alert(1)">x</a>',
  '"><svg/onload=alert(1)>',
  '&lt;b&gt; &amp; &#60; &copy;',
  'a < b && c > d',
  '**bold** __under__ *it* _it_ ~~gone~~ ||spoiler||',
  '`code` and ```block```',
  '[x](javascript:alert(1))',
  '> quote',
  '# heading',
  '- item',
  '\\*escaped\\* C:\\temp\\_x_',
  '@everyone @here',
  '@durov and @some_body',
  '<@123456789012345678> <@&123456789012345678> <#123456789012345678>',
  '<:smile:123456789012345678> <t:1700000000:R> </start:123456789012345678>',
];

const words: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.lorem({ maxCount: 6 }) },
      { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 40 }) },
      fc.constantFrom(...HOSTILE),
      fc.constantFrom(
        '👩‍👩‍👧‍👦',
        '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
        '🇱🇻🇱🇻',
        'é́́',
        '日本語の文章です。',
        'مرحبا بالعالم',
        'שלום',
        'Ķēniņš',
        'Привет',
        '\u202Ertl',
      ),
      fc.constantFrom('\u0000', '\uD800', '\u200B', '\t', '\r\n'),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(' '));

/** Random parts: short, empty, of every script, up to bodies of more than 5,000 characters. */
export const parts: fc.Arbitrary<PostParts> = fc
  .record({
    headline: words.map((line) => line.replace(/\s+/gu, ' ')),
    body: fc.oneof(
      { weight: 3, arbitrary: fc.array(words, { maxLength: 5 }).map((paragraphs) => paragraphs.join('\n\n')) },
      fc.tuple(words, fc.integer({ min: 1, max: 400 })).map(([some, times]) => `${some} & so on. `.repeat(times)),
      fc.constantFrom('👩‍👩‍👧‍👦', '字', '<', '&', 'a', '*').map((one) => one.repeat(5000)),
    ),
    hashtags: fc.array(fc.constantFrom('news', 'Rīga', 'AI', 'новости', 'a-b', 'two words', '#x', '<b>', ''), {
      maxLength: 5,
    }),
    link: fc.option(
      fc.record({
        url: fc.constantFrom('https://crier.example/r/Ab3dE7x', 'https://crier.example/r/zz_-9'),
        label: fc.constantFrom('Read more', 'Lasīt vairāk', 'Читать дальше'),
      }),
      { nil: null, freq: 8 },
    ),
    callToAction: fc.option(
      fc.record({
        text: fc.constantFrom('Questions? Write to us', 'Jautājumi? <Rakstiet> mums', 'Вопросы & ответы'),
        url: fc.constant('https://crier.example/l/Qw8rT2y'),
      }),
      { nil: null },
    ),
    aiLabel: fc.constantFrom(null, 'Written by AI', 'Rakstījis MI (AI)', 'Automatic excerpt'),
  })
  // A post without a word is nobody's; everything else must go out.
  .filter((one) => one.aiLabel !== null || /[\p{L}\p{N}]/u.test(`${one.headline}${one.body}`));

/** An ordinary post. */
export const SAMPLE: PostParts = {
  headline: 'Harbour opens a new quay',
  body: 'The port of Ventspils opened a quay on Monday.\n\nIt cost 12 million euro.',
  hashtags: ['ports', 'Latvia'],
  link: { url: 'https://crier.example/r/Ab3dE7x', label: 'Read more' },
  callToAction: { text: 'Questions? Write to us', url: 'https://crier.example/l/Qw8rT2y' },
  aiLabel: 'Written by AI',
};
