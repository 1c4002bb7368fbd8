import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '../support/database.ts';
import { play } from './play.ts';
import { scriptOf } from './script.ts';
import { simulate } from './simulate.ts';
import { openStage, type Stage } from './stage.ts';

const SEEDS = 300;
/** Played at a time, each on a database of its own. */
const AT_ONCE = 2;

const databases: TestDatabase[] = [];
const stages: Stage[] = [];
beforeAll(async () => {
  for (let index = 0; index < AT_ONCE; index++) {
    const database = await testDatabase();
    databases.push(database);
    stages.push(await openStage(database.connection));
  }
}, 60_000);
afterAll(async () => {
  for (const stage of stages) await stage.close();
  for (const database of databases) await database.close();
});

test(`in ${SEEDS} histories of faults nothing is posted twice, lost, stuck or misreported`, {
  timeout: 600_000,
}, async () => {
  const report = await simulate(stages, { first: 1, seeds: SEEDS, workers: 5 });
  const told = report.failures.map(({ problems, history, command }) => [...problems, ...history, command].join('\n'));
  expect(told.join('\n\n')).toBe('');
  expect(report.seeds).toBe(SEEDS);
  expect(report.sends).toBeGreaterThan(SEEDS);
});

test('a seed is one history, whenever it is played', { timeout: 60_000 }, async () => {
  for (const seed of [2, 3, 5, 8, 13]) {
    const script = scriptOf(seed, { workers: 5 });
    const [first, second] = [await play(stages[0] as Stage, script), await play(stages[1] as Stage, script)];
    expect(second.history).toEqual(first.history);
  }
});
