/** Ends of a "sentence" that are never its end: titles, "that is", street, page. Lower case, without the last dot. */
const INSIDE = new Set(
  `mr mrs ms dr prof rev hon gen col capt lt sgt gov sen rep mt ft messrs mme mlle vs e.g i.e cf p ed eds
  jan feb mar apr jun jul aug sep sept oct nov dec approx dept est
  t.i t.sk t.s piem plkst lpp resp sk šķ bij doc akad kand asoc red sast tālr ier kab nod pk bulv mag
  т.е т.н т.к т.д.п ул пр просп пл пер д корп стр кв им проф акад доц канд гг см ср напр рис табл тел руб св адм зам нач ред изд
  z.b d.h u.a z.t bzw ca mio mrd tsd evtl ggf inkl usw.a vgl dipl ing hr fr frau str sog zzgl bspw
  pvz t.y pan vad pav žr gim prof dr pr šv
  nt s.t sh lk hr pr nn jne.t snd`
    .split(/\s+/u)
    .filter(Boolean),
);

/** Abbreviations that may also close a sentence: it goes on only where the next word is small or a number. */
const MAYBE_END = new Set(
  `etc inc ltd co corp jr sr u.s u.k u.n e.u a.m p.m ph.d u.c u.tml u.t.t utt u.tt milj mljrd mlrd mln tūkst gs гг р к коп
  т.д т.п др пр млн млрд тыс usw uvm u.ä ir.kt kt ir.pan jne jm
  км м см кг ч мин сек н.э`
    .split(/\s+/u)
    .filter(Boolean),
);

/** Words of their own too, so that only a number after them says that they are abbreviations: "No. 5", "art. 12". */
const NUMBERED = new Set(['no', 'nos', 'fig', 'figs', 'vol', 'pp', 'art', 'nr', 'abs', 'est', 'sal']);

/** Behind a number a year or an hour, otherwise a place or a saint: "г. Рига", "St. Louis", „Vilniaus g. 5”. */
const PLACES = new Set(['г', 'g', 'st']);

/** Languages that write ordinals as a number and a dot: "15. Februar", "2026. gada". */
export const ORDINAL_DOT = new Set([
  'de',
  'lv',
  'lt',
  'et',
  'fi',
  'da',
  'nb',
  'no',
  'nn',
  'is',
  'cs',
  'sk',
  'sl',
  'hr',
  'sr',
  'hu',
  'pl',
]);

/** What the last word of a segment, without its dot, says about the segment's end. */
export function endOf(lastWord: string): 'inside' | 'maybe' | 'initial' | 'place' | 'numbered' | 'end' {
  if (/^\p{Lu}$/u.test(lastWord) || /^\p{Lu}\.-?\p{Lu}$/u.test(lastWord)) return 'initial';
  const word = lastWord.toLowerCase();
  if (PLACES.has(word)) return 'place';
  if (NUMBERED.has(word)) return 'numbered';
  if (MAYBE_END.has(word)) return 'maybe';
  // A lone small letter is a piece of "z. B.", "т. е."
  if (INSIDE.has(word) || /^\p{Ll}$/u.test(word)) return 'inside';
  return 'end';
}
