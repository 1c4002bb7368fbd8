import { expect } from 'vitest';
import { platformContract } from '../../contracts/platform.ts';
import { discordWithEmulator } from './setup.ts';

platformContract('discord', async () => {
  const { emulator, discord } = await discordWithEmulator({ sendDeadlineMs: 1000, now: new Date() });
  return {
    platform: discord,
    address: emulator.channelId,
    sent: () => emulator.accepted,
    next: (fault) => emulator.next(fault),
    copies: () => emulator.world.messages.length,
    requests: () => emulator.requests.filter((one) => one.method === 'POST').length,
    mentions: (text) => text.match(/@(?:everyone|here)|<@[!&]?\d+>|(?<!\\)<(?:#|t:|a?:|\/)[^>]*>/gu) ?? [],
    secrets: [emulator.token],
    async close() {
      await emulator.close();
      expect(emulator.violations).toEqual([]);
    },
  };
});
