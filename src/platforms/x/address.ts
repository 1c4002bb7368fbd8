/** The address for whichever account the keys belong to. */
export const OWN_ACCOUNT = 'me';

/** The first part of x.com addresses that is not an account. */
const NOT_ACCOUNTS = new Set(['i', 'home', 'explore', 'search', 'settings', 'messages', 'notifications', 'intent']);

/** `acme`, `@Acme`, `https://x.com/acme` → `acme`. X's names differ in letters, digits and _, not in case. */
export function parseAddress(input: string): { address: string } | { error: string } {
  const path = input.trim().replace(/^(?:https?:\/\/)?(?:www\.|mobile\.)?(?:x|twitter)\.com\//iu, '');
  const fromLink = path !== input.trim();
  const name = (fromLink ? path.replace(/[/?#].*$/u, '') : path).replace(/^@/u, '').toLowerCase();
  if (!/^[a-z0-9_]{1,15}$/u.test(name) || (fromLink && NOT_ACCOUNTS.has(name)))
    return {
      error: `"${input}" is not an X account. Write it as x:acme, x:@acme or x:https://x.com/acme; x:me is the account that the keys belong to.`,
    };
  return { address: name };
}
