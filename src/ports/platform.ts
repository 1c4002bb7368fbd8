import type { ChannelStyle } from '../domain/channel.ts';
import type { Outcome } from '../domain/delivery.ts';
import type { Metric } from '../domain/engagement.ts';
import type { PostCard, PostFormat } from '../domain/post.ts';
import type { Finding } from '../domain/read-back.ts';
import type { Chat } from './chat.ts';

/**
 * The one contract for a place where a brand can speak. A new platform is a folder that makes one of these
 * and a line in platforms/index.ts.
 */
export interface Platform {
  /** Its name in channel references: `telegram` in `telegram:@name`. */
  readonly name: string;
  /** True when nobody outside this machine sees its posts (the preview, or an API on loopback). */
  readonly local: boolean;
  /** True for the preview: a rehearsal, not a publication. The sample source only reaches these. */
  readonly rehearsal: boolean;
  /**
   * How posts at this address are written, in the channel's style (plain where none is given). Only the preview's depends
   * on the address: it takes on other platforms' forms.
   */
  form(address: string, style?: ChannelStyle): PlatformForm;
  /** The address as stored, or an error a person understands. `@Name` and `https://t.me/name` may be one address. */
  parseAddress(input: string): { address: string } | { error: string };
  /** The exact bytes (as text) that `publish` will send, stored before the socket opens. Same input, same bytes. */
  body(message: OutgoingPost): string;
  /** What the platform charges for posting `text`, in millionths of a US dollar; 0 where posting is free. Pure. */
  priceMicros(text: string): number;
  /** Sends once, without retries of its own, within SEND_DEADLINE_MS. Never throws: the outcome says what is proven. */
  publish(message: OutgoingPost, signal: AbortSignal): Promise<Outcome>;
  /** Present where it can be seen whether an unclear post is there. Sends nothing; never throws. */
  lookFor?(trace: Trace, signal: AbortSignal): Promise<Finding>;
  /**
   * Present where the platform takes the same bytes twice and keeps one message: for how long after the first try that is
   * sure. `send` gives them to it once more and ends before that time is over; its finding speaks of both tries.
   */
  readonly repeat?: { readonly withinMs: number; send(trace: Trace, signal: AbortSignal): Promise<Finding> };
  /** The platform's name of the message at an address that a person gave; absent where addresses don't hold it. */
  remoteIdIn?(url: string): string | null;
  /** Whether Crier may post there, and what exactly is missing. Throws PlatformError when it can't be asked. */
  inspect(address: string, signal: AbortSignal): Promise<ChannelInspection>;
  /** Present where the platform can be asked for numbers. At most `engagementBatch` posts a call. Throws PlatformError. */
  engagement?(posts: PublishedPost[], signal: AbortSignal): Promise<EngagementReading[]>;
  /** How many posts one call of `engagement` takes. */
  readonly engagementBatch: number;
  /** Present where people can write to the bot, or the platform tells of engagement by itself. */
  readonly chat?: Chat;
}

/** How posts are written and look on a platform. All of it pure: no network, no settings. */
export interface PlatformForm {
  readonly format: PostFormat;
  readonly limits: TextLimits;
  /** True where the platform forbids the same text on two accounts. */
  readonly oneVoice: boolean;
  /** The platform's own writing of the parts, within its limits, everything escaped. */
  compose(parts: PostParts): string;
  /** What the platform, or the channel's style, would refuse in a text: empty when it may go out. */
  check(text: string): string[];
  /** The messages that a text goes out as, in order: one, or the parts of a thread. */
  partsOf(text: string): string[];
  /** The line that says a machine wrote the text, in the platform's markup. */
  label(line: string): string;
  /** The text as people read it there: no markup, no tracking. What grounding reads. */
  plainText(text: string): string;
  /** How the post will look, as HTML that is safe to show, and the style sheet it needs. */
  readonly look: Look;
}

export interface TextLimits {
  /** The longest text, as `count` counts it. */
  text: number;
  count(text: string): number;
  /** How the unit is called, for a person and for the model: `characters`, `weighted characters`. */
  unit: string;
  /** What a model may fill, leaving room for link, label and call to action. */
  forWriter: number;
  hashtags: number;
}

/** What a post is made of before a platform writes it. All plain text. */
export interface PostParts {
  /** One line, or empty. */
  headline: string;
  /** Paragraphs separated by one empty line. */
  body: string;
  hashtags: string[];
  /** Where the article can be read; tracked already. Null = the post carries no link. */
  link: { url: string; label: string } | null;
  /** The invitation to answer, with its tracked link; null = none. */
  callToAction: { text: string; url: string } | null;
  /** The visible line that says a machine wrote this; null = none is due. */
  aiLabel: string | null;
}

export interface OutgoingPost {
  /** The channel's address. */
  address: string;
  /** One part of the post's text, as the form's `partsOf` gives them. */
  text: string;
  style: ChannelStyle;
  card: PostCard | null;
  /** The platform's name of the message that this one continues; null = it stands alone. */
  replyTo: string | null;
  /** The attempt's id: the same for every repetition of the same attempt. */
  attemptId: string;
  deliveryId: number;
}

/** What is known of a try without an answer. */
export interface Trace {
  address: string;
  /** The text of the message, and exactly what was sent. */
  text: string;
  body: string;
  /** Addresses in it that stand in no other post. */
  ownLinks: string[];
  /** When these bytes were first sent. */
  since: Date;
}

export interface PublishedPost {
  deliveryId: number;
  address: string;
  remoteId: string;
}

export interface EngagementReading {
  deliveryId: number;
  values: Partial<Record<Metric, number>>;
}

export interface ChannelInspection {
  /** What the platform calls it, for a person. */
  title: string;
  /** Empty when Crier may post there; otherwise what is missing and how to give it. */
  problems: { problem: string; cure: string }[];
  /** Whether the channel's engagement can be read, and if not why. */
  notes: string[];
}

export interface Look {
  css: string;
  /** Safe HTML of one post, its classes prefixed. `sender` is the channel's name as readers see it. */
  render(post: { text: string; sender: string; at: Date | null; address: string; card: PostCard | null }): string;
}
