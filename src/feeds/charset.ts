import { FetchError } from '../lib/errors.ts';

/** A declaration further in is not looked for. */
const PRESCAN_BYTES = 8192;

/**
 * The text of a feed or page. The charset is the first of these that is known and fits the bytes: byte order mark, HTTP
 * header, XML declaration or HTML meta, UTF-8 (Encoding Standard 6 and XML 1.0 appendix F). Bytes that fit none are read
 * as UTF-8 with marks for a few bad ones, or as windows-1252 where they look like western text.
 * Throws FetchError `unreadable` when that would be a guess.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): string {
  for (const label of charsetsOf(bytes, contentType)) {
    const decoder = decoderOf(label, true);
    if (!decoder) continue;
    try {
      return decoder.decode(bytes);
    } catch {
      // Declared wrongly: the next one is tried.
    }
  }
  return decodeUndeclared(bytes);
}

/** The charsets that a document claims, strongest claim first, `utf-8` last. */
function charsetsOf(bytes: Uint8Array, contentType: string | null): string[] {
  const marked = byteOrderMark(bytes);
  if (marked) return [marked];
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, PRESCAN_BYTES));
  const http = /charset\s*=\s*["']?\s*([^\s"';,]+)/iu.exec(contentType ?? '')?.[1];
  const xml = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([^"']+?)\s*["']/iu.exec(head)?.[1];
  const meta = /<meta[^>]+charset\s*=\s*["']?\s*([^\s"'/>;]+)/iu.exec(head)?.[1];
  const claims = [http];
  for (const inside of [xml, meta]) {
    // Read byte by byte to here, so it can't be what it says.
    if (inside) claims.push(/^utf-?16/iu.test(inside) ? 'utf-8' : inside);
  }
  return [...claims.filter((claim) => claim !== undefined), 'utf-8'];
}

function byteOrderMark([first = -1, second = -1, third = -1, fourth = -1]: Uint8Array): string | null {
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  // "<?" or "<r" in sixteen bits without a mark.
  if (first === 0 && second === 0x3c && third === 0 && fourth !== 0) return 'utf-16be';
  if (first === 0x3c && second === 0 && third !== 0 && fourth === 0) return 'utf-16le';
  return null;
}

function decoderOf(label: string, fatal: boolean): InstanceType<typeof TextDecoder> | null {
  try {
    return new TextDecoder(label, { fatal });
  } catch {
    return null;
  }
}

function decodeUndeclared(bytes: Uint8Array): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  const bad = count(text, /\ufffd/gu);
  const good = count(text, /[^\p{ASCII}\ufffd]/gu);
  if (bad <= good) return text;
  const letters = count(text, /[a-z]/giu);
  if (bad * 5 <= letters) return new TextDecoder('windows-1252').decode(bytes);
  throw new FetchError('unreadable', 'The text is in a charset that is neither declared nor can be told.', {
    cure: 'Tell the owner of the site: the charset belongs into the Content-Type header or the XML declaration.',
  });
}

function count(text: string, pattern: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(pattern)) found += 1;
  return found;
}
