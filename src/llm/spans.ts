/** A piece of a text and where it stands. */
export interface Span {
  span: string;
  index: number;
}

/** What may stand in an address; letters of every script, for international names. */
const ADDRESS = String.raw`[\p{L}\p{N}\p{M}\-._~:/?#\[\]@!$&'()*+,;=%]+`;
const WITH_SCHEME = new RegExp(String.raw`(?:[a-z][a-z0-9+.\-]{0,20}:\/\/|mailto:)${ADDRESS}`, 'giu');
const NAME_RUN = /[\p{L}\p{N}\p{M}._@+%-]+/gu;
const PATH = new RegExp(String.raw`(?::\d{1,5})?(?:[/?#]${ADDRESS})?`, 'uy');
/** Top-level domains that are read as such even with capital letters before or in them. */
const TOP_LEVEL = new Set(
  `com net org info biz io ai app dev co me tv ly gl gd gg xyz top site online shop store club live news blog link click win vip
  zip mov icu cc ws su pw tk ml cf gq biz buzz cfd sbs vip mobi
  eu lv lt ee ru de uk us fr it es pl ua by fi se no dk nl be ch at cz in cn jp br su рф бел укр рус`
    .split(/\s+/u)
    .filter(Boolean),
);
/** One-letter names that are real hosts: t.me, x.com, g.co. Otherwise `z.B` and `t.sk` are abbreviations. */
const SHORT_HOST = new Set(['com', 'me', 'co', 'org', 'net', 'io', 'ai', 'ly', 'gl', 'gd']);

/** Every address a reader could follow: with a scheme, a bare domain (with its path), an e-mail address. One pass. */
export function links(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(WITH_SCHEME)) found.push({ span: trimEnd(match[0]), index: match.index });
  const withScheme = [...found];
  let covered = 0;
  let end = 0;
  for (const match of text.matchAll(NAME_RUN)) {
    if (match.index < end || !match[0].includes('.')) continue;
    while (covered < withScheme.length && endOf(withScheme[covered]) <= match.index) covered += 1;
    const link = withScheme[covered];
    if (link !== undefined && link.index < match.index + match[0].length) continue;
    const leading = /^[.\-_@+%]*/u.exec(match[0])?.[0].length ?? 0;
    const name = trimEnd(match[0].slice(leading));
    if (!isHost(name.slice(name.lastIndexOf('@') + 1))) continue;
    const index = match.index + leading;
    PATH.lastIndex = index + name.length;
    const span = trimEnd(name + (PATH.exec(text)?.[0] ?? ''));
    found.push({ span, index });
    end = index + span.length;
  }
  return found.sort((left, right) => left.index - right.index);
}

function endOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.index + span.span.length;
}

