import { stringify } from 'csv-stringify/sync';
import type { Funnel, Report, UnitCosts } from '../../domain/report.ts';
import { dollars } from '../../domain/spending.ts';

/** The report as text: the funnel with honest shares, then sources, channels, the best posts and the leads. */
export function reportText(report: Report): string {
  const { total } = report;
  // The days are the brand's; an instant in UTC may name another one.
  const [first = day(report.from), last = day(report.to)] = [report.daily[0]?.day, report.daily.at(-1)?.day];
  const lines = [
    `${report.brand}: the last ${report.days} ${report.days === 1 ? 'day' : 'days'} (${first} – ${last})`,
    '',
    bar('Articles', total.articles, total),
    bar('Posts', total.posts, total),
    bar('Delivered', total.delivered, total),
    bar('Clicks', total.clicks, total),
    bar('Leads', total.leads, total),
  ];
  const costs = costLines(report);
  if (costs.length > 0) lines.push('', ...costs);
  section(
    lines,
    'Sources',
    report.sources.map((row) => `${counts(row)}${costWords(row)}  ${row.name}`),
  );
  section(
    lines,
    'Channels',
    report.channels.map((row) => `${counts(row)}${costWords(row)}  ${row.name}`),
  );
  const best = [...report.posts]
    .sort((left, right) => right.leads - left.leads || right.clicks - left.clicks)
    .slice(0, 10);
  section(
    lines,
    'Posts that people answered most',
    best
      .filter((post) => post.clicks + post.leads > 0)
      .map(
        (post) =>
          `${many(post.leads, 'lead')}, ${many(post.clicks, 'click')}  ${post.channel}: ${post.title} (post ${post.id})`,
      ),
  );
  section(
    lines,
    'Leads',
    report.leads.map(
      (lead) =>
        `${lead.name || '(no name)'}, ${lead.stage}, score ${lead.score}${lead.articleTitle ? `, from “${lead.articleTitle}” on ${lead.channel} (post ${lead.postId})` : ''}`,
    ),
  );
  return lines.join('\n');
}

/** The report as CSV, one row per post, its cost in US dollars; formulas are escaped. */
export function reportCsv(report: Report): string {
  return stringify(
    report.posts.map((post) => ({
      ...post,
      delivered: post.delivered ? 1 : 0,
      cost: post.costMicros === null ? 'price unknown' : (post.costMicros / 1e6).toFixed(6),
    })),
    {
      header: true,
      escape_formulas: true,
      columns: [
        'id',
        'articleId',
        'title',
        'url',
        'channel',
        'state',
        'delivered',
        'clicks',
        'otherHits',
        'reactions',
        'replies',
        'leads',
        'source',
        'cost',
      ],
    },
  );
}

/** `Cost $1.20: texts $0.90, posting $0.30; $0.03 a post, $0.60 a lead`; no line where nothing was spent. */
export function costLines({ costMicros, costs }: Report): string[] {
  const parts = [
    [costs.writing, 'texts'],
    [costs.questions, 'questions to the model'],
    [costs.publishing, 'posting'],
  ] as const;
  const spent = parts.filter(([micros]) => micros > 0).map(([micros, what]) => `${what} ${dollars(micros)}`);
  return [
    ...(costMicros > 0
      ? [`Cost ${dollars(costMicros)}: ${spent.join(', ')}${costWords({ costMicros, ...costs })}`]
      : []),
    ...(costs.unpricedTokens > 0
      ? [`Price unknown: ${costs.unpricedTokens} tokens. Say it: crier brand set model-price=INPUT/OUTPUT`]
      : []),
  ];
}

/** `; $0.03 a post, $0.60 a lead`; empty where nothing was spent. */
function costWords({ costMicros, perPostMicros, perLeadMicros }: UnitCosts & { costMicros: number }): string {
  if (costMicros <= 0) return '';
  const each = [
    ...(perPostMicros === null ? [] : [`${dollars(perPostMicros)} a post`]),
    ...(perLeadMicros === null ? [] : [`${dollars(perLeadMicros)} a lead`]),
  ];
  return `; ${each.length > 0 ? each.join(', ') : dollars(costMicros)}`;
}

const BAR_WIDTH = 30;

function bar(label: string, value: number, total: Funnel): string {
  const most = Math.max(1, total.articles, total.posts, total.delivered, total.clicks, total.leads);
  return `${label.padEnd(10)}${String(value).padStart(7)}  ${'█'.repeat(Math.round((value / most) * BAR_WIDTH))}`;
}

function counts(row: Funnel): string {
  const { articles, posts, delivered, clicks, leads } = row;
  return `${many(articles, 'article')} → ${many(posts, 'post')} → ${delivered} delivered → ${many(clicks, 'click')} → ${many(leads, 'lead')}`;
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function section(lines: string[], title: string, rows: string[]): void {
  if (rows.length > 0) lines.push('', title, ...rows.map((row) => `  ${row}`));
}

function day(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
