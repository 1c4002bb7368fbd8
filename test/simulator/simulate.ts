import { broken } from './invariants.ts';
import { play } from './play.ts';
import { type Script, scriptOf } from './script.ts';
import type { Stage } from './stage.ts';

export interface Failure {
  seed: number;
  problems: string[];
  /** What still breaks it: as few steps as were found. */
  steps: Script['steps'];
  history: string[];
  /** What replays it. */
  command: string;
}

export interface Report {
  seeds: number;
  /** Messages that readers saw, sends that platforms took or refused. */
  messages: number;
  sends: number;
  failures: Failure[];
}

/**
 * Plays so many seeds from `first` on, as many at a time as there are stages, and ends at the first that breaks a promise.
 * `told` hears of each seed.
 */
export async function simulate(
  stages: readonly Stage[],
  { first, seeds, workers, until }: { first: number; seeds: number; workers: number; until?: () => boolean },
  told: (report: Report) => void = () => {},
): Promise<Report> {
  const report: Report = { seeds: 0, messages: 0, sends: 0, failures: [] };
  let next = first;
  await Promise.all(
    stages.map(async (stage) => {
      while (next < first + seeds && report.failures.length === 0 && !until?.()) {
        const script = scriptOf(next++, { workers });
        const { problems, played } = await run(stage, script);
        report.seeds += 1;
        report.messages += played.network.messages.length;
        report.sends += played.network.reached.length;
        if (problems.length > 0 && report.failures.length === 0)
          report.failures.push(await shortest(stage, script, workers));
        told(report);
      }
    }),
  );
  return report;
}

async function run(stage: Stage, script: Script) {
  const played = await play(stage, script);
  return { problems: await broken(stage, script, played), played };
}

/** Leaves out steps as long as something of the same kind breaks without them. */
async function shortest(stage: Stage, script: Script, workers: number): Promise<Failure> {
  const kindOf = (problems: readonly string[]) => problems[0]?.split(':')[0];
  let best = { script, ...(await run(stage, script)) };
  const kind = kindOf(best.problems);
  for (
    let size = Math.ceil(script.steps.length / 2);
    size >= 1 && kind !== undefined;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < best.script.steps.length; ) {
      const steps = best.script.steps.toSpliced(from, size);
      const tried = { ...best.script, steps };
      const result = await run(stage, tried);
      if (kindOf(result.problems) === kind) best = { script: tried, ...result };
      else from += size;
    }
  }
  const { seed } = script;
  return {
    seed,
    problems:
      best.problems.length > 0
        ? best.problems
        : ['it broke once and not again: the simulation itself is not deterministic'],
    steps: best.script.steps,
    history: best.played.history,
    command: `npm run simulate -- --seed ${seed} --seeds 1 --workers ${workers}`,
  };
}
