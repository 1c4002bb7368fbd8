import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { createSession } from '../../src/cli/session.ts';
import { AppError, ConfigError } from '../../src/lib/errors.ts';
import { emptySummary, testEdges } from './support.ts';

/** Every command as typed: `source add`. */
function commandNames(): string[] {
  const { edges } = testEdges();
  const below = (command: Command, name: string): string[] =>
    command.commands.length === 0
      ? [name]
      : command.commands.flatMap((one) => below(one, `${name} ${one.name()}`.trim()));
  return below(createProgram(createSession(edges), edges), '');
}

describe('help', () => {
  test('the whole command line is there', () => {
    expect(commandNames()).toEqual([
      'start', 'run',
      'brand show', 'brand set', 'brand example add', 'brand example list', 'brand example remove',
      'source add', 'source list', 'source show', 'source filter', 'source tag', 'source export', 'source import', 'source remove', 'source pause', 'source resume', 'source poll', 'source preview',
      'channel add', 'channel list', 'channel set', 'channel check', 'channel schedule', 'channel pause', 'channel resume', 'channel remove',
      'article list', 'article show', 'article add', 'article leave', 'article preview',
      'why',
      'post list', 'post show', 'post approve', 'post reject', 'post choose', 'post edit',
      'write', 'check',
      'delivery list', 'delivery settle',
      'lead list', 'lead show', 'lead export', 'lead erase',
      'report', 'login', 'doctor', 'backup', 'restore',
    ]); // biome-ignore format: one group a line
  });

  test.each(commandNames())('%s --help explains it with one example and --json', async (name) => {
    const { code, out, error } = await testEdges().run(...name.split(' '), '--help');
    expect(code).toBe(0);
    expect(error).toBe('');
    expect(out).toContain(`Usage: crier ${name}`);
    expect(out).toContain('--json');
    expect(out.match(/^Example:\n {2}.*crier .+$/gmu)).toHaveLength(1);
  });

  test('the help of crier itself says how to begin, and --version prints the version', async () => {
    const { run } = testEdges();
    expect((await run('--help')).out).toContain('crier source add');
    expect(await run('--version')).toMatchObject({ code: 0, out: '1.2.3', error: '' });
  });
});

describe('a wrong command line ends with 2, the fault, the usage and no stack', () => {
  test.each([
    [['sorce', 'list'], /unknown command 'sorce'\n\(Did you mean source\?\)\nUsage: crier /u],
    [['source', 'ad', 'x'], /unknown command 'ad'[\s\S]*Usage: crier source /u],
    [
      ['source', 'add'],
      /missing required argument 'source'\nUsage: crier source add \[options\] <source>\nMore: crier source add --help/u,
    ],
    [['source', 'add', 'a', 'b'], /too many arguments[\s\S]*Usage: crier source add/u],
    [['source', 'add', 'a', '--firts', '3'], /unknown option '--firts'[\s\S]*Usage: crier source add/u],
    [['source', 'add', 'a', '--first', '-1'], /Give a whole number from 0[\s\S]*Usage: crier source add/u],
    [['channel', 'add', 'square:@a', '--lang', 'latviski'], /Give a language code[\s\S]*Usage: crier channel add/u],
    [['start', '--role', 'king'], /Allowed choices are all, web, worker, chat[\s\S]*Usage: crier start/u],
    [['article', 'list', '--state', 'lost'], /Allowed choices are waiting[\s\S]*Usage: crier article list/u],
    [['report', '--days', '0'], /Give a whole number from 1[\s\S]*Usage: crier report/u],
    [['run'], /run wants --once\.\nTo run all the time: crier start\nUsage: crier run/u],
    [['source'], /Usage: crier source[\s\S]*add \[options\] <source>/u],
    [[], /Usage: crier /u],
  ])('crier %j', async (argv, expected) => {
    const { code, out, error } = await testEdges().run(...argv);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toMatch(expected);
    expect(error).not.toMatch(/^\s+at .+:\d+/mu);
    expect(error).not.toMatch(/^error:/mu);
  });

  test('so does a wrong configuration, with every fault', async () => {
    const { run } = testEdges({
      open: () => Promise.reject(new ConfigError(['PORT must be a number', 'X_APP_KEY is missing'])),
    });
    const { code, error } = await run('source', 'list');
    expect(code).toBe(2);
    expect(error).toContain('  - PORT must be a number\n  - X_APP_KEY is missing');
  });
});

describe('a failure ends with 1, what happened and what to do', () => {
  test('one that Crier can explain', async () => {
    const { run } = testEdges({
      open: () => Promise.reject(new AppError('The database does not answer.', { cure: 'Start it.' })),
    });
    expect(await run('source', 'list')).toMatchObject({
      code: 1,
      out: '',
      error: 'The database does not answer.\nStart it.',
    });
  });

  test('one that it can not, without the stack', async () => {
    const { run } = testEdges({ open: () => Promise.reject(new TypeError('x is not a function')) });
    const { code, error } = await run('source', 'list');
    expect(code).toBe(1);
    expect(error).toMatch(/^x is not a function\nCrier did not expect this\. .*crier doctor/u);
    expect(error).not.toContain('usage.test.ts');
  });

  test('one that Ctrl-C caused', async () => {
    const stopping = new AbortController();
    const { run } = testEdges({
      signal: stopping.signal,
      runOnce: async () => {
        stopping.abort();
        return stopping.signal.throwIfAborted() as never;
      },
    });
    expect(await run('run', '--once')).toMatchObject({ code: 1, error: 'Stopped.' });
  });
});

describe('start and run --once', () => {
  test('start gets its role and prints what it is told', async () => {
    const roles: string[] = [];
    const { run } = testEdges({
      start: async ({ role }, print) => {
        roles.push(role);
        print('Crier runs.');
      },
    });
    expect(await run('start')).toMatchObject({ code: 0, out: 'Crier runs.' });
    expect((await run('start', '--role', 'web', '--json')).records).toEqual([{ message: 'Crier runs.' }]);
    expect(roles).toEqual(['all', 'web']);
  });

  test('run --once prints what it did and where to look', async () => {
    const summary = {
      ...emptySummary,
      feedsPolled: 3,
      feedsFailed: 1,
      articlesNew: 5,
      postsWritten: 10,
      delivered: 8,
      unclear: 2,
    };
    const { run } = testEdges({ runOnce: async () => summary });
    const { code, out } = await run('run', '--once');
    expect(code).toBe(0);
    expect(out).toMatch(/^feeds polled +3$/mu);
    expect(out).toMatch(/^feeds that could not be read +1 +Why: crier source list$/mu);
    expect(out).toMatch(/^posts written +10$/mu);
    expect(out).toMatch(/^unclear +2 +See them: crier delivery list --state unclear$/mu);
    expect((await run('run', '--once', '--json')).records).toEqual([summary]);
  });

  test('run --once fails only when nothing at all could be done', async () => {
    const { run: nothing } = testEdges({ runOnce: async () => ({ ...emptySummary, feedsPolled: 2, feedsFailed: 2 }) });
    expect((await nothing('run', '--once')).code).toBe(1);
    const { run: something } = testEdges({
      runOnce: async () => ({ ...emptySummary, feedsPolled: 2, feedsFailed: 2, delivered: 1 }),
    });
    expect((await something('run', '--once')).code).toBe(0);
    const { run: empty } = testEdges({ runOnce: async () => emptySummary });
    expect(await empty('run', '--once')).toMatchObject({
      code: 0,
      out: expect.stringContaining('crier source add URL'),
    });
  });
});
