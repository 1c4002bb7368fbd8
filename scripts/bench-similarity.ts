/**
 * How many syndicated copies the same-story rule finds, and how many unrelated pairs it takes for the same.
 * `node scripts/bench-similarity.ts`, with the corpora beside the repository or where CRIER_SHARED says. The pairs are
 * made by rule from texts that nobody here wrote, with a fixed seed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alike, SAME_STORY, sketchOf } from '../src/domain/similarity.ts';

const shared = process.env.CRIER_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');
const PAIRS = 200;
/** Sentences of an article that is made of the one long text in Latvian and Russian. */
const PART = 14;

let seed = 20261123;
const random = () => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};
const shuffled = <T>(list: readonly T[]): T[] =>
  list
    .map((one) => ({ one, key: random() }))
    .sort((left, right) => left.key - right.key)
    .map(({ one }) => one);

const sentences = (text: string) =>
  [...new Intl.Segmenter('und', { granularity: 'sentence' }).segment(text)]
    .map((one) => one.segment.trim())
    .filter(Boolean);

function english(): string[][] {
  const truth = JSON.parse(readFileSync(join(shared, 'corpora/articles/aeb/ground-truth.json'), 'utf8'));
  return Object.values<{ articleBody: string }>(truth).map(({ articleBody }) => sentences(articleBody));
}

function declaration(name: string): string[][] {
  const html = readFileSync(join(shared, 'corpora/text/udhr', `${name}.html`), 'utf8');
  const all = sentences(
    html
      .replace(/<(style|script|head)[\s\S]*?<\/\1>/giu, '')
      .replace(/<[^>]*>/gu, '\n')
      .replace(/\s+/gu, ' '),
  );
  return Array.from({ length: Math.floor(all.length / PART) }, (_, part) => all.slice(part * PART, (part + 1) * PART));
}

const corpora = { en: english(), lv: declaration('lav'), ru: declaration('rus') };
type Copy = (story: string[], others: string[]) => string[];
const framed: Copy = (story, others) => [...others.slice(0, 2), ...story, ...others.slice(2, 4)];
const kinds: Record<string, Copy> = {
  'other header and footer': framed,
  'cut to 50 to 80 %': (story, others) =>
    framed(story.slice(0, Math.ceil(story.length * (0.5 + random() * 0.3))), others),
  're-ordered': (story, others) => framed(shuffled(story), others),
  '10 to 20 % of the sentences changed': (story, others) => {
    const changed = new Set(shuffled([...story.keys()]).slice(0, Math.ceil(story.length * (0.1 + random() * 0.1))));
    return framed(
      story.map((one, index) => (changed.has(index) ? (others[4 + index] ?? '') : one)),
      others,
    );
  },
};

/** As the store does it: first a common number in the sketches, then the texts themselves. */
function judged(left: string, right: string): { same: boolean; share: number; comparable: boolean } {
  const [one, other] = [sketchOf(left), new Set(sketchOf(right))];
  const share = alike(left, right);
  return { same: one.some((hash) => other.has(hash)) && share >= SAME_STORY, share, comparable: one.length > 0 };
}

const print = (line: string) => process.stdout.write(`${line}\n`);
print('| pairs | language | number | same story | share | least or most alike |\n|---|---|---|---|---|---|');
const total = Object.values(corpora).flat().length;
let [found, made] = [0, 0];
for (const [kind, copy] of Object.entries(kinds)) {
  for (const [language, stories] of Object.entries(corpora)) {
    const count = Math.max(4, Math.round(((PAIRS / 4) * stories.length) / total));
    const results = shuffled(stories)
      .slice(0, count)
      .map((story) => {
        const others = shuffled(stories.filter((one) => one !== story)).flat();
        return judged(story.join(' '), copy(story, others).join(' '));
      });
    const same = results.filter((one) => one.same).length;
    found += same;
    made += results.length;
    const least = Math.min(...results.map((one) => one.share));
    print(
      `| ${kind} | ${language} | ${results.length} | ${same} | ${percent(same / results.length)} | ${percent(least)} |`,
    );
  }
}
print(`| **copies together** | | ${made} | ${found} | **${percent(found / made)}** | |`);
let [wrong, unrelated] = [0, 0];
for (const [language, stories] of Object.entries(corpora)) {
  const results = stories.flatMap((left, index) =>
    stories.slice(index + 1).map((right) => judged(left.join(' '), right.join(' '))),
  );
  const same = results.filter((one) => one.same).length;
  wrong += same;
  unrelated += results.length;
  const most = Math.max(...results.map((one) => one.share));
  print(
    `| unrelated | ${language} | ${results.length} | ${same} | ${percent(same / results.length)} | ${percent(most)} |`,
  );
}
print(`| **unrelated together** | | ${unrelated} | ${wrong} | **${percent(wrong / unrelated)}** | |`);
const started = performance.now();
for (const story of corpora.en) sketchOf(story.join(' '));
print(`\nA sketch takes ${((performance.now() - started) / corpora.en.length).toFixed(2)} ms.`);

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
