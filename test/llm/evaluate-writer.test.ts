import { afterEach, beforeEach, expect, test } from 'vitest';
import { evaluate } from '../../scripts/evaluate-writer/evaluate.ts';
import { tableOf } from '../../scripts/evaluate-writer/table.ts';
import { type OpenAiEmulator, postsFor, type RecordedRequest, startOpenAiEmulator } from '../emulators/openai.ts';

let emulator: OpenAiEmulator;
beforeEach(async () => {
  emulator = await startOpenAiEmulator();
});
afterEach(() => emulator.close());

const ARTICLE = {
  title: 'Bakery opens a third mill',
  text: 'North Bakery opens its third mill in Valmiera in March. The mill will grind 4,500 tonnes of rye a year and give work to 38 people.',
  language: 'en',
};
const body = (text: string) => (asked: RecordedRequest) =>
  postsFor(asked, () => ({ body: text }), {
    claims: [{ claim: 'A mill opens.', support: 'North Bakery opens its third mill in Valmiera in March.' }],
  });

test('the evaluation tells repairs, failures, claims beyond the article, language, tokens and money of a scripted model', async () => {
  emulator.answer(
    body('The mill gives work to 38 people and grinds rye for the whole of the town, North Bakery said about it.'),
    { kind: 'content', content: 'no' },
    body('Dzirnavās strādās 38 cilvēki, un tajās gadā samals ļoti daudz rudzu, tā paziņoja maizes ceptuve.'),
    body('North Bakery gives work to 99 people.'),
    body('North Bakery gives work to 99 people.'),
    { kind: 'status', status: 401 },
  );
  const rows = await evaluate({
    openai: {
      apiKey: null,
      baseUrl: emulator.baseUrl,
      model: 'scripted',
      prices: { scripted: { input: 1, cachedInput: 1, output: 2 } },
    },
    articles: [ARTICLE, ARTICLE],
    languages: ['en', 'lv'],
  });
  expect(rows).toMatchObject([
    { language: 'en', calls: 1, posts: 3, ungrounded: 0, rightLanguage: 3, claims: 1, supported: 1 },
    { language: 'lv', calls: 2, posts: 3, rightLanguage: 3, written: { inputTokens: 2400, costMicros: 3600 } },
    { language: 'en', calls: 2, posts: 3, ungrounded: 3 },
    { language: 'lv', calls: 0, posts: 0, written: null, reason: expect.stringContaining('does not accept the key') },
  ]);
  expect(rows[0]?.lengthUse).toBeGreaterThan(0);
  const table = tableOf('scripted', rows);
  expect(table).toMatch(/^\| en \| 2 \| 50 % \| 1 \| 0 \| 50 % \| 100 % \| /mu);
  expect(table).toMatch(/^\| \*\*all\*\* \| 4 \| 25 % \| 2 \| 1 \| /mu);
});
