import type { Candidate } from './rank.ts';
import { sameAs } from './stems.ts';

/** What a choice must keep to: how many sentences, and whether these (in the article's order) fit. */
export interface Room {
  most: number;
  /** Whether the title stands above, so that no sentence may say it again. */
  titled: boolean;
  fits(chosen: readonly Candidate[]): boolean;
}

const KINDS: readonly Candidate['standing'][][] = [['sound', 'leaning'], ['weak'], ['piece']];
/** A sentence next to one that was chosen reads on from it. */
const NEIGHBOUR = 1.5;
/** A second or third sentence must be worth at least this much of the first. */
const WORTH_ADDING = 0.12;

/**
 * The sentences to post, in the article's order: the best that stands alone, then those that are worth most beside it;
 * one that leans only with the one before it. Weak ones only where the article has no sound one, pieces only where it
 * has no sentence. Empty where nothing fits.
 */
export function choose(candidates: readonly Candidate[], room: Room): Candidate[] {
  const fresh = room.titled ? candidates.filter((one) => !one.repeatsTitle) : candidates;
  for (const kinds of KINDS) {
    if (!candidates.some(({ standing }) => standing === kinds[0])) continue;
    return chooseAmong(
      fresh.filter(({ standing }) => kinds.includes(standing)),
      room,
    );
  }
  return [];
}

function chooseAmong(among: readonly Candidate[], room: Room): Candidate[] {
  let chosen: Candidate[] = [];
  while (chosen.length < room.most) {
    let best: { run: Candidate[]; worth: number } | null = null;
    for (const candidate of among) {
      if (chosen.includes(candidate)) continue;
      const run = [...leadingUpTo(candidate, among, chosen), candidate];
      if (run[0] !== undefined && !stands(run[0], chosen)) continue;
      if (chosen.length + run.length > room.most) continue;
      if (chosen.length === 0 && run.length > 1) continue;
      if (run.some((one) => chosen.some((other) => sameAs(one.stems, other.stems)))) continue;
      const worth = worthOf(run, chosen);
      if (best !== null && worth <= best.worth) continue;
      if (room.fits(inOrder([...chosen, ...run]))) best = { run, worth };
    }
    if (best === null) break;
    const first = Math.max(...chosen.map((one) => one.score), 0);
    if (chosen.length > 0 && best.worth < WORTH_ADDING * first) break;
    chosen = inOrder([...chosen, ...best.run]);
  }
  return chosen;
}

/** The sentences before a leaning one that it can't stand without and that are not chosen yet. */
function leadingUpTo(candidate: Candidate, among: readonly Candidate[], chosen: readonly Candidate[]): Candidate[] {
  const run: Candidate[] = [];
  let current = candidate;
  while (current.standing === 'leaning') {
    const before = among.find((one) => follows(current, one));
    if (before === undefined || chosen.includes(before)) break;
    run.unshift(before);
    current = before;
  }
  return run;
}

/** Whether the first of a run has what it leans on. */
function stands(candidate: Candidate, chosen: readonly Candidate[]): boolean {
  return candidate.standing !== 'leaning' || chosen.some((one) => follows(candidate, one));
}

function follows(one: Candidate, before: Candidate): boolean {
  return one.position === before.position + 1 && one.paragraph - before.paragraph <= 1;
}

function worthOf(run: readonly Candidate[], chosen: readonly Candidate[]): number {
  const mean = run.reduce((sum, one) => sum + one.score, 0) / run.length;
  const beside = chosen.some((one) => run.some((other) => follows(one, other) || follows(other, one)));
  return mean * (beside ? NEIGHBOUR : 1);
}

function inOrder(chosen: readonly Candidate[]): Candidate[] {
  return [...chosen].sort((left, right) => left.position - right.position);
}
