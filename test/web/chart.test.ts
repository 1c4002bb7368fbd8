import { describe, expect, test } from 'vitest';
import { dailyChart } from '../../src/web/chart/daily.ts';
import { funnelChart } from '../../src/web/chart/funnel.ts';

const days = Array.from({ length: 90 }, (_, index) => ({
  day: new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10),
  delivered: index % 7,
  clicks: index % 11,
  leads: index % 5,
}));

describe('charts', () => {
  test('carry nothing that the content security policy refuses', async () => {
    for (const svg of [
      await funnelChart({ articles: 5, posts: 15, delivered: 12, clicks: 40, leads: 3 }),
      await funnelChart({ articles: 0, posts: 0, delivered: 0, clicks: 0, leads: 0 }),
      await dailyChart(days),
      await dailyChart(days.slice(0, 1)),
    ]) {
      expect(svg).toMatch(/^<svg viewBox="0 0 440 \d+" role="img" aria-label="[^"]+">/u);
      expect(svg).not.toMatch(/ style=|<style|<script| on\w+=|url\(/u);
      expect(svg).toContain('var(--');
    }
  });

  test('say their numbers in words', async () => {
    expect(await funnelChart({ articles: 5, posts: 15, delivered: 12, clicks: 40, leads: 3 })).toContain(
      'From article to lead: 5 articles, 15 posts, 12 delivered, 40 clicks, 3 leads.',
    );
    expect(await dailyChart(days.slice(0, 7))).toContain('21 delivered, 21 clicks, 11 leads in all');
  });

  test('draw bars in proportion', async () => {
    const svg = await funnelChart({ articles: 10, posts: 20, delivered: 20, clicks: 40, leads: 0 });
    const width = (step: number) => {
      const [, path = ''] = new RegExp(`<path d="([^"]*)" fill="var\\(--step-${step}\\)"`, 'u').exec(svg) ?? [];
      const xs = [...path.matchAll(/(?:^|[ML])(-?[\d.]+) /gu)].map((match) => Number(match[1]));
      return Math.max(...xs) - Math.min(...xs);
    };
    expect(width(2) / width(4)).toBeCloseTo(0.5, 1);
    expect(width(1) / width(4)).toBeCloseTo(0.25, 1);
  });
});
