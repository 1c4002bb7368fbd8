import type { Disclosure } from './brand.ts';
import type { Schedule } from './schedule.ts';

/** Where a brand speaks. `platform` is a name that platforms/index.ts knows. */
export interface Channel {
  id: number;
  brandId: number;
  platform: string;
  /** What the platform calls it: `@name`, a chat id, a channel id, an account. */
  address: string;
  name: string;
  /** BCP 47 primary tag of its posts. */
  language: string | null;
  /** Whether posts that pass every check go out without a person. */
  auto: boolean;
  state: ChannelState;
  /** Why it needs attention, and what to do. */
  reason: string | null;
  schedule: Schedule;
  style: ChannelStyle;
  /** The most a month that the platform may charge, in millionths of a US dollar; absent or null = no limit. */
  budgetMonthMicros?: number | null;
  createdAt: Date;
}

/** How a channel's posts are dressed, beyond what its platform fixes. */
export interface ChannelStyle {
  /** Whether posts say that a machine wrote them; null = what the brand does. */
  label: LabelPolicy | null;
  /** Why no label is due; never empty where `label` is `exempt`. */
  exemptReason: string;
  /** Which posts carry links. `best`: the first post of each of the brand's days, and those where a person puts one in. */
  links: 'all' | 'none' | 'best';
  /** How the article's page is shown with the post; null = the platform's habit. */
  preview: 'none' | 'small' | 'large' | null;
  /** Whether the preview stands above the text, where the platform lets one choose. */
  previewAbove: boolean;
  /** The colour of the preview's edge, `#rrggbb`; null = the platform's. */
  colour: string | null;
  /** Whether a text too long for one post becomes several, where the platform has threads. */
  thread: 'no' | 'yes' | 'numbered';
}

/** `label`: always; `editorial`: until a person's review of the substance is on record; `exempt`: only what goes out by itself. */
export type LabelPolicy = 'label' | 'editorial' | 'exempt';

export const PLAIN_STYLE: ChannelStyle = {
  label: null,
  exemptReason: '',
  links: 'all',
  preview: null,
  previewAbove: false,
  colour: null,
  thread: 'no',
};

/** The label policy of a channel: its own, or its brand's. */
export function labelPolicy(channel: { style: ChannelStyle }, brand: { disclosure: Disclosure }): LabelPolicy {
  return channel.style.label ?? brand.disclosure;
}

export type ChannelState = 'active' | 'paused' | 'attention' | 'removed';

/** `telegram:@name` → its two parts; null when it isn't of that form. */
export function parseChannelRef(ref: string): { platform: string; address: string } | null {
  const match = /^([a-z]+):(.+)$/u.exec(ref.trim());
  return match ? { platform: match[1] as string, address: (match[2] as string).trim() } : null;
}

/** `telegram:@name`, as the command line and every report write it. */
export function channelRef(channel: { platform: string; address: string }): string {
  return `${channel.platform}:${channel.address}`;
}
