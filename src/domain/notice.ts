/** Something that people of a brand should know: one per cause, however often the cause is met. */
export interface Notice {
  id: number;
  brandId: number;
  /** Names the cause; the same one is not told twice. */
  key: string;
  /** warning: something is coming; stopped: something does not happen until a person acts or `until` comes. */
  level: 'warning' | 'stopped';
  /** For a person: what happened, what it means, what to do. */
  text: string;
  at: Date;
  /** Shown until then. */
  until: Date;
}
