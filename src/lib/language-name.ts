/** `lv` → `Latvian`. */
export function languageName(tag: string): string {
  if (tag === 'und') return 'unknown language';
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
