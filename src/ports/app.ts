import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Feeds } from './feeds.ts';
import type { Platform } from './platform.ts';
import type { Store } from './store/index.ts';
import type { Writers } from './writer.ts';

/** What main hands to the verbs and drivers; each asks only for the parts it needs. */
export interface Ports {
  store: Store;
  feeds: Feeds;
  writers: Writers;
  platforms: Platforms;
  clock: Clock;
  log: Log;
  settings: Settings;
}

/** The platforms by name. */
export interface Platforms {
  /** The platform, or null when there is none of that name. */
  get(name: string): Platform | null;
  /** Those that are configured. */
  readonly all: readonly Platform[];
  /** Every name there is, with what is missing to use it; null = ready. */
  readonly known: readonly { name: string; missing: string | null }[];
}

/** The part of the configuration that verbs and drivers see. No secrets. */
export interface Settings {
  /** What tracked links begin with, without a slash at the end. */
  publicUrl: string;
  /** Whether PUBLIC_URL was set; when not, only readers on this machine can follow tracked links. */
  publicUrlIsSet: boolean;
  version: string;
}
