import { AppError, messageOf } from '../../lib/errors.ts';
import { isLoopback } from '../../lib/url.ts';
import type { Ports } from '../../ports/app.ts';
import type { Facts } from '../edges.ts';
import { type Finding, failed, off, ok, warning } from './finding.ts';

const ASK_MS = 10_000;

/** Whether readers can follow tracked links. Only a warning: without them posts carry the article's own address. */
export function examinePublicUrl(
  { publicUrl, publicUrlIsSet }: Facts,
  { platforms }: Pick<Ports, 'platforms'>,
): Finding {
  const cure = 'Set PUBLIC_URL to the address under which readers reach this server, https://…';
  if (!URL.canParse(publicUrl)) return failed('public address', `"${publicUrl}" is not an address.`, cure);
  const real = platforms.all.some((platform) => !platform.local);
  if (!publicUrlIsSet || isLoopback(publicUrl)) {
    const told = publicUrlIsSet
      ? `${publicUrl} is only reachable from this machine`
      : `PUBLIC_URL is not set: ${publicUrl}`;
    return real
      ? warning(
          'public address',
          `${told}. Posts link straight to the article: clicks aren’t counted and there is no lead form.`,
          cure,
        )
      : ok('public address', `${told}; enough for the preview`);
  }
  if (!publicUrl.startsWith('https:'))
    return warning(
      'public address',
      `${publicUrl} is not encrypted.`,
      'Lead forms carry personal data: serve it over https.',
    );
  return ok('public address', publicUrl);
}

/** Whether there is a model, and whether its endpoint answers. */
export async function examineWriter({ writer }: Facts, signal: AbortSignal): Promise<Finding> {
  if (writer === null)
    return off(
      'writer',
      'no model: the offline writer cuts excerpts',
      'Set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server.',
    );
  const told = `${writer.model} at ${writer.baseUrl}, key ${writer.keyIsSet ? 'set' : 'not set'}`;
  if (writer.ask === null) return ok('writer', `${told} (not asked)`);
  try {
    await writer.ask(AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]));
    return ok('writer', `${told}, answers`);
  } catch (error) {
    const cure =
      error instanceof AppError && error.cure ? error.cure : 'Check OPENAI_BASE_URL, OPENAI_API_KEY and OPENAI_MODEL.';
    return failed('writer', `${told}: ${messageOf(error)}`, cure);
  }
}

/** Which platforms have their keys. */
export function examinePlatforms({ platforms }: Pick<Ports, 'platforms'>): Finding[] {
  return platforms.known.map(({ name, missing }) => {
    const check = `platform ${name}`;
    if (missing !== null) return off(check, 'not in use', `To use it: ${missing}`);
    return ok(check, platforms.get(name)?.rehearsal ? 'ready; nobody outside sees its posts' : 'keys are set');
  });
}
