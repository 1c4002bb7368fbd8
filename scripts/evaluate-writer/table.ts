import type { Row } from './evaluate.ts';

/** The rows as a table in Markdown, one line a language and one for all. */
export function tableOf(model: string, rows: readonly Row[]): string {
  const languages = [...new Set(rows.map((row) => row.language))];
  const groups: [string, readonly Row[]][] = languages.map((language) => [
    language,
    rows.filter((row) => row.language === language),
  ]);
  const lines = [...groups, ['**all**', rows] as const].map(
    ([name, some]) => `| ${[name, ...cells(some)].join(' | ')} |`,
  );
  return [
    `Model ${model}: ${rows.length} calls for three channels each.`,
    '',
    '| language | articles | valid at first try | repairs | nothing usable | posts beyond the article | language right | of the limit used | claims with support | tokens in (cached) / out | US dollars | seconds |',
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

function cells(rows: readonly Row[]): (string | number)[] {
  const sum = (pick: (row: Row) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const done = rows.filter((row) => row.posts > 0);
  const posts = sum((row) => row.posts);
  const tokens = (kind: 'inputTokens' | 'cachedInputTokens' | 'outputTokens') =>
    Math.round(sum((row) => row.written?.[kind] ?? 0) / Math.max(1, done.length));
  return [
    rows.length,
    share(done.filter((row) => row.calls === 1).length, rows.length),
    sum((row) => Math.max(0, row.calls - 1)),
    rows.length - done.length,
    share(
      sum((row) => row.ungrounded),
      posts,
    ),
    share(
      sum((row) => row.rightLanguage),
      posts,
    ),
    share(
      sum((row) => row.lengthUse),
      posts,
    ),
    share(
      sum((row) => row.supported),
      sum((row) => row.claims),
    ),
    `${tokens('inputTokens')} (${tokens('cachedInputTokens')}) / ${tokens('outputTokens')}`,
    (sum((row) => row.written?.costMicros ?? 0) / 1_000_000).toFixed(4),
    (sum((row) => row.seconds) / Math.max(1, rows.length)).toFixed(1),
  ];
}

function share(part: number, whole: number): string {
  return whole === 0 ? '-' : `${((100 * part) / whole).toFixed(0)} %`;
}
