import type { Funnel } from '../../domain/report.ts';
import { chartSvg } from './svg.ts';

/** The steps of the river with what each number counts. */
export const STEPS: readonly { key: keyof Funnel; name: string; meaning: string }[] = [
  { key: 'articles', name: 'Articles', meaning: 'seen in the sources' },
  { key: 'posts', name: 'Posts', meaning: 'written, one per channel' },
  { key: 'delivered', name: 'Delivered', meaning: 'confirmed by the channel' },
  { key: 'clicks', name: 'Clicks', meaning: 'by people, without bots' },
  { key: 'leads', name: 'Leads', meaning: 'agreed to be contacted' },
];

/** The way from article to lead as bars of one scale. */
export function funnelChart(funnel: Funnel): Promise<string> {
  const numbers = STEPS.map(({ key }) => funnel[key]);
  return chartSvg(
    {
      grid: { left: 82, right: 46, top: 4, bottom: 4 },
      xAxis: { type: 'value', show: false, max: Math.max(1, ...numbers) },
      yAxis: {
        type: 'category',
        inverse: true,
        data: STEPS.map(({ name }) => name),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: 'var(--ink)', fontSize: 14, margin: 12 },
      },
      series: [
        {
          type: 'bar',
          data: numbers.map((value, index) => ({
            value,
            itemStyle: { color: value === 0 ? 'transparent' : `var(--step-${index + 1})`, borderRadius: 4 },
          })),
          barWidth: 21,
          barMinHeight: 2,
          showBackground: true,
          backgroundStyle: { color: 'var(--track)', borderRadius: 4 },
          label: { show: true, position: 'right', color: 'var(--ink)', fontSize: 15, fontWeight: 'bold' },
        },
      ],
    },
    { width: 440, height: 190 },
    `From article to lead: ${STEPS.map(({ key, name }) => `${funnel[key]} ${name.toLowerCase()}`).join(', ')}.`,
  );
}