/** Without the punctuation that ends the sentence, not the address. */
function trimEnd(address: string): string {
  let end = address.length;
  while (end > 0 && ".,;:!?'()[]*_~-@+%".includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

function isHost(name: string): boolean {
  const labels = name.split('.');
  const last = labels.at(-1) ?? '';
  const before = labels.at(-2) ?? '';
  if (labels.length < 2 || labels.includes('') || !/^(?:\p{L}{2,24}|xn--[a-z0-9-]{2,59})$/iu.test(last)) return false;
  if (/^xn--/iu.test(last)) return true;
  if (before.length === 1 && labels.length === 2 && !SHORT_HOST.has(last.toLowerCase())) return false;
  return TOP_LEVEL.has(last.toLowerCase()) || (/^[a-z]+$/u.test(last) && /^[a-z0-9.-]+$/u.test(name));
}

/** What people write for a dot, or an at sign, so that it isn't taken for an address: `evil[.]com`, `evil dot com`. */
const BRACKETED = String.raw`\s?[\[({<]\s?(?:\.|dot|punkts|punkt|точка|at|@)\s?[\])}>]\s?|[\u3002\uff0e]`;
const NAME = String.raw`[\p{L}\p{N}_-]+`;
const WITH_BRACKETS = new RegExp(String.raw`(?<![\p{L}\p{N}_-])${NAME}(?:(?:${BRACKETED}|\.)${NAME})+`, 'giu');
/** Spelled as a word it is one only before what nobody takes for the next word: not "a dot in the sky". */
const WITH_WORDS = new RegExp(
  String.raw`(?<![\p{L}\p{N}_-])${NAME}(?:\s(?:dot|punkts|punkt|точка)\s${NAME}){0,3}\s(?:dot|punkts|punkt|точка)\s(?:com|net|org|info|biz|io|xyz|eu|lv|lt|ee|ru|de|uk|example)(?![\p{L}\p{N}])`,
  'giu',
);

/** Addresses that are spelled so that only a person reads them. */
export function spelledLinks(text: string): Span[] {
  const spelled = new RegExp(BRACKETED, 'iu');
  return [
    ...[...text.matchAll(WITH_BRACKETS)].filter(
      ([whole]) => spelled.test(whole) && /[\p{L}]{2,}$/u.test(whole) && isTopLevel(whole),
    ),
    ...text.matchAll(WITH_WORDS),
  ].map((match) => ({ span: match[0], index: match.index }));
}

function isTopLevel(address: string): boolean {
  const last = /\p{L}+$/u.exec(address)?.[0].toLowerCase() ?? '';
  return TOP_LEVEL.has(last) || last === 'example';
}

/** Every `@name`, also Discord's `@!id` and the wide ＠; not the at sign of an e-mail address. */
export function mentions(text: string): Span[] {
  return [...text.matchAll(/(?<![\p{L}\p{N}_.])[@＠][!&]?[\p{L}\p{N}_]+/gu)].map((match) => ({
    span: match[0],
    index: match.index,
  }));
}

const PHONE_RUN = /[+\d(][\d\p{Zs}().\-/‐-―]*/gu;
const PHONE_CUE = /(?:tel|phone|mob|call|whatsapp|viber|tālr|zvan|тел|звон|моб|ruf|skambin|helista)[^\d]{0,20}$/u;
const DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2}|(?:19|20)\d\d[-–/](?:19|20)\d\d)$/u;
const THOUSANDS = /^\d{1,3}(?:[\p{Zs}.]\d{3})+$/u;

/** What reads as a phone number: + and 7–15 digits, digits parted as people part them, or any after "tel.", "zvaniet". */
export function phones(text: string): Span[] {
  const found: Span[] = [];
  for (const match of text.matchAll(PHONE_RUN)) {
    let offset = match.index;
    // A spaced dash, or a full stop and a space, end one thing and begin another.
    for (const part of match[0].split(/(\.\p{Zs}|\p{Zs}[-–—/]\p{Zs})/u)) {
      const leading = /^[\p{Zs}.\-/‐-―)]*/u.exec(part)?.[0].length ?? 0;
      let end = part.length;
      while (end > leading && !/\d/u.test(part.charAt(end - 1))) end -= 1;
      const span = part.slice(leading, end);
      if (isPhone(span, text.slice(Math.max(0, offset + leading - 30), offset + leading)))
        found.push({ span, index: offset + leading });
      offset += part.length;
    }
  }
  return found;
}

/**
 * Whether a phone number is there to be called, rather than figures that look like one: years, scores, a number with a
 * stroke. With + or 0 at its beginning, or after a word that says so, it always is.
 */
export function isCalled(text: string, { span, index }: Span): boolean {
  const before = text.slice(Math.max(0, index - 30), index).toLowerCase();
  if (/^[+0(]/u.test(span) || PHONE_CUE.test(before)) return true;
  const groups = span.match(/\d+/gu) ?? [];
  return !span.includes('/') && !groups.every((group) => group.length <= 2 || /^(?:19|20)\d\d$/u.test(group));
}

function isPhone(span: string, before: string): boolean {
  const digits = span.replace(/\D/gu, '').length;
  if (digits < 7 || digits > 15 || DATE.test(span)) return false;
  if (span.startsWith('+') || PHONE_CUE.test(before.toLowerCase())) return true;
  return !/^\d+$/u.test(span) && !/^\d+\.\d+$/u.test(span) && !THOUSANDS.test(span);
}

/** `text` with the spans blanked, so that what is left keeps its place and does not run together. */
export function blank(text: string, spans: readonly Span[]): string {
  const parts: string[] = [];
  let end = 0;
  for (const { span, index } of [...spans].sort((left, right) => left.index - right.index)) {
    if (index < end) continue;
    parts.push(text.slice(end, index), '\ufffc'.repeat(span.length));
    end = index + span.length;
  }
  parts.push(text.slice(end));
  return parts.join('');
}
