import type { DayRow } from '../../domain/report.ts';
import { chartSvg } from './svg.ts';

/** What the daily chart shows, each with its colour. */
export const SERIES: readonly { key: 'delivered' | 'clicks' | 'leads'; name: string; color: string }[] = [
  { key: 'delivered', name: 'Delivered', color: 'var(--step-3)' },
  { key: 'clicks', name: 'Clicks', color: 'var(--step-4)' },
  { key: 'leads', name: 'Leads', color: 'var(--step-5)' },
];

/** Deliveries as bars, clicks and leads as lines, one entry a day. */
export function dailyChart(days: readonly DayRow[]): Promise<string> {
  const few = days.length <= 14;
  const most = Math.max(...days.flatMap((day) => SERIES.map(({ key }) => day[key])));
  return chartSvg(
    {
      grid: { left: 34, right: 12, top: 12, bottom: 28 },
      xAxis: {
        type: 'category',
        data: days.map(({ day }) => dayWords(day)),
        axisLine: { lineStyle: { color: 'var(--line)' } },
        axisTick: { show: false },
        axisLabel: { color: 'var(--quiet)', fontSize: 12, hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitNumber: 3,
        ...(most < 4 ? { max: 4 } : {}),
        splitLine: { lineStyle: { color: 'var(--line)' } },
        axisLabel: { color: 'var(--quiet)', fontSize: 12 },
      },
      series: SERIES.map(({ key, name, color }) =>
        key === 'delivered'
          ? {
              name,
              type: 'bar',
              data: days.map((day) => day[key]),
              barMaxWidth: 26,
              itemStyle: { color, borderRadius: [3, 3, 0, 0] },
            }
          : {
              name,
              type: 'line',
              data: days.map((day) => day[key]),
              showSymbol: few,
              symbol: 'circle',
              symbolSize: 6,
              lineStyle: { color, width: 2.5 },
              itemStyle: { color },
            },
      ),
    },
    { width: 440, height: 190 },
    `Each day of the last ${days.length}: ${SERIES.map(({ key, name }) => `${days.reduce((sum, day) => sum + day[key], 0)} ${name.toLowerCase()}`).join(', ')} in all.`,
  );
}

/** `2026-11-23` → `23 Nov`. */
export function dayWords(day: string): string {
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  );
}
