/**
 * The value with every string in it made fit for PostgreSQL: no NUL, no half of a surrogate pair. Plain objects and
 * arrays are walked, everything else (dates, bytes) stays as it is. For whatever came from outside.
 */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').toWellFormed() as T;
  if (Array.isArray(value)) return value.map(storable) as T;
  if (value !== null && typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, storable(one)])) as T;
  return value;
}
