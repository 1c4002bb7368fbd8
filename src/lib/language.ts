const LANGUAGE_NAMES = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The primary tag of a BCP 47 language tag that stands for a known language, else null. */
export function primaryLanguage(input: string): string | null {
  try {
    const { language } = new Intl.Locale(input.trim());
    return language !== 'und' && LANGUAGE_NAMES.of(language) !== undefined ? language : null;
  } catch {
    return null;
  }
}
