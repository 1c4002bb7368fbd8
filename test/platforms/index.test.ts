import { expect, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { Secret } from '../../src/lib/secret.ts';
import { createPlatforms } from '../../src/platforms/index.ts';

const tools = { log: silentLog, clock: systemClock };
const key = new Secret('0000:test');

test('without settings there is the preview, and the others say what they need', () => {
  const platforms = createPlatforms({ telegram: null, discord: null, x: null }, tools);
  expect(platforms.all.map((platform) => platform.name)).toEqual(['preview']);
  expect(platforms.get('preview')?.rehearsal).toBe(true);
  expect(platforms.get('x')).toBeNull();
  expect(platforms.get('nowhere')).toBeNull();
  expect(platforms.known).toEqual([
    { name: 'preview', missing: null },
    { name: 'telegram', missing: expect.stringContaining('TELEGRAM_BOT_TOKEN') },
    { name: 'discord', missing: expect.stringContaining('DISCORD_BOT_TOKEN') },
    { name: 'x', missing: expect.stringContaining('X_ACCESS_SECRET') },
  ]);
});

test('with settings every platform is there under its own name, and connects to nothing yet', () => {
  const platforms = createPlatforms(
    {
      telegram: { token: key, apiRoot: null },
      discord: { token: key, apiBase: null },
      x: { appKey: key, appSecret: key, accessToken: key, accessSecret: key, apiBase: null },
    },
    tools,
  );
  expect(platforms.all.map((platform) => platform.name)).toEqual(['preview', 'telegram', 'discord', 'x']);
  for (const platform of platforms.all) expect(platforms.get(platform.name)).toBe(platform);
  expect(platforms.known.every(({ missing }) => missing === null)).toBe(true);
});

test("the preview takes each platform's form", () => {
  const platforms = createPlatforms({ telegram: null, discord: null, x: null }, tools);
  const format = (address: string) => platforms.get('preview')?.form(address).format;
  expect(['telegram', 'discord', 'x-lv', 'main'].map(format)).toEqual(['html', 'markdown', 'plain', 'plain']);
  expect(platforms.get('preview')?.form('x').limits.text).toBe(280);
});
