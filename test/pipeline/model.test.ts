import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Brand, emptyVoice, PLAIN_MODEL } from '../../src/domain/brand.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createWriters } from '../../src/llm/index.ts';
import { chooseText, editPost } from '../../src/pipeline/review/index.ts';
import { write } from '../../src/pipeline/write/index.ts';
import type { PostView } from '../../src/ports/store/index.ts';
import {
  type OpenAiEmulator,
  postsFor,
  type RecordedRequest,
  type Script,
  startOpenAiEmulator,
} from '../emulators/openai.ts';
import { signal, storeOfFile, type World, worldOver } from './world.ts';

const here = storeOfFile();
const STORY = {
  title: 'Bakery opens a third mill',
  text: 'North Bakery opens its third mill in Valmiera in March, the company said on Monday. The mill will grind 4,500 tonnes of rye a year and give work to 38 people. It cost 2.5 million euros.',
};
const GOOD = 'North Bakery opens its third mill in Valmiera in March and gives work to 38 people there.';
const BRIEF = {
  headline: 'A third mill',
  summary: 'North Bakery opens a mill in Valmiera in March. It gives work to 38 people.',
  altText: 'The new mill of North Bakery in Valmiera',
  claims: [
    {
      claim: 'The mill gives work to 38 people.',
      support: 'The mill will grind 4,500 tonnes of rye a year and give work to 38 people.',
    },
    { claim: 'The bakery is loved by all.', support: 'Everybody in the town loves the bakery.' },
  ],
};
const good = (asked: RecordedRequest) => postsFor(asked, () => ({ headline: 'A third mill', body: GOOD }), BRIEF);
const content = (text: string | null) => () => ({ kind: 'content', content: text }) as const;

let emulator: OpenAiEmulator;
beforeAll(async () => {
  emulator = await startOpenAiEmulator();
});
afterAll(async () => {
  await emulator.close();
  expect(emulator.violations).toEqual([]);
});

async function world(given: { brand?: Partial<Brand>; timeoutMs?: number } = {}): Promise<World> {
  const { timeoutMs = 20_000, brand = {} } = given;
  const writers = createWriters(
    { apiKey: null, baseUrl: emulator.baseUrl, model: 'scripted', timeoutMs },
    { log: silentLog },
  );
  return worldOver(here(), { ports: { writers }, brand });
}

/** The posts of one story on one automatic channel, after every job that it made. */
async function posted(made: World, story: object = STORY): Promise<PostView> {
  if ((await here().store.channels.list(made.brand.id)).length === 0) await made.channel({ auto: true });
  const { articleId, fateId } = await made.story(story);
  await write(made.ports, fateId, signal);
  await made.flow();
  const [view] = await made.postsOf(articleId);
  if (view === undefined) throw new Error('the article was lost');
  return view;
}

