/** Powers of ten by the beginning of the word, whatever its case ending. `billion` is 10⁹ in English, 10¹² in German. */
const SCALE_STEMS: [string, number[]][] = [
  ['billionen', [12]],
  ['million', [6]],
  ['miljon', [6]],
  ['miljoon', [6]],
  ['milijon', [6]],
  ['миллион', [6]],
  ['milliard', [9]],
  ['miljard', [9]],
  ['milijard', [9]],
  ['миллиард', [9]],
  ['billion', [9, 12]],
  ['biljon', [12]],
  ['trillion', [12]],
  ['triljon', [12]],
  ['trilijon', [12]],
  ['триллион', [12]],
  ['thousand', [3]],
  ['tūksto', [3]],
  ['tūkstan', [3]],
  ['тысяч', [3]],
  ['tausend', [3]],
  ['tuhat', [3]],
  ['tuhan', [3]],
];
/** Short forms that mean nothing else. */
const SCALE_SHORT: Record<string, number> = {
  mln: 6,
  млн: 6,
  milj: 6,
  mio: 6,
  mn: 6,
  mrd: 9,
  mljrd: 9,
  mlrd: 9,
  млрд: 9,
  bn: 9,
  bln: 9,
  трлн: 12,
  trn: 12,
  tūkst: 3,
  тыс: 3,
  tsd: 3,
};
/** Letters that may be a power of ten or something else (metres, tonnes, 4K): both are read. */
const SCALE_LETTER: Record<string, number> = { k: 3, m: 6, b: 9, t: 12 };

/** The powers of ten that `word` (lower case) may multiply by; 0 among them where it may mean something else; null = none. */
export function scaleOf(word: string): number[] | null {
  const short = SCALE_SHORT[word];
  if (short !== undefined) return [short];
  const letter = SCALE_LETTER[word];
  if (letter !== undefined) return [0, letter];
  return SCALE_STEMS.find(([stem]) => word.startsWith(stem))?.[1] ?? null;
}

/** Whether `word` (lower case) says percent, in the six languages. */
export function isPercent(word: string): boolean {
  return /^(?:percent|procent|процент|prozent|protsent)/u.test(word);
}

/** Numbers as words by their beginnings, en, lv, ru; ordinals up to four, which posts write as "1st" or "Q1". */
const NAMED: [string, number][] = `
one=1 two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 sixteen=16
seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100 dozen=12
first=1 second=2 third=3 fourth=4
vien=1 div=2 trīs=3 trij=3 trim=3 četr=4 piec=5 seš=6 septiņ=7 astoņ=8 deviņ=9 desmit=10 vienpadsmit=11 divpadsmit=12 trīspadsmit=13
četrpadsmit=14 piecpadsmit=15 sešpadsmit=16 septiņpadsmit=17 astoņpadsmit=18 deviņpadsmit=19 divdesmit=20 trīsdesmit=30 četrdesmit=40
piecdesmit=50 sešdesmit=60 septiņdesmit=70 astoņdesmit=80 deviņdesmit=90 simt=100 pirm=1 otr=2 treš=3 ceturt=4
один=1 одн=1 два=2 две=2 двух=2 двум=2 дву=2 три=3 трёх=3 трех=3 трём=3 трем=3 четыр=4 пять=5 пяти=5 шест=6 семь=7 семи=7 восемь=8 восьм=8
девят=9 десят=10 одиннадцат=11 двенадцат=12 тринадцат=13 четырнадцат=14 пятнадцат=15 шестнадцат=16 семнадцат=17 восемнадцат=18
девятнадцат=19 двадцат=20 тридцат=30 сорок=40 пятьдесят=50 шестьдесят=60 семьдесят=70 восемьдесят=80 девяносто=90 сто=100 ста=100
перв=1 втор=2 трет=3 четверт=4`
  .split(/\s+/u)
  .filter(Boolean)
  .map((entry): [string, number] => {
    const [stem, value] = entry.split('=');
    return [stem as string, Number(value)];
  })
  .sort(([left], [right]) => right.length - left.length);
const LONGEST_ENDING = 4;
const BY_FIRST_LETTER = Map.groupBy(NAMED, ([stem]) => stem.charAt(0));

/** The number that `word` (lower case) names, or null. */
export function namedNumber(word: string): number | null {
  const fits = ([stem]: [string, number]) => word.length <= stem.length + LONGEST_ENDING && word.startsWith(stem);
  return BY_FIRST_LETTER.get(word.charAt(0))?.find(fits)?.[1] ?? null;
}
