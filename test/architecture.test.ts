import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');
const ADAPTERS = ['feeds', 'llm', 'platforms', 'store', 'scheduler'];
const DRIVERS = ['bot', 'web', 'cli'];
/** The nouns in the river's order; one may know those before it. brand and member belong to all. */
const RIVER = ['brand', 'member', 'source', 'article', 'channel', 'post', 'delivery', 'engagement', 'lead', 'report'];
const MAY_IMPORT: Record<string, string[]> = {
  lib: [],
  domain: ['lib', 'domain'],
  ports: ['domain', 'lib', 'ports'],
  pipeline: ['domain', 'ports', 'lib', 'pipeline'],
  ...Object.fromEntries(ADAPTERS.map((room) => [room, ['domain', 'ports', 'lib', room]])),
  ...Object.fromEntries(DRIVERS.map((room) => [room, ['domain', 'ports', 'pipeline', 'lib', room]])),
};

interface Import {
  from: string;
  to: string;
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts') && !path.includes(`store${sep}generated`))
  .map((path) => join(source, path));

/** Every import of one of our own files, as paths within src. */
const imports: Import[] = files.flatMap((file) => {
  const text = readFileSync(file, 'utf8');
  const targets = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/gu)].map((match) => match[1] as string);
  return targets.map((target) => ({
    from: relative(source, file),
    to: relative(source, resolve(dirname(file), target)),
  }));
});

const roomOf = (path: string) => path.split(sep)[0] as string;
const folderOf = (path: string) => path.split(sep)[1] as string;

describe('who may import whom', () => {
  test('there is something to check', () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  test('rooms import only what their rule allows', () => {
    const broken = imports.filter(({ from, to }) => {
      const allowed = MAY_IMPORT[roomOf(from)];
      return allowed !== undefined && roomOf(from) !== roomOf(to) && !allowed.includes(roomOf(to));
    });
    expect(broken).toEqual([]);
  });

  test('nobody imports main, the wiring or the configuration but main and the wiring', () => {
    const inner = new Set(['main.ts', 'wiring', 'config.ts']);
    expect(imports.filter(({ from, to }) => inner.has(roomOf(to)) && !inner.has(roomOf(from)))).toEqual([]);
    expect(imports.filter(({ to }) => to === 'main.ts')).toEqual([]);
  });

  test('a verb never imports another verb', () => {
    const verbs = new Set(['collect', 'write', 'review', 'deliver', 'measure', 'qualify', 'report']);
    const broken = imports.filter(
      ({ from, to }) =>
        roomOf(from) === 'pipeline' &&
        roomOf(to) === 'pipeline' &&
        verbs.has(folderOf(from)) &&
        verbs.has(folderOf(to)) &&
        folderOf(from) !== folderOf(to),
    );
    expect(broken).toEqual([]);
  });

  test('drivers use verbs by their door', () => {
    const broken = imports.filter(
      ({ from, to }) => DRIVERS.includes(roomOf(from)) && roomOf(to) === 'pipeline' && !to.endsWith(`${sep}index.ts`),
    );
    expect(broken).toEqual([]);
  });

  test('nouns know only nouns that the river met before them', () => {
    const place = (path: string) => RIVER.indexOf(path.split(sep)[1]?.replace(/\.ts$/u, '') ?? '');
    const broken = imports.filter(
      ({ from, to }) =>
        roomOf(from) === 'domain' && roomOf(to) === 'domain' && place(from) >= 0 && place(to) > place(from),
    );
    expect(broken).toEqual([]);
  });

  test('a platform never imports another', () => {
    const broken = imports.filter(
      ({ from, to }) =>
        roomOf(from) === 'platforms' &&
        roomOf(to) === 'platforms' &&
        !from.endsWith(`platforms${sep}index.ts`) &&
        folderOf(from) !== folderOf(to),
    );
    expect(broken).toEqual([]);
  });
});

describe('who may know what', () => {
  const text = (path: string) => readFileSync(join(source, path), 'utf8');
  const paths = files.map((file) => relative(source, file));
  /** Code without comments: examples may name a platform. */
  const code = (path: string) =>
    text(path)
      .replace(/\/\*[\s\S]*?\*\//gu, '')
      .replace(/^\s*\/\/.*$/gmu, '');

  test('only config.ts and main read the environment', () => {
    expect(paths.filter((path) => code(path).includes('process.env') && path !== 'main.ts')).toEqual([]);
  });

  test('only the store knows Prisma', () => {
    expect(paths.filter((path) => roomOf(path) !== 'store' && /from '@?prisma/u.test(code(path)))).toEqual([]);
  });

  test("a platform's name stands in its own folder and in platforms/index.ts only", () => {
    const names = readdirSync(join(source, 'platforms'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(names).toContain('telegram');
    // The environment's names are the operators' (config.ts) and main hands them on.
    const exempt = new Set(['config.ts', 'main.ts', 'wiring']);
    const broken = paths.flatMap((path) => {
      if (exempt.has(roomOf(path))) return [];
      const own = roomOf(path) === 'platforms' ? folderOf(path) : null;
      if (own === 'index.ts') return [];
      return names
        .filter((name) => name !== own && new RegExp(`['"\`]${name}['"\`:]`, 'u').test(code(path)))
        .map((name) => `${path} names ${name}`);
    });
    expect(broken).toEqual([]);
  });

  test('nothing prints past the command line', () => {
    expect(paths.filter((path) => path !== 'main.ts' && /\bconsole\.\w+\(/u.test(code(path)))).toEqual([]);
  });

  test('every export says what it promises', () => {
    const silent = paths.flatMap((path) => {
      const lines = text(path).split('\n');
      return lines.flatMap((line, index) => {
        if (!/^export (?:async )?function/u.test(line)) return [];
        return /\*\/\s*$/u.test(lines[index - 1] ?? '') ? [] : [`${path}:${index + 1} ${line.trim()}`];
      });
    });
    expect(silent).toEqual([]);
  });
});
