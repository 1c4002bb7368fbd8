import type { Secret } from '../../lib/secret.ts';

/** The four keys of one X account (OAuth 1.0a user context), and how to reach the API. */
export interface XSettings {
  appKey: Secret;
  appSecret: Secret;
  accessToken: Secret;
  accessSecret: Secret;
  /** `http://127.0.0.1:PORT` of a test server; null = the real API. Anything but loopback is refused. */
  apiBase: string | null;
  /** How long one call may take; SEND_DEADLINE_MS when not given. */
  sendDeadlineMs?: number;
}
