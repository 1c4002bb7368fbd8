import type { Brand } from '../domain/brand.ts';
import { after, MINUTE } from '../lib/clock.ts';
import { newToken, tokenHash } from '../lib/token.ts';
import type { Ports } from '../ports/app.ts';

const VALID_MS = 10 * MINUTE;

/** Makes a link that opens the dashboard once, as the brand's owner, within ten minutes. Only the token's hash is stored. */
export async function issueLogin(
  ports: Pick<Ports, 'store' | 'clock' | 'settings'>,
  brand: Brand,
): Promise<{ url: string; expiresAt: Date }> {
  const owner = await ports.store.members.owner(brand.id);
  const token = newToken();
  const expiresAt = after(ports.clock.now(), VALID_MS);
  await ports.store.members.addLogin(owner.id, tokenHash(token), expiresAt);
  return { url: `${ports.settings.publicUrl}/login/${token}`, expiresAt };
}
