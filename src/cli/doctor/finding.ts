/** One thing that doctor looked at. */
export interface Finding {
  /** What was looked at: `database`, `channel 3`. */
  check: string;
  /** warning: works, but not as wanted; failed: doesn't work; off: not in use. */
  state: 'ok' | 'warning' | 'failed' | 'off';
  message: string;
  /** What to do; null where nothing is to be done. */
  cure: string | null;
}

/** In order. */
export function ok(check: string, message: string): Finding {
  return { check, state: 'ok', message, cure: null };
}
/** Not in use. */
export function off(check: string, message: string, cure: string | null = null): Finding {
  return { check, state: 'off', message, cure };
}
/** Works, but not as wanted. */
export function warning(check: string, message: string, cure: string): Finding {
  return { check, state: 'warning', message, cure };
}
/** Does not work. */
export function failed(check: string, message: string, cure: string): Finding {
  return { check, state: 'failed', message, cure };
}
