import type { Metric } from '../domain/engagement.ts';
import type { ChannelInspection } from './platform.ts';

/** People writing to the bot, and what the platform tells by itself. Platform-free. */
export interface Chat {
  /**
   * Receives until `signal` aborts; reconnects on its own. `store` must be durable before it resolves: only then is the
   * update confirmed to the platform. The same update may come twice; its key tells.
   */
  listen(store: (update: IncomingUpdate) => Promise<void>, signal: AbortSignal): Promise<void>;
  /** Sends one message to a person. Throws PlatformError. */
  send(to: string, message: ChatMessage, signal: AbortSignal): Promise<void>;
  /** The address that opens a conversation with `payload` (A-Z a-z 0-9 _ -, at most 60), or null where there is none. */
  deepLink(payload: string): Promise<string | null>;
  /**
   * Present where links can be taken in that people put into groups and channels: whether the bot is told of those at the
   * address, and what is missing. Throws PlatformError when it can't be asked.
   */
  hears?(address: string, signal: AbortSignal): Promise<ChannelInspection>;
}

/** One update, as stored. `key` is unique per platform. */
export interface IncomingUpdate {
  key: string;
  at: Date;
  event: IncomingEvent;
}

export type IncomingEvent =
  | {
      kind: 'message';
      person: ChatPerson /** Where an answer goes. */;
      to: string;
      text: string /** The payload of a deep link, with `/start`. */;
      start: string | null;
    }
  | { kind: 'button'; person: ChatPerson; to: string /** As given in ChatButton.data. */; data: string }
  /** A contact that the person shared and that is proven to be their own. */
  | { kind: 'contact'; person: ChatPerson; to: string; phone: string }
  /** Links that a person put into a group or channel, in their order. Nothing of the person or of what else they wrote. */
  | { kind: 'links'; address: string; messageId: string; links: string[] }
  /** Totals that the platform pushed for a post. */
  | { kind: 'engagement'; address: string; remoteId: string; values: Partial<Record<Metric, number>> }
  /** Something changed on a post; its numbers are to be asked for. */
  | { kind: 'engagement-changed'; address: string; remoteId: string };

export interface ChatPerson {
  id: string;
  name: string;
  /** The platform's guess of the person's language, a BCP 47 primary tag. */
  language: string | null;
}

export interface ChatMessage {
  /** Plain text; the platform escapes it. */
  text: string;
  buttons?: ChatButton[];
}
export interface ChatButton {
  label: string;
  /** At most 60 ASCII characters. */
  data: string;
}
