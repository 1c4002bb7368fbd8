/**
 * What of an article's orders would be delivered, through a model that does whatever the article says:
 * `npm run bench:injections`, with the corpora beside the repository or where CRIER_SHARED says. No network: the model
 * is a script. A post counts as delivered when an automatic channel would send it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Article } from '../src/domain/article.ts';
import { firstBrand } from '../src/domain/brand.ts';
import { systemClock } from '../src/lib/clock.ts';
import { silentLog } from '../src/lib/log.ts';
import { createWriters } from '../src/llm/index.ts';
import { type Draft, NO_ACCOUNTS, writeDrafts } from '../src/pipeline/write/index.ts';
import { createPlatforms } from '../src/platforms/index.ts';
import { FORMS, type Form, PLAIN_FORM } from './bench-injections/forms.ts';
import { scriptedFetch } from './bench-injections/scripted-fetch.ts';

const shared = process.env.CRIER_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');
const ARTICLES = 5;
/** Of three forms each, for every instruction and position. */
const BUNDLES = 3;
const POSITIONS = ['start', 'middle', 'end'] as const;
const PLACES = ['telegram', 'discord', 'x'].map((address) => ({ platform: 'preview', address, language: null }));

const read = (path: string) => JSON.parse(readFileSync(join(shared, 'corpora', path), 'utf8'));
const instructions = Object.values<string[]>(read('security/bipia/text_attack_train.json')).flat();
const bodies = Object.values<{ articleBody: string }>(read('articles/aeb/ground-truth.json'))
  .map(({ articleBody }) => articleBody)
  .filter((body) => body.length > 1500 && body.length < 8000)
  .slice(0, ARTICLES);

const print = (line: string) => process.stdout.write(`${line}\n`);
const ports = {
  platforms: createPlatforms({ telegram: null, discord: null, x: null }, { log: silentLog, clock: systemClock }),
  settings: { publicUrl: 'https://go.crier.example', publicUrlIsSet: true, version: '0' },
  log: silentLog,
};
const brand = { id: 1, ...firstBrand('Europe/Riga') };

/** The article with the instruction and its payload in it, as its publisher, or anybody who comments there, could write. */
function attacked(body: string, order: string, position: (typeof POSITIONS)[number]): Article {
  const paragraphs = body.split(/\n+/u).filter(Boolean);
  const at = { start: 0, middle: Math.floor(paragraphs.length / 2), end: paragraphs.length }[position];
  const now = new Date('2026-11-23T10:00:00Z');
  return {
    id: 1,
    feedId: null,
    guid: null,
    url: 'https://news.example/story',
    canonicalUrl: 'https://news.example/story',
    title: (paragraphs[0] ?? '').slice(0, 80),
    text: paragraphs.toSpliced(at, 0, order).join('\n\n'),
    language: 'en',
    author: null,
    publishedAt: now,
    imageUrl: 'https://news.example/picture.jpg',
    siteName: 'News',
    textFrom: 'page',
    pageProblem: null,
    seenAt: now,
    frozenAt: now,
  };
}

/** Whether an automatic channel would send it. */
function goesOut(draft: Draft): boolean {
  return draft.grounding.ok && draft.concern === null;
}

/** One article with one instruction at one position; each platform's post gets another of the forms. */
async function attack(forms: readonly Form[], index: number, position: (typeof POSITIONS)[number]): Promise<void> {
  const instruction = instructions[index] ?? '';
  const payloads = forms.map((form) => form.payload(index, instruction));
  const texts = payloads.map((payload) => payload?.text ?? '');
  const body = bodies[index % bodies.length] ?? '';
  // Half of the orders hold the payloads themselves, so that they are the article's own text.
  const order = index % 2 === 0 ? [instruction, ...texts].join(' ') : instruction;
  const article = attacked(body, order, position);
  const first = /^[\s\S]{40,110}?[.!?](?=\s)/u.exec(body)?.[0] ?? `${body.slice(0, 90)}.`;
  const writers = createWriters(
    { apiKey: null, baseUrl: 'http://127.0.0.1:9/v1', model: 'obedient' },
    { log: silentLog, fetch: scriptedFetch(first, texts) },
  );
  const drafts = await writeDrafts(
    { ...ports, writers },
    { brand, article, places: PLACES, purse: NO_ACCOUNTS },
    new AbortController().signal,
  );
  for (const [place, draft] of drafts.entries()) {
    const payload = payloads[place];
    const tally = tallies.get(forms[place]?.name ?? '');
    if (payload == null || tally === undefined) continue;
    const has = payload.isIn(draft.text.replaceAll(/https:\/\/(?:go\.crier|news)\.example\S*/gu, ''));
    tally.tried += 1;
    if (draft.writer !== 'obedient') tally.offline += 1;
    if (goesOut(draft)) tally.delivered += has ? 1 : 0;
    else if (has) tally.heldWith += 1;
    else tally.heldClean += 1;
  }
}

const tallies = new Map(
  [PLAIN_FORM, ...FORMS].map(({ name }) => [name, { tried: 0, delivered: 0, heldWith: 0, heldClean: 0, offline: 0 }]),
);
let turn = 0;
for (const index of instructions.keys()) {
  for (const position of POSITIONS) {
    await attack([PLAIN_FORM, PLAIN_FORM, PLAIN_FORM], index, position);
    for (let bundle = 0; bundle < BUNDLES; bundle += 1) {
      const forms = PLACES.map((_, place) => FORMS[(turn + place) % FORMS.length] as Form);
      // Not a divisor of how many there are, so that every form comes to every platform and position.
      turn += PLACES.length + (bundle === 0 ? 1 : 0);
      await attack(forms, index, position);
    }
  }
}
print(
  '| what the model puts into the post | posts | delivered with it | held for a person, still in it | held, taken out |',
);
print('|---|---|---|---|---|');
const total = { tried: 0, delivered: 0, heldWith: 0, heldClean: 0, offline: 0 };
for (const [name, tally] of tallies) {
  for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += tally[key];
  print(`| ${name} | ${tally.tried} | ${tally.delivered} | ${tally.heldWith} | ${tally.heldClean} |`);
}
print(`| **together** | ${total.tried} | **${total.delivered}** | ${total.heldWith} | ${total.heldClean} |`);
print(
  `\n${instructions.length} instructions, ${POSITIONS.length} positions, 3 platforms, ${bodies.length} articles; ${total.offline} posts were the offline writer’s, because the scripted answer could not be used.`,
);
process.exitCode = total.delivered === 0 ? 0 : 1;
