import { afterEach, expect, test } from 'vitest';
import { sharedPath } from '../../support/shared.ts';
import { type DiscordUnderTest, discordWithEmulator, never } from './setup.ts';

const absent = sharedPath('specs', 'discord-openapi.bot-subset.json') === null;
let its: DiscordUnderTest;
afterEach(() => its.emulator.close());

function ask(path: string, init: RequestInit & { body?: string } = {}): Promise<Response> {
  const { apiBase, token } = its.emulator;
  return fetch(`${apiBase}/v10${path}`, {
    ...init,
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json', ...init.headers },
  });
}
const create = (body: object) =>
  ask(`/channels/${its.emulator.channelId}/messages`, { method: 'POST', body: JSON.stringify(body) });

test.skipIf(absent)('everything Crier does keeps to the specification (needs shared/specs)', async () => {
  its = await discordWithEmulator();
  expect(its.emulator.checked).toBe(true);
  const { world, channelId: address } = its.emulator;
  await its.discord.inspect(address, never);
  const outcome = await its.discord.publish(its.post(), never);
  const remoteId = outcome.kind === 'confirmed' ? outcome.remoteId : '';
  world.react(remoteId);
  world.openThread(world.reply(remoteId, 'why?'), 3);
  world.openThread(remoteId, 2);
  await its.discord.engagement?.([{ deliveryId: 1, address, remoteId }], never);
  await ask('/gateway/bot');
  expect(its.emulator.violations).toEqual([]);
});

test.skipIf(absent)('what breaks the specification is refused and noted (needs shared/specs)', async () => {
  its = await discordWithEmulator();
  const response = await create({ content: 'x', nonce: 'longer-than-twenty-five-letters' });
  expect(response.status).toBe(400);
  expect(its.emulator.violations).toEqual([expect.stringContaining('nonce')]);
});

test('it answers as Discord does: type, limits, lengths, nonces, tokens', async () => {
  its = await discordWithEmulator({ perChannel: 4 });
  const first = await create({ content: 'x', nonce: 'n', enforce_nonce: true });
  expect(first.headers.get('content-type')).toBe('application/json');
  expect(first.headers.get('x-ratelimit-remaining')).toBe('3');
  const again = await create({ content: 'x', nonce: 'n', enforce_nonce: true });
  expect(await again.json()).toMatchObject({ id: ((await first.json()) as { id: string }).id });
  expect((await create({ content: 'x'.repeat(2001) })).status).toBe(400);
  expect((await create({ content: ' ' })).status).toBe(400);
  const limited = await create({ content: 'x' });
  expect(limited.status).toBe(429);
  expect(await limited.json()).toMatchObject({ global: false, retry_after: expect.any(Number) });
  expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await ask('/users/@me', { headers: { authorization: 'Bot other' } })).status).toBe(401);
  expect(its.emulator.world.messages).toHaveLength(1);
});

test('a platform on loopback is local', async () => {
  its = await discordWithEmulator({ validate: false });
  expect(its.discord.local).toBe(true);
});
