import { type SettableClock, settableClock } from '../../../src/lib/clock.ts';
import type { Log } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { createDiscord } from '../../../src/platforms/discord/index.ts';
import type { OutgoingPost, Platform } from '../../../src/ports/platform.ts';
import { BARE } from '../../contracts/platform.ts';
import { type DiscordEmulator, type DiscordEmulatorOptions, startDiscordEmulator } from '../../emulators/discord.ts';

/** A line that Crier logged. */
export interface Logged {
  level: string;
  fields: object;
  sentence: string;
}

export interface DiscordUnderTest {
  emulator: DiscordEmulator;
  discord: Platform;
  logged: Logged[];
  clock: SettableClock;
  post(more?: Partial<OutgoingPost>): OutgoingPost;
}

/** Discord made against a fresh emulator. */
export async function discordWithEmulator(
  options: DiscordEmulatorOptions & { sendDeadlineMs?: number; foldMs?: number; sayToken?: string; now?: Date } = {},
): Promise<DiscordUnderTest> {
  const emulator = await startDiscordEmulator(options);
  const logged: Logged[] = [];
  const clock = settableClock(options.now ?? new Date('2026-11-23T10:00:00Z'));
  const discord = createDiscord(
    {
      token: new Secret(options.sayToken ?? emulator.token),
      apiBase: emulator.apiBase,
      sendDeadlineMs: options.sendDeadlineMs ?? 5000,
      foldMs: options.foldMs ?? 50,
    },
    { log: logInto(logged), clock },
  );
  // Loading discord.js takes longer than the shortest waits in these tests.
  await import('discord.js');
  return {
    emulator,
    discord,
    logged,
    clock,
    post: (more = {}) => ({
      ...BARE,
      address: emulator.channelId,
      text: 'A quay opened.',
      attemptId: '3f6f0a4e-9f43-4a57-8d5f-1f2b3c4d5e6f',
      deliveryId: 7,
      ...more,
    }),
  };
}

function logInto(lines: Logged[]): Log {
  const at = (level: string) => (fields: object, sentence: string) => void lines.push({ level, fields, sentence });
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    child: () => logInto(lines),
  };
}

export const never = new AbortController().signal;
