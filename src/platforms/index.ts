import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Platforms } from '../ports/app.ts';
import type { Platform } from '../ports/platform.ts';
import { createDiscord, type DiscordSettings, discordForm } from './discord/index.ts';
import { createPreview } from './preview/index.ts';
import { createTelegram, type TelegramSettings, telegramForm } from './telegram/index.ts';
import { createX, type XSettings, xForm } from './x/index.ts';

/** The settings of each platform; null = not configured. */
export interface PlatformSettings {
  telegram: TelegramSettings | null;
  discord: DiscordSettings | null;
  x: XSettings | null;
}

/** Every platform there is: the preview always, the others once they are configured. Connects to nothing. */
export function createPlatforms(settings: PlatformSettings, { log, clock }: { log: Log; clock: Clock }): Platforms {
  const tools = (name: string) => ({ log: log.child({ platform: name }), clock });
  const made: { name: string; platform: Platform | null; needs: string }[] = [
    {
      name: 'preview',
      platform: createPreview({ forms: { telegram: telegramForm, discord: discordForm, x: xForm } }),
      needs: '',
    },
    {
      name: 'telegram',
      platform: settings.telegram && createTelegram(settings.telegram, tools('telegram')),
      needs: 'TELEGRAM_BOT_TOKEN',
    },
    {
      name: 'discord',
      platform: settings.discord && createDiscord(settings.discord, tools('discord')),
      needs: 'DISCORD_BOT_TOKEN',
    },
    {
      name: 'x',
      platform: settings.x && createX(settings.x, tools('x')),
      needs: 'X_APP_KEY, X_APP_SECRET, X_ACCESS_TOKEN and X_ACCESS_SECRET',
    },
  ];
  return {
    get: (name) => made.find((one) => one.name === name)?.platform ?? null,
    all: made.flatMap(({ platform }) => platform ?? []),
    known: made.map(({ name, platform, needs }) => ({
      name,
      missing: platform ? null : `set ${needs} in .env and start again`,
    })),
  };
}
