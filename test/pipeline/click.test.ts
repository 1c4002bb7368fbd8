import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { classify } from '../../src/pipeline/measure/click.ts';
import { sharedPath } from '../support/shared.ts';

const hit = (userAgent: string | null, method = 'GET', purpose: string | null = null) => ({
  method,
  userAgent,
  purpose,
  address: null,
});
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('who follows a link', () => {
  test.each([
    ['a person', hit(firefox), 'person'],
    ['a HEAD request with the name of a browser', hit(firefox, 'HEAD'), 'head'],
    ['a browser that fetches ahead', hit(firefox, 'GET', 'prefetch;prerender'), 'prefetch'],
    ['the preview of a messenger', hit('TelegramBot (like TwitterBot)'), 'bot'],
    ['nobody in particular', hit(null), 'bot'],
  ])('%s', (_, request, expected) => {
    expect(classify(request).class).toBe(expected);
    expect(classify(request).reason === null).toBe(expected === 'person');
  });

  const crawlers = sharedPath('corpora', 'leads', 'crawler-user-agents');
  test.skipIf(crawlers === null)('most known crawlers are told from people (needs the corpora)', async () => {
    const { globSync } = await import('node:fs');
    const [file] = globSync('*.json', { cwd: crawlers as string });
    const list = JSON.parse(readFileSync(`${crawlers}/${file}`, 'utf8')) as { instances?: string[] }[];
    const agents = list.flatMap((entry) => entry.instances ?? []);
    const caught = agents.filter((agent) => classify(hit(agent)).class !== 'person').length;
    expect(agents.length).toBeGreaterThan(100);
    expect(caught / agents.length).toBeGreaterThan(0.95);
  });
});
