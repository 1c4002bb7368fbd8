import { createHash } from 'node:crypto';
import { truncate } from '../lib/text.ts';

/** What one part of a foreign document may take; whatever is longer was made to harm, or by mistake. */
const LINE_LENGTH = 1_000;
const GUID_LENGTH = 2_000;

/** A title or a name, cut where it is longer than any. */
export function boundedLine(line: string): string {
  return line.length <= LINE_LENGTH ? line : truncate(line.slice(0, LINE_LENGTH * 2), LINE_LENGTH);
}

/** A guid, or what stands for one that is longer than any: two different ones stay different. */
export function boundedGuid(guid: string | null): string | null {
  if (guid === null || guid.length <= GUID_LENGTH) return guid;
  return `sha256:${createHash('sha256').update(guid).digest('hex')}`;
}
