import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type DiscordUnderTest, discordWithEmulator, never } from './setup.ts';

let its: DiscordUnderTest;
afterEach(async () => {
  await its.emulator.close();
  expect(its.emulator.violations).toEqual([]);
});

const created = () => its.emulator.requests.filter((one) => one.method === 'POST');

describe('publish', () => {
  test('sends exactly the bytes of body(), and names the message and its address', async () => {
    its = await discordWithEmulator();
    const post = its.post({ text: '**Quay** “ņš” 👍' });
    const outcome = await its.discord.publish(post, never);
    const [message] = its.emulator.world.messages;
    expect(outcome).toEqual({
      kind: 'confirmed',
      remoteId: message?.id,
      url: `https://discord.com/channels/${its.emulator.guildId}/${its.emulator.channelId}/${message?.id}`,
    });
    expect(created().map((one) => one.body)).toEqual([its.discord.body(post)]);
    expect(JSON.parse(its.discord.body(post))).toEqual({
      content: '**Quay** “ņš” 👍',
      nonce: expect.stringMatching(/^[\w-]{22}$/u),
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
      flags: 4,
    });
  });

  test('the same attempt again, by another process, makes no second message', async () => {
    its = await discordWithEmulator();
    its.emulator.next('reset-after-accept');
    const first = await its.discord.publish(its.post(), never);
    expect(first.kind).toBe('unclear');
    const second = await its.discord.publish(its.post(), never);
    expect(second).toMatchObject({ kind: 'confirmed', remoteId: its.emulator.world.messages[0]?.id });
    expect(its.emulator.world.messages).toHaveLength(1);
    await its.discord.publish(its.post({ attemptId: 'b8a4d9aa-5a3e-4f3e-a0c6-0d7a0a3f3c11' }), never);
    expect(its.emulator.world.messages).toHaveLength(2);
  });

  test('the address of the server is asked for once, and a post without it is confirmed all the same', async () => {
    its = await discordWithEmulator();
    its.emulator.next('500', { on: 'GET /channels/' });
    expect(await its.discord.publish(its.post(), never)).toMatchObject({ kind: 'confirmed', url: null });
    await Promise.all(['two', 'three'].map((text) => its.discord.publish(its.post({ text }), never)));
    await its.discord.publish(its.post({ text: 'four' }), never);
    expect(its.emulator.requests.filter((one) => one.method === 'GET')).toHaveLength(2);
  });

  test('a 401 does not spoil the next request', async () => {
    its = await discordWithEmulator();
    its.emulator.next('401');
    expect(await its.discord.publish(its.post(), never)).toMatchObject({
      kind: 'rejected',
      channelTrouble: true,
      cure: expect.stringContaining('DISCORD_BOT_TOKEN'),
    });
    expect(await its.discord.publish(its.post(), never)).toMatchObject({ kind: 'confirmed' });
  });

  test.each([
    [2, false],
    [3, true],
  ])('a 429 of %d s (global: %s) is handed back at once with its delay', async (seconds, global) => {
    its = await discordWithEmulator();
    // discord.js learns from the first answer which bucket the channel has.
    await its.discord.publish(its.post({ text: 'before' }), never);
    its.emulator.next('429', { retryAfterSeconds: seconds, global });
    const startedAt = performance.now();
    const outcome = await its.discord.publish(its.post(), never);
    expect(performance.now() - startedAt).toBeLessThan(1500);
    if (outcome.kind !== 'not-sent') throw new Error(outcome.kind);
    expect(outcome.retryAfterMs).toBeGreaterThanOrEqual(seconds * 1000);
    expect(outcome.retryAfterMs).toBeLessThan(seconds * 1000 + 500);
    // Until then the channel is left alone.
    expect(await its.discord.publish(its.post(), never)).toMatchObject({ kind: 'not-sent' });
    expect(created()).toHaveLength(2);
  });

  test('a bucket that is empty is not even asked', async () => {
    its = await discordWithEmulator({ perChannel: 2 });
    for (const text of ['one', 'two']) await its.discord.publish(its.post({ text }), never);
    const outcome = await its.discord.publish(its.post({ text: 'three' }), never);
    expect(outcome).toMatchObject({ kind: 'not-sent', retryAfterMs: expect.any(Number) });
    expect(created()).toHaveLength(2);
  });

  test('a post whose turn does not come behind one that hangs is proven not sent', async () => {
    its = await discordWithEmulator({ sendDeadlineMs: 400 });
    its.emulator.next('hang');
    const hanging = its.discord.publish(its.post({ text: 'one' }), never);
    const behind = await its.discord.publish(its.post({ text: 'two' }), never);
    expect(await hanging).toMatchObject({ kind: 'unclear' });
    expect(behind).toMatchObject({ kind: 'not-sent' });
    expect(created()).toHaveLength(1);
  });

  test.each([
    [403, 50001, 'View Channel'],
    [403, 50013, 'Send Messages'],
    [404, 10003, 'no such channel'],
  ])('%d with code %d is the channel’s trouble and says what is missing', async (status, code, words) => {
    its = await discordWithEmulator();
    if (code === 50001) its.emulator.world.deny('View Channel', 'channel');
    if (code === 50013) its.emulator.world.deny('Send Messages', 'role');
    const address = status === 404 ? '700000000000000099' : its.emulator.channelId;
    const outcome = await its.discord.publish(its.post({ address }), never);
    expect(outcome).toMatchObject({ kind: 'rejected', channelTrouble: true, reason: expect.stringContaining(words) });
    expect(outcome).toMatchObject({ cure: expect.stringMatching(/crier channel (check|add)/u) });
  });

  test('what the channel can not help is not its trouble', async () => {
    its = await discordWithEmulator();
    for (const code of [50035, 200000]) {
      its.emulator.next('400', { code });
      const outcome = await its.discord.publish(its.post(), never);
      expect(outcome).toMatchObject({ kind: 'rejected', channelTrouble: false });
    }
  });

  test('a host that does not exist and a server that hangs up on the first byte differ', async () => {
    its = await discordWithEmulator();
    const rude = createServer((socket) => void socket.once('data', () => socket.destroy()));
    await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
    const { port } = rude.address() as { port: number };
    const { createDiscord } = await import('../../../src/platforms/discord/index.ts');
    const { Secret } = await import('../../../src/lib/secret.ts');
    const { silentLog } = await import('../../../src/lib/log.ts');
    const at = (apiBase: string) =>
      createDiscord({ token: new Secret('t'), apiBase, sendDeadlineMs: 3000 }, { log: silentLog, clock: its.clock });
    expect(await at(`http://127.0.0.1:${port}/api`).publish(its.post(), never)).toMatchObject({ kind: 'unclear' });
    expect(await at('http://no-such-host.invalid/api').publish(its.post(), never)).toMatchObject({ kind: 'not-sent' });
    await new Promise((resolve) => rude.close(resolve));
  });
});

describe('parseAddress', () => {
  test.each([
    ['112233445566778899', '112233445566778899'],
    [' https://discord.com/channels/112233445566778800/112233445566778899 ', '112233445566778899'],
    ['https://ptb.discord.com/channels/112233445566778800/112233445566778899/112233445566778800', '112233445566778899'],
  ])('%j is %s', async (input, address) => {
    its = await discordWithEmulator({ validate: false });
    expect(its.discord.parseAddress(input)).toEqual({ address });
  });

  test.each(['#news', '12345', 'https://discord.com/channels/@me/112233445566778899', 'https://discord.gg/abc', ''])(
    '%j is explained',
    async (input) => {
      its = await discordWithEmulator({ validate: false });
      expect(its.discord.parseAddress(input)).toEqual({ error: expect.stringContaining('Copy Channel ID') });
    },
  );
});
