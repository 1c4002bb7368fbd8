const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Zones that feeds name, in minutes east of UTC. */
// biome-ignore format: a table
const ZONES: Record<string, number> = {
  z: 0, ut: 0, utc: 0, gmt: 0, wet: 0, west: 60, bst: 60, cet: 60, met: 60, cest: 120, mest: 120, eet: 120, eest: 180,
  msk: 180, msd: 240, ist: 330, sgt: 480, hkt: 480, jst: 540, kst: 540, aest: 600, aedt: 660, nzst: 720, nzdt: 780,
  at: -240, ast: -240, adt: -180, et: -300, est: -300, edt: -240, ct: -360, cst: -360, cdt: -300, mt: -420, mst: -420,
  mdt: -360, pt: -480, pst: -480, pdt: -420, akst: -540, akdt: -480, hst: -600,
};

const TIME = String.raw`(\d{1,2})[:.](\d{2})(?:[:.](\d{2}(?:[.,]\d+)?))?`;
const ZONE = String.raw`\s*((?:etc\/)?[a-z]{1,5})?\s*([+-]\d{1,2}:?\d{2}|[+-]\d{1,2})?`;
/** W3CDTF and its relatives: 2003-12-31T10:14:55-08:00, 2006/09/15 08:19:53 EDT, 2003-12, 2003. */
const ISO = new RegExp(String.raw`^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:(?:t|\s+)${TIME}${ZONE})?)?)?$`, 'iu');
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2})(\d{2})?(z|[+-]\d{2}:?\d{2})?)?$/iu;
/** RFC 822: 5 Apr 2012 10:00:00 GMT. */
const DAY_FIRST = new RegExp(
  String.raw`^(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2}),?(?:\s+${TIME}${ZONE})?$`,
  'iu',
);
/** August 30, 2012 17:26 +0200. */
const MONTH_FIRST = new RegExp(String.raw`^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4}),?(?:\s+${TIME}${ZONE})?$`, 'iu');
/** asctime: Jan  4 16:29:06 2004, with a zone before the year at times. */
const YEAR_LAST = new RegExp(String.raw`^([a-z]{3})[a-z]*\s+(\d{1,2})\s+${TIME}${ZONE}\s+(\d{4})$`, 'iu');

/** A date as feeds and pages write it; UTC where it names no zone; null when it isn't one. */
export function parseDate(value: string): Date | null {
  const text = value
    .trim()
    .replace(/^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]*\s*/iu, '')
    .replace(/\s+\([^)]*\)$/u, '');
  if (text.length > 60) return null;
  const iso = ISO.exec(text);
  if (iso) return instant(iso[1], iso[2] ?? '1', iso[3] ?? '1', iso.slice(4, 7), iso[7], iso[8]);
  const compact = COMPACT.exec(text);
  if (compact) {
    const [, year, month, day, hour, minute, second, zone] = compact;
    const named = zone && /z/iu.test(zone);
    return instant(year, month, day, [hour, minute, second], named ? zone : undefined, named ? undefined : zone);
  }
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst)
    return instant(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1], dayFirst.slice(4, 7), dayFirst[7], dayFirst[8]);
  const first = MONTH_FIRST.exec(text);
  if (first) return instant(first[3], monthOf(first[1]), first[2], first.slice(4, 7), first[7], first[8]);
  const last = YEAR_LAST.exec(text);
  if (last) return instant(last[8], monthOf(last[1]), last[2], last.slice(3, 6), last[6], last[7]);
  return null;
}

function monthOf(name: string | undefined): string {
  return String(MONTHS.indexOf((name ?? '').toLowerCase()) + 1);
}

type Part = string | undefined;

function instant(year: Part, month: Part, day: Part, time: readonly Part[], zone: Part, offset: Part): Date | null {
  const minutesEast = zoneOf(zone, offset);
  const [hour, minute, second] = [time[0] ?? '0', time[1] ?? '0', time[2]?.replace(',', '.') ?? '0'].map(Number) as [
    number,
    number,
    number,
  ];
  const fullYear = Number(year) + (year?.length === 2 ? (Number(year) < 70 ? 2000 : 1900) : 0);
  // 24:00 is written for the end of a day; a leap second counts as the one before.
  if (minutesEast === null || hour > 24 || minute > 59 || second >= 61 || fullYear < 1900) return null;
  const date = new Date(
    Date.UTC(fullYear, Number(month) - 1, Number(day), hour, minute, 0, Math.floor(Math.min(second, 59.999) * 1000)),
  );
  const midnight = new Date(Date.UTC(fullYear, Number(month) - 1, Number(day)));
  if (midnight.getUTCMonth() !== Number(month) - 1 || midnight.getUTCDate() !== Number(day)) return null;
  return new Date(date.getTime() - minutesEast * 60_000);
}

function zoneOf(zone: Part, offset: Part): number | null {
  const named = zone ? ZONES[zone.toLowerCase().replace('etc/', '')] : 0;
  // A name nobody knows says nothing about the hour, but the day is still worth having.
  if (!offset) return named ?? 0;
  const digits = offset.slice(1).replace(':', '').padStart(2, '0');
  const hours = Number(digits.length > 2 ? digits.slice(0, -2) : digits);
  const minutes = Number(digits.length > 2 ? digits.slice(-2) : 0);
  if (hours > 15 || minutes > 59) return null;
  return (offset.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
