import { expect } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createX } from '../../../src/platforms/x/index.ts';
import { entities } from '../../../src/platforms/x/weight.ts';
import { platformContract } from '../../contracts/platform.ts';
import { startXEmulator } from '../../emulators/x.ts';

platformContract('x', async () => {
  // Random parts may make the same text twice.
  const emulator = await startXEmulator({ duplicates: true });
  const platform = createX(
    { ...emulator.keys, apiBase: emulator.base, sendDeadlineMs: 700 },
    { log: silentLog, clock: systemClock },
  );
  return {
    platform,
    address: 'acmenews',
    sent: () => emulator.posts,
    requests: () => emulator.requests.length,
    next: (fault) => (fault === 'refused' ? emulator.stopListening() : emulator.next(fault)),
    close: async () => {
      await emulator.close();
      expect(emulator.violations).toEqual([]);
    },
    mentions: (text) => entities(text).flatMap((entity) => ('screenName' in entity ? entity.screenName : [])),
    secrets: Object.values(emulator.keys).map((key) => key.reveal()),
  };
});
