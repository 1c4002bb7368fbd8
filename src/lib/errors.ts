/** A failure that Crier can explain to a person: what happened, and in `cure` what to do about it. */
export class AppError extends Error {
  readonly cure: string | undefined;
  constructor(message: string, options: { cure?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.cure = options.cure;
  }
}

/** Wrong use: a command, a form or a request that can't be taken as it is. The command line exits with 2. */
export class UsageError extends AppError {}

/** Every fault of the environment at once, one line each. */
export class ConfigError extends AppError {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/** Why an address could not be read. `retryAfterMs` comes from the server, `status` only with an HTTP answer. */
export class FetchError extends AppError {
  readonly kind: FetchErrorKind;
  readonly status: number | undefined;
  readonly retryAfterMs: number | undefined;
  constructor(
    kind: FetchErrorKind,
    message: string,
    options: { status?: number; retryAfterMs?: number; cure?: string; cause?: unknown } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.status = options.status;
    this.retryAfterMs = options.retryAfterMs;
  }
}
export type FetchErrorKind =
  | 'blocked' // the guard refused the address
  | 'status' // the server answered with an error
  | 'redirects' // too many, or a loop
  | 'too-large'
  | 'timeout'
  | 'unreachable' // DNS, refused, reset, TLS
  | 'later' // the server wants a pause first; retryAfterMs says how long
  | 'not-a-feed'
  | 'unreadable'; // the body could not be decoded or parsed

interface WriterUsage {
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
}

/** Why the writer gave no usable text. */
export class WriterError extends AppError {
  readonly kind: 'unavailable' | 'timeout' | 'rate-limited' | 'unauthorized' | 'refused' | 'bad-answer' | 'over-budget';
  readonly retryAfterMs: number | undefined;
  /** Tokens that one call used although its answer is of no use; absent where they were not said. */
  readonly usage: WriterUsage | undefined;
  constructor(
    kind: WriterError['kind'],
    message: string,
    options: { retryAfterMs?: number; usage?: WriterUsage; cure?: string; cause?: unknown } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
    this.usage = options.usage;
  }
}

/** A call to a platform that failed and was not a publish (a publish returns its outcome instead of throwing). */
export class PlatformError extends AppError {
  readonly kind: 'rejected' | 'unauthorized' | 'rate-limited' | 'unavailable' | 'outcome-unknown';
  readonly retryAfterMs: number | undefined;
  constructor(
    kind: PlatformError['kind'],
    message: string,
    options: { retryAfterMs?: number; cure?: string; cause?: unknown } = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** The message of anything thrown, without its stack. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message || thrown.name;
  return String(thrown);
}
