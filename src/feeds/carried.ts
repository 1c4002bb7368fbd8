import { hash } from 'node:crypto';

/** What is remembered of a document's entries, so that the next poll looks at new and changed ones only. */
export interface CarriedEntry {
  /** Hash of the entry as it stood in the document, as a signed 64-bit number. */
  mark: string;
  /** To the minute; null = it had none. */
  publishedAt: Date | null;
}

/** Longer documents are remembered so far; the rest of them is read at each poll. */
const MOST_ENTRIES = 5_000;
const ENTRY_BYTES = 12;
const MINUTE_MS = 60_000;

/** A hash of the entry's own text, 64 bits of SHA-256: who makes two of their entries equal loses only their own. */
export function markOf(entry: string): string {
  return hash('sha256', entry, 'buffer').readBigInt64BE(0).toString();
}

/** Twelve bytes an entry: mark, and minutes since 1970 (0 = undated; instants before 1970 count as none). */
export function packCarried(entries: readonly CarriedEntry[]): Uint8Array {
  const some = entries.slice(0, MOST_ENTRIES);
  const packed = Buffer.alloc(some.length * ENTRY_BYTES);
  for (const [place, { mark, publishedAt }] of some.entries()) {
    packed.writeBigInt64BE(BigInt(mark), place * ENTRY_BYTES);
    const minutes = Math.floor((publishedAt?.getTime() ?? 0) / MINUTE_MS);
    packed.writeUInt32BE(minutes > 0 && minutes < 2 ** 32 ? minutes : 0, place * ENTRY_BYTES + 8);
  }
  return new Uint8Array(packed.buffer, packed.byteOffset, packed.byteLength);
}

/** What packCarried was given; bytes that are no such thing are read as far as they go. */
export function unpackCarried(bytes: Uint8Array): CarriedEntry[] {
  const packed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(packed.length / ENTRY_BYTES) }, (_, place) => {
    const minutes = packed.readUInt32BE(place * ENTRY_BYTES + 8);
    return {
      mark: packed.readBigInt64BE(place * ENTRY_BYTES).toString(),
      publishedAt: minutes === 0 ? null : new Date(minutes * MINUTE_MS),
    };
  });
}
