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
  setState(id: number, state: ChannelState, reason: string | null): Promise<void>;
}
