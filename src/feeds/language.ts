/** Fewer letters than this tell no language. */
const MIN_LETTERS = 20;
/** More than this tells nothing new. */
const SAMPLE_LENGTH = 1500;

/** A language tag as people write it (`en-us`, `lv_LV`) in its canonical form (`en-US`, `lv-LV`); null when it isn't one. */
export function languageTag(declared: string | null | undefined): string | null {
  const tag = declared?.trim().replaceAll('_', '-');
  if (!tag || !/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/iu.test(tag)) return null;
  try {
    const [canonical = null] = Intl.getCanonicalLocales(tag);
    return canonical && !/^(und|mul|mis|zxx)\b/u.test(canonical) ? canonical : null;
  } catch {
    return null;
  }
}

/** The primary part of a language tag: `en-us` → `en`; null when it isn't one. */
export function primaryLanguage(declared: string | null | undefined): string | null {
  return languageTag(declared)?.split('-')[0] ?? null;
}

/** The language that `text` is written in, as a primary tag; null when it can't be told. Loads a large model: worker only. */
export async function detectLanguage(text: string): Promise<string | null> {
  const sample = text.slice(0, SAMPLE_LENGTH);
  if ((sample.match(/\p{L}/gu)?.length ?? 0) < MIN_LETTERS) return null;
  const { detect } = await import('tinyld');
  return detect(sample) || null;
}
