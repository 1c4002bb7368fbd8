import { PLAIN_STYLE } from '../../domain/channel.ts';
import { SEND_DEADLINE_MS } from '../../domain/delivery.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { Platform } from '../../ports/platform.ts';
import { parseAddress } from './address.ts';
import { createClient } from './client.ts';
import { BATCH, engagement } from './engagement.ts';
import { xForm } from './form.ts';
import { inspect } from './inspect.ts';
import { priceMicros } from './price.ts';
import { body, publish } from './publish.ts';
import { lookFor } from './read-back.ts';
import type { XSettings } from './settings.ts';
import { loopbackTarget } from './wire.ts';

export { xForm } from './form.ts';
export type { XSettings } from './settings.ts';

/** X, for the one account that the keys belong to. Throws ConfigError when `apiBase` is not loopback. */
export function createX(settings: XSettings, { log, clock }: { log: Log; clock: Clock }): Platform {
  if (settings.apiBase !== null) loopbackTarget(settings.apiBase);
  const client = createClient(settings, settings.sendDeadlineMs ?? SEND_DEADLINE_MS);
  return {
    name: 'x',
    local: settings.apiBase !== null,
    rehearsal: false,
    form: (_, style = PLAIN_STYLE) => xForm(style),
    parseAddress,
    remoteIdIn: (url) => /\/status\/(?<id>\d{1,19})(?:[/?#]|$)/u.exec(url)?.groups?.id ?? null,
    body,
    priceMicros,
    publish: async (message, signal) => {
      const outcome = await publish(client, clock, message, signal);
      log.debug({ deliveryId: message.deliveryId, attemptId: message.attemptId, outcome: outcome.kind }, 'X answered');
      return outcome;
    },
    lookFor: (trace, signal) => lookFor(client, clock, trace, signal),
    inspect: (address, signal) => inspect(client, clock, address, signal),
    engagement: (posts, signal) => engagement(client, clock, posts, signal),
    engagementBatch: BATCH,
  };
}
