import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { Secret } from '../../../src/lib/secret.ts';
import { parseHtml } from '../../../src/platforms/telegram/html.ts';
import { createTelegram } from '../../../src/platforms/telegram/index.ts';
import { platformContract } from '../../contracts/platform.ts';
import { startTelegramEmulator } from '../../emulators/telegram.ts';

platformContract('telegram', async () => {
  const telegram = await startTelegramEmulator({ chats: [{ id: -1001234567890, username: 'crier_news' }] });
  return {
    platform: createTelegram(
      { token: new Secret(telegram.token), apiRoot: telegram.root, sendDeadlineMs: 800 },
      { log: silentLog, clock: systemClock },
    ),
    address: '@crier_news',
    sent: () => telegram.sent,
    next: (fault) => telegram.next(fault),
    close: () => telegram.close(),
    requests: () => telegram.journal.length,
    mentions: (text) => {
      const parsed = parseHtml(text);
      return parsed.ok ? (parsed.text.match(/(?<![\p{L}\p{N}_])@[a-z\d_]{2,}/giu) ?? []) : ['unreadable'];
    },
    secrets: [telegram.token],
  };
});
