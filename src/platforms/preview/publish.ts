import type { Outcome } from '../../domain/delivery.ts';
import type { OutgoingPost } from '../../ports/platform.ts';

/** What would be sent if this were a network. */
export function body(message: OutgoingPost): string {
  return JSON.stringify({ address: message.address, text: message.text });
}

/** Confirms at once: nothing leaves this machine, the stored post is the publication. */
export async function publish(message: OutgoingPost): Promise<Outcome> {
  return { kind: 'confirmed', remoteId: message.attemptId, url: null };
}
