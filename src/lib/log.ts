/**
 * What every room logs through: a constant sentence and its fields.
 * info = a state changed, warn = will retry, error = gave up. Never tokens, post text or a lead's contact.
 */
export interface Log {
  debug(fields: object, sentence: string): void;
  info(fields: object, sentence: string): void;
  warn(fields: object, sentence: string): void;
  error(fields: object, sentence: string): void;
  child(fields: object): Log;
}

/** A log that goes nowhere. */
export const silentLog: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  child: () => silentLog,
};
