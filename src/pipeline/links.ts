import { randomBytes } from 'node:crypto';
import type { Link } from '../domain/post.ts';
import type { Ports, Settings } from '../ports/app.ts';

/** Letters that can't be taken for one another and need no escaping in any address or markup. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ';

/** A code of 10 characters that can't be guessed (57 bits). */
export function newCode(): string {
  // 55 letters: values from 220 up would make the first ones likelier.
  let code = '';
  while (code.length < 10) {
    for (const byte of randomBytes(16)) if (byte < 220 && code.length < 10) code += ALPHABET[byte % ALPHABET.length];
  }
  return code;
}

/** The address that readers follow: /r/CODE to the article, /l/CODE to the lead form. */
export function linkUrl(settings: Pick<Settings, 'publicUrl'>, link: Pick<Link, 'code' | 'kind'>): string {
  return `${settings.publicUrl}/${link.kind === 'lead' ? 'l' : 'r'}/${link.code}`;
}

/** Every address of ours, and every target, that stands in a post. */
export async function trackedUrls(ports: Pick<Ports, 'store' | 'settings'>, postId: number): Promise<string[]> {
  const links = await ports.store.posts.linksOf(postId);
  return links.flatMap((link) => [linkUrl(ports.settings, link), link.target]);
}
