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
  /** The most a month that the platform may charge, in millionths of a US dollar; absent or null = no limit. */
  budgetMonthMicros?: number | null;
  createdAt: Date;
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
