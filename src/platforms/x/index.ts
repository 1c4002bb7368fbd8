import { SEND_DEADLINE_MS } from '../../domain/delivery.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Platform, PlatformForm } from '../../ports/platform.ts';
import { parseAddress } from './address.ts';
import { createClient } from './client.ts';
import { check, compose, HASHTAGS } from './compose.ts';
import { BATCH, engagement } from './engagement.ts';
import { inspect } from './inspect.ts';
import { look } from './look.ts';
import { priceMicros } from './price.ts';
import { body, publish } from './publish.ts';
import type { XSettings } from './settings.ts';
import { POST_LIMIT, weightedLength } from './weight.ts';
import { loopbackTarget } from './wire.ts';

export type { XSettings } from './settings.ts';

/** How posts are written and look on X. */
export const xForm: PlatformForm = {
  format: 'plain',
  limits: {
    text: POST_LIMIT,
    count: weightedLength,
    unit: 'weighted characters',
    // 280 less two links with their blank lines (50), an invitation (about 30) and a label (about 20).
    forWriter: 180,
    hashtags: HASHTAGS,
  },
  compose,
  check,
  plainText: (text) => text,
  look,
};

/** X, for the one account that the keys belong to. Throws ConfigError when `apiBase` is not loopback. */
export function createX(settings: XSettings, { log, clock }: { log: Log; clock: Clock }): Platform {
  if (settings.apiBase !== null) loopbackTarget(settings.apiBase);
  const client = createClient(settings, settings.sendDeadlineMs ?? SEND_DEADLINE_MS);
  return {
    name: 'x',
    local: settings.apiBase !== null,
    rehearsal: false,
    form: () => xForm,
    parseAddress,
    body,
    priceMicros,
    publish: async (message, signal) => {
      const outcome = await publish(client, clock, message, signal);
      log.debug({ deliveryId: message.deliveryId, attemptId: message.attemptId, outcome: outcome.kind }, 'X answered');
      return outcome;
    },
    inspect: (address, signal) => inspect(client, clock, address, signal),
    engagement: (posts, signal) => engagement(client, clock, posts, signal),
    engagementBatch: BATCH,
  };
}
