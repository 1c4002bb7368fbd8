import type { Channel, ChannelState, ChannelStyle } from '../../domain/channel.ts';

export interface Channels {
  /** Removed ones are left out. */
  list(brandId: number): Promise<Channel[]>;
  get(id: number): Promise<Channel | null>;
  /** By platform and address; a removed one too. */
  find(brandId: number, platform: string, address: string): Promise<Channel | null>;
  byAddress(platform: string, address: string): Promise<Channel[]>;
  /** Adds it, or brings a removed one back with the new settings; without a style the plain one. */
  add(channel: Omit<Channel, 'id' | 'style'> & { style?: ChannelStyle }): Promise<Channel>;
  save(channel: Channel): Promise<void>;
  /** Reads it and keeps others from planning its posts until the transaction ends. */
  lock(id: number): Promise<Channel | null>;
  /** Only where its state is still `from`. */
  changeState(id: number, from: ChannelState, state: ChannelState, reason: string | null): Promise<boolean>;
  /**
   * Channels whose rights are to be asked for: those in trouble, and active ones with a post due within a quarter of an hour,
   * of brands that aren't paused; none that was asked for in the last one.
   */
  toCheck(now: Date, limit: number): Promise<number[]>;
  /** Takes the check. False when somebody asked in the last quarter of an hour, or the channel is paused or removed. */
  takeCheck(id: number, now: Date): Promise<boolean>;
  /** The chat goes on under another address, for every brand that doesn't have that one already. */
  move(platform: string, from: string, to: string): Promise<void>;
  setState(id: number, state: ChannelState, reason: string | null): Promise<void>;
}