describe('a model that misbehaves, through a real endpoint into the store', () => {
  const always: [string, Script, number?][] = [
    ['never answers', { kind: 'silence' }, 150],
    ['answers a byte now and then', { kind: 'drip' }, 150],
    ['answers without end', { kind: 'flood' }],
    ['closes the connection', { kind: 'hang-up' }],
    ['asks for a pause', { kind: 'status', status: 429, headers: { 'retry-after': '3600' } }],
    ['has a fault of its own', { kind: 'status', status: 500 }],
    ['is gone', { kind: 'status', status: 404 }],
    ['cuts its answer off', content('{"posts":[{"target":"t1","headline":"A th')],
    ['answers in another form', content('{"answer":"North Bakery opens a mill"}')],
    ['answers with a list', content('[1,2,3]')],
    ['refuses', { kind: 'content', content: null, refusal: 'I can’t.' }],
    ['refuses in words', content('I’m sorry, but I can’t help with that.')],
    ['is silent', content('')],
    ['gives nothing', content(null)],
    ['gives empty posts', (asked) => postsFor(asked, () => ({ headline: '', body: ' ' }))],
    [
      'writes in another language',
      (asked) =>
        postsFor(asked, () => ({
          body: 'Maizes ceptuve martā Valmierā atver trešās dzirnavas, un tajās strādās trīsdesmit astoņi cilvēki.',
        })),
    ],
    ['writes far too much', (asked) => postsFor(asked, () => ({ body: `${GOOD} `.repeat(50) }))],
    ['answers with a web page', { kind: 'raw', body: '<!doctype html><h1>Bad gateway</h1>', contentType: 'text/html' }],
    ['answers with half a body', { kind: 'raw', body: '{"choices":[{"mess' }],
  ];

  test.each(always)(
    'that %s: the offline writer stands in, or a person decides, as the brand wants',
    async (_, script, timeoutMs) => {
      emulator.answer(script);
      const late = timeoutMs === undefined ? {} : { timeoutMs };
      const stands = await posted(await world(late));
      expect(stands.post).toMatchObject({ writer: 'offline', state: 'approved' });
      expect(stands.post.text).toContain('third mill');
      const waits = await posted(await world({ ...late, brand: { onWriterFailure: 'review' } }));
      expect(waits.post).toMatchObject({ writer: 'offline', state: 'review' });
      expect(waits.post.reason).toContain('the model gave no usable text');
    },
  );

  test('that asks for a moment’s pause is asked again after it', async () => {
    emulator.answer({ kind: 'status', status: 429, headers: { 'retry-after-ms': '20' } }, good);
    const { post } = await posted(await world());
    expect(post).toMatchObject({ writer: 'scripted', state: 'approved' });
  });

  test('that says more than the article, also when told so: its post waits for a person, with the span', async () => {
    emulator.answer((asked) => postsFor(asked, () => ({ body: 'North Bakery opens 77 mills in March.' })));
    const asked = emulator.journal.length;
    const { post } = await posted(await world());
    expect(post).toMatchObject({ writer: 'scripted', state: 'review', grounding: { ok: false } });
    expect(post.grounding.failures).toMatchObject([{ kind: 'number', span: '77' }]);
    expect(emulator.journal.length - asked).toBe(2);
    expect(emulator.journal.at(-1)?.body.messages.at(-1)?.content).toMatch(/target t1 says "77"/u);
  });

  test('that says more than the article once: its repaired post goes out', async () => {
    emulator.answer((asked) => postsFor(asked, () => ({ body: 'North Bakery opens 77 mills in March.' })), good);
    const { post } = await posted(await world());
    expect(post).toMatchObject({ writer: 'scripted', state: 'approved', grounding: { ok: true } });
  });

  test('that can’t be asked for the repair: what it wrote waits for a person', async () => {
    emulator.answer((asked) => postsFor(asked, () => ({ body: 'North Bakery opens 77 mills in March.' })), {
      kind: 'status',
      status: 500,
    });
    const { post } = await posted(await world());
    expect(post).toMatchObject({ writer: 'scripted', state: 'review' });
  });
});

describe('what a good call gives beside the posts', () => {
  test('is stored once for all posts of the language, with the support that stands in the article', async () => {
    emulator.answer(good);
    const made = await world();
    await made.channel();
    await made.channel();
    const views = await made.written(STORY);
    expect(views).toHaveLength(2);
    expect(new Set(views.map((view) => view.writing?.id)).size).toBe(1);
    expect(views[0]?.writing).toMatchObject({
      language: 'en',
      writer: 'scripted',
      headline: 'A third mill',
      summary: BRIEF.summary,
      altText: BRIEF.altText,
      claims: [
        { ...BRIEF.claims[0], doubt: null },
        { claim: 'The bakery is loved by all.', support: null, doubt: null },
      ],
    });
  });

  test('doubts a claim that says more than the article, though the article has its sentence', async () => {
    const [claim] = BRIEF.claims;
    emulator.answer((asked) =>
      postsFor(asked, () => ({ body: GOOD }), {
        ...BRIEF,
        claims: [{ ...claim, claim: 'It gives work to 99 people.' }],
      }),
    );
    const { writing } = await posted(await world());
    expect(writing?.claims).toMatchObject([{ support: claim?.support, doubt: expect.stringContaining('“99”') }]);
    expect(writing?.summary).toBe(BRIEF.summary);
  });

  test('is left out where it says more than the article', async () => {
    emulator.answer((asked) =>
      postsFor(asked, () => ({ body: GOOD }), {
        ...BRIEF,
        summary: 'The mill cost 9 million euros. Call +371 20 000 000.',
      }),
    );
    const { writing, post } = await posted(await world());
    expect(writing?.summary).toBe('');
    expect(post.state).toBe('approved');
  });
});

