/** `2026-11-23 21:05` on the brand's clock; a dash for none. */
export function localTime(instant: Date | null, timeZone: string): string {
  if (instant === null) return '-';
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(instant);
}
