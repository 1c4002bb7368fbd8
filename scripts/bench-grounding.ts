/**
 * How many planted faults the grounding gate catches, and how many faithful texts it doubts. `npm run bench:grounding
 * [-- --misses misses.ndjson]`: sentences of the corpora's articles with one thing changed or written another way, by
 * rule and with a fixed seed; then the pairs written by hand, of which only the half that nobody developed on counts.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Grounding } from '../src/domain/post.ts';
import { ground } from '../src/llm/grounding.ts';
import { STORIES, unmarked } from '../test/llm/grounding-pairs/pairs.ts';
import { plant } from './bench-grounding/faults.ts';
import { type Passage, passages } from './bench-grounding/passages.ts';
import { rewrite } from './bench-grounding/rewrites.ts';
import { seeded } from './bench-grounding/seeded.ts';

const { values } = parseArgs({ options: { misses: { type: 'string' }, hand: { type: 'boolean' } } });
const PER_SET = 500;
const LANGUAGES = ['en', 'lv', 'ru'] as const;

interface Count {
  faults: number;
  caught: number;
  faithful: number;
  doubted: number;
}
const counts = new Map<string, Count>();
const misses: object[] = [];
const countOf = (language: string, kind: string): Count => {
  const key = `${language}\t${kind}`;
  const count = counts.get(key) ?? { faults: 0, caught: 0, faithful: 0, doubted: 0 };
  counts.set(key, count);
  return count;
};

function check(article: string, text: string): Grounding {
  const url = 'https://news.example/story';
  return ground({ title: '', text: article, url, canonicalUrl: url, author: null, siteName: null }, text, []);
}

/** Whether a failure lies on what was changed; `end` excludes. */
function hits({ failures }: Grounding, text: string, start: number, end: number): boolean {
  return failures.some(({ span }) => {
    for (let at = text.indexOf(span); at >= 0; at = text.indexOf(span, at + 1)) {
      if (at < end && at + span.length > start) return true;
    }
    return false;
  });
}

function generated(all: readonly Passage[], language: string, share: number): void {
  const random = seeded(`${language} 20261124`);
  let [faults, faithful] = [0, 0];
  for (let round = 0; round < 40 && (faults < share || faithful < share); round += 1) {
    for (const passage of random.shuffled(all)) {
      const fault = faults < share ? plant(passage, language, random) : null;
      if (fault !== null) {
        faults += 1;
        const count = countOf(language, fault.kind);
        const report = check(passage.article, fault.text);
        count.faults += 1;
        if (hits(report, fault.text, fault.start, fault.end)) count.caught += 1;
        else misses.push({ missed: fault.text, language, kind: fault.kind, was: passage.sentence, report });
      }
      const same = faithful < share ? rewrite(passage, language, random) : null;
      if (same === null) continue;
      faithful += 1;
      const count = countOf(language, same.kind);
      const report = check(passage.article, same.text);
      count.faithful += 1;
      if (!report.ok) {
        count.doubted += 1;
        misses.push({ doubted: same.text, language, kind: same.kind, was: passage.sentence, report });
      }
    }
  }
}

function byHand(): void {
  for (const [language, stories] of Object.entries(STORIES)) {
    for (const [index, { article, faithful, faulty }] of stories.entries()) {
      if (index % 2 === 0) continue;
      const count = countOf(language, 'by hand');
      for (const text of faithful) {
        count.faithful += 1;
        if (!check(article, text).ok) count.doubted += 1;
      }
      for (const marked of faulty) {
        const { text, start, end } = unmarked(marked);
        count.faults += 1;
        if (hits(check(article, text), text, start, end)) count.caught += 1;
      }
    }
  }
}

const corpora = await passages();
if (corpora === null) console.log('The corpora are not here: only the pairs written by hand are checked.');
else for (const language of LANGUAGES) generated(corpora[language], language, Math.ceil(PER_SET / LANGUAGES.length));
byHand();

const percent = (part: number, whole: number) =>
  whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`;
console.log('| language | kind | caught | false alarms |\n|---|---|---|---|');
const total = {
  made: { faults: 0, caught: 0, faithful: 0, doubted: 0 },
  hand: { faults: 0, caught: 0, faithful: 0, doubted: 0 },
};
for (const [key, count] of [...counts].sort(([left], [right]) => left.localeCompare(right))) {
  const [language = '', kind = ''] = key.split('\t');
  const sum = kind === 'by hand' ? total.hand : total.made;
  for (const name of ['faults', 'caught', 'faithful', 'doubted'] as const) sum[name] += count[name];
  console.log(
    `| ${language} | ${kind} | ${percent(count.caught, count.faults)} | ${percent(count.doubted, count.faithful)} |`,
  );
}
for (const [name, { faults, caught, faithful, doubted }] of Object.entries({
  'made by rule': total.made,
  'by hand': total.hand,
}))
  console.log(`| **all** | ${name} | **${percent(caught, faults)}** | **${percent(doubted, faithful)}** |`);
if (values.misses !== undefined)
  writeFileSync(values.misses, misses.map((miss) => `${JSON.stringify(miss)}\n`).join(''));
