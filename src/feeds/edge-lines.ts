import { parseDate } from './dates.ts';

/** A longer paragraph is the author's. */
const HEAD_LENGTH = 120;
const TAIL_LENGTH = 320;
/** How far from either end such lines stand. */
const REACH = 5;

/** "Updated Nov 19, 6:55 AM", in the languages that are most met. */
const STAMP =
  /^\W*(?:(?:first |last )?(?:published|updated|posted|modified)|publicēts|atjaunots|опубликовано|обновлено|veröffentlicht|aktualisiert|stand|publié|mis à jour|publicado|atualizado|actualizado|pubblicato|aggiornato|paskelbta|avaldatud)(?!\p{L})[^.!?]*\d/iu;
/** What asks the reader for something else, at the end. */
const APPEAL =
  /^\W*(?:follow|like|find) (?:us|me|him|her|them|@?\w+ on (?:twitter|facebook|instagram|x))\b|\b(?:subscribe|sign up) (?:to|for|now|here)\b|\ball rights reserved\b|^\W*©|^(?:have a (?:news )?tip|got a tip|do you have a story)\b|^(?:read (?:more|next|also)|don['’]t miss|see also|more from|related|you (?:may|might) also|recommended for|most (?:read|popular))\b.{0,80}$|^(?:lasi arī|читайте также|подписывайтесь|lesen sie auch|lire aussi|lee también|leia (?:mais|também)|leggi anche)\b/iu;

/** The text without the dates, bylines and repeated title above it and the appeals below it. */
export function withoutEdgeLines(text: string, known: readonly (string | null)[]): string {
  const paragraphs = text.split('\n\n');
  const repeated = new Set(known.filter((line) => line !== null).map(fold));
  const isHead = (line: string) =>
    line.length <= HEAD_LENGTH && (STAMP.test(line) || parseDate(line) !== null || repeated.has(fold(line)));
  const isTail = (line: string) =>
    line.length <= TAIL_LENGTH &&
    (APPEAL.test(line) || (STAMP.test(line.slice(0, HEAD_LENGTH)) && line.length <= HEAD_LENGTH));
  const last = paragraphs.length - 1;
  const kept = paragraphs.filter(
    (line, index) => !(index < REACH && isHead(line)) && !(last - index < REACH && index > 0 && isTail(line)),
  );
  // A text that is nothing else is kept as it is.
  return kept.length > 0 ? kept.join('\n\n') : text;
}

/** Letters and digits only, without a leading "By". */
function fold(line: string): string {
  return line
    .toLowerCase()
    .replace(/^by\s+/u, '')
    .replace(/[^\p{L}\p{N}]+/gu, '');
}