describe('the brand’s voice', () => {
  const avoiding = { brand: { voice: { ...emptyVoice, avoid: ['mill'] } } };

  test('a word to avoid is repaired once, then a person decides', async () => {
    emulator.answer(good);
    const { post } = await posted(await world(avoiding));
    expect(post).toMatchObject({ state: 'review', reason: 'the text uses “mill”, which the brand avoids' });
  });

  test('more emoji than the brand wants are repaired', async () => {
    const merry = (asked: RecordedRequest) => postsFor(asked, () => ({ body: `${GOOD} 🎉` }));
    emulator.answer(merry, good);
    const { post } = await posted(await world({ brand: { voice: { ...emptyVoice, emoji: 'none' } } }));
    expect(post).toMatchObject({ state: 'approved', writer: 'scripted' });
    expect(emulator.journal.at(-1)?.body.messages.at(-1)?.content).toContain('has 1 emoji, the brand wants none');
  });

  test('what a person made of a post is shown to the model from then on, without links and labels', async () => {
    emulator.answer(good);
    const made = await world();
    await made.channel();
    const [view] = await made.written(STORY);
    const text = view?.post.text ?? '';
    await editPost(made.ports, view?.post.id ?? 0, text.replace('A third mill', 'One more mill!'), 'Anna');
    await editPost(made.ports, view?.post.id ?? 0, text.replace('A third mill', 'Rye: one more mill'), 'Anna');
    await made.written({ title: 'Another mill', text: STORY.text });
    const prompt = emulator.journal.at(-1)?.body.messages[1]?.content ?? '';
    expect(prompt).toContain('- written "A third mill"\n  corrected "Rye: one more mill"');
    expect(prompt).not.toContain('crier.example');
    const edits = await here().store.writings.lastEdits(made.brand.id, 10);
    expect(edits).toHaveLength(1);
  });
});

describe('two texts to choose from', () => {
  const both = (asked: RecordedRequest) =>
    postsFor(asked, () => ({ body: GOOD, second: { body: 'Rye for 38 people: a mill opens in Valmiera.' } }), BRIEF);
  const settings = { ...PLAIN_MODEL, variants: 2 as const };

  test('are stored together; the chosen one takes the place, keeps the links, and waits for approval', async () => {
    emulator.answer(both);
    const made = await world({ brand: { modelSettings: settings } });
    await made.channel();
    const [view] = await made.written(STORY);
    expect(view?.post.text).toContain(GOOD);
    expect(view?.post.alternative?.text).toContain('Rye for 38 people');
    const link = (text?: string) => text?.match(/\/r\/\w+/u)?.[0];
    expect(link(view?.post.alternative?.text)).toBe(link(view?.post.text));
    const chosen = await chooseText(made.ports, view?.post.id ?? 0, 'Anna');
    expect(chosen).toMatchObject({ state: 'review', text: view?.post.alternative?.text });
    expect(chosen.alternative?.text).toBe(view?.post.text);
  });

  test('on an automatic channel the first one goes out', async () => {
    emulator.answer(both);
    const { post } = await posted(await world({ brand: { modelSettings: settings } }));
    expect(post.state).toBe('approved');
    expect(post.text).toContain(GOOD);
  });
});

describe('a second opinion', () => {
  const settings = { ...PLAIN_MODEL, secondOpinion: true };
  const verdicts = (...supported: boolean[]) =>
    content(
      JSON.stringify({
        verdicts: supported.map((one, index) => ({ claim: index + 1, supported: one, reason: 'not said' })),
      }),
    );

  test('that supports every claim lets the post go out', async () => {
    emulator.answer(good, verdicts(true, true));
    const { post } = await posted(await world({ brand: { modelSettings: settings } }));
    expect(post.state).toBe('approved');
  });

  test.each<[string, Script]>([
    ['doubts a claim', verdicts(true, false)],
    ['passes over a claim', verdicts(true)],
    ['can’t be read', content('no')],
    ['can’t be had', { kind: 'status', status: 500 }],
  ])('that %s leaves the post to a person', async (_, script) => {
    emulator.answer(good, script);
    const { post } = await posted(await world({ brand: { modelSettings: settings } }));
    expect(post).toMatchObject({ state: 'review', writer: 'scripted' });
    expect(post.reason).toMatch(/second opinion/u);
  });
});
