import { endOf, ORDINAL_DOT } from './abbreviations.ts';
import { afterDateline } from './dateline.ts';
import { unpaired } from './quotation-marks.ts';
import { stopWords } from './stop-words.ts';

/** A sentence and where it stands: `text.slice(start, end)` of the text it came from. */
export interface Sentence {
  text: string;
  start: number;
  end: number;
  paragraph: number;
  /** Whether it ends as a sentence does, with nothing quoted or bracketed left open: not a heading, caption or piece. */
  complete: boolean;
}

const CLOSERS = '["\'”“’»›)\\]}」』）]*';
const TERMINAL = new RegExp(`[.!?…。！？｡؟۔।॥።։]${CLOSERS}$`, 'u');
const MARKS = /["„“”«»「」『』()[\]]/u;
const ONLY_CLOSERS = new RegExp(`^${CLOSERS}[.,;:!?]*$`, 'u');
/** Between a word's full stop and the next word's capital; not in `Booking.Com`. */
const LOST_SPACE = /(?<=\p{Ll}{2}[.!?])(?=\p{Lu}\p{Ll}{2})(?!Com|Net|Org)/gu;
/** A quotation that never closes must not swallow the rest of its paragraph. */
const LONGEST_MERGE = 700;

/** The sentences of `text` in order. Empty lines part paragraphs; a line that goes on in small letters is joined. */
export function sentences(text: string, language: string): Sentence[] {
  const known = /^[a-z]{2,3}$/u.test(language) ? language : 'und';
  const segmenter = new Intl.Segmenter(known, { granularity: 'sentence' });
  const found: Sentence[] = [];
  paragraphs(text).forEach(({ start, end }, paragraph) => {
    // Line ends inside a paragraph would each end a sentence for the segmenter.
    const flat = text.slice(start, end).replace(/\s/gu, ' ');
    for (const piece of merged(flat, segmenter, known)) {
      const spoken = flat.slice(piece.start, piece.end).trim();
      if (spoken === '') continue;
      const trimmed = spoken.slice(paragraph === 0 || piece.start === 0 ? afterDateline(spoken) : 0);
      const from = start + flat.indexOf(trimmed, piece.start);
      const folded = trimmed.replace(/ {2,}/gu, ' ');
      const marks = unpaired(folded);
      found.push({
        text: folded,
        start: from,
        end: from + trimmed.length,
        paragraph,
        complete: TERMINAL.test(folded) && !marks.open && !marks.stray,
      });
    }
  });
  return found;
}

function paragraphs(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  let last: { start: number; end: number } | undefined;
  for (const match of text.matchAll(/[^\n\r\u2028\u2029]+/gu)) {
    const line = match[0];
    if (line.trim() === '') continue;
    const end = match.index + line.length;
    const wrapped =
      last !== undefined &&
      match.index - last.end <= 2 &&
      /^\s*\p{Ll}/u.test(line) &&
      !TERMINAL.test(text.slice(Math.max(last.start, last.end - 8), last.end).trimEnd());
    if (wrapped && last !== undefined) last.end = end;
    else {
      last = { start: match.index, end };
      found.push(last);
    }
  }
  return found;
}

/** The segmenter's pieces, with those joined that it should not have parted. */
function merged(flat: string, segmenter: Intl.Segmenter, language: string): { start: number; end: number }[] {
  const pieces: { start: number; end: number; open: boolean }[] = [];
  for (const { index, segment } of segments(flat, segmenter)) {
    const last = pieces.at(-1);
    const end = index + segment.length;
    const joins =
      last !== undefined &&
      end - last.start <= LONGEST_MERGE &&
      (last.open || goesOn(flat.slice(Math.max(last.start, index - 60), index).trimEnd(), segment, language));
    if (joins && last !== undefined) {
      last.end = end;
      if (MARKS.test(segment)) last.open = unpaired(flat.slice(last.start, end)).open;
    } else pieces.push({ start: index, end, open: unpaired(segment).open });
  }
  return pieces;
}

/** The segmenter's pieces, also parted where a page lost the space: "on Wednesday.The stabbing". */
function* segments(flat: string, segmenter: Intl.Segmenter): Generator<{ index: number; segment: string }> {
  for (const { index, segment } of segmenter.segment(flat)) {
    let start = 0;
    for (const match of segment.matchAll(LOST_SPACE)) {
      yield { index: index + start, segment: segment.slice(start, match.index) };
      start = match.index;
    }
    yield { index: index + start, segment: segment.slice(start) };
  }
}

/** Whether `next` belongs to the sentence that `head` seemed to end. */
function goesOn(head: string, next: string, language: string): boolean {
  const start = next.trimStart();
  if (ONLY_CLOSERS.test(start.trimEnd())) return true;
  if (/^["'”»)\]]*\s*[\p{Ll}]/u.test(start) || /^[,;]/u.test(start)) return true;
  if (!head.endsWith('.')) return false;
  const lastWord = /([^\s"'“„«(]{1,20})\.$/u.exec(head)?.[1] ?? '';
  const firstWord = /^\p{L}+/u.exec(start)?.[0] ?? '';
  // "A. S. Pushkin", "15. Februar", but "… at number 5. The mill": a small word with a capital begins a sentence.
  const named =
    /^\p{Lu}\./u.test(start) || (/^\p{Lu}/u.test(firstWord) && !stopWords(language).has(firstWord.toLowerCase()));
  if (/^\d{1,4}$/u.test(lastWord)) return ORDINAL_DOT.has(language) && (named || !/^\p{Lu}/u.test(firstWord));
  switch (endOf(lastWord)) {
    case 'inside':
      return true;
    case 'initial':
      return named;
    case 'numbered':
      return /^\p{N}/u.test(start);
    case 'place':
      // "г. Рига", "St. Louis", but "2026 г.", "Main St. The".
      return named && !/\d\p{Zs}?\p{L}+\.$/u.test(head);
    case 'maybe': {
      // "from 10.30 p.m. Aug. 9": no sentence begins with such an abbreviation.
      const abbreviation = /^(\p{L}{2,6})\./u.exec(start)?.[1] ?? '';
      return (
        /^\d{1,3}(?!\d)/u.test(start) ||
        (abbreviation !== '' && endOf(abbreviation) === 'inside' && !/^(?:mr|mrs|ms|dr|prof)$/iu.test(abbreviation))
      );
    }
    case 'end':
      return false;
  }
}
