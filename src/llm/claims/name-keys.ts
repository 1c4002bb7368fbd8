/** Case endings by language, folded; longest are tried as well as the shortest. */
const ENDINGS: Record<string, readonly string[]> = {
  lv: `s a u e i o as am ai es em ei is im us um os iem ja ju jam jiem jus ji jos ijas ijai iju ies ieti iesu`.split(
    ' ',
  ),
  ru: `а у ом е ы и о я ю ем ой ою ей ею ь ью ов ев ам ами ах ям ями ях ий ый ого его ому ему им ым ую юю ая яя ое ее ые ие ых их ыми ими й м ю
    ск ский ского ском скому ским ская скую ской ские ских скими ец цы цев`.split(/\s+/u),
  lt: `as a o ui u e ai ams us ais is io iui iu yje ys y es ei oje eje os uose iai iams iais ius iuose ia ios s`.split(
    ' ',
  ),
  et: `i a e u l lt le s st sse ks t d de ni na ta ga il ilt ile is ist isse iks it ide id al alt ale as ast asse aks at ade ad el elt ele es
    est esse eks et ede ed iga aga ega`.split(/\s+/u),
  de: `s es n en e er ern isch ische ischen ischer`.split(' '),
  en: `s es n an ian ans ians er ers ese ish`.split(' '),
};
const SHORTEST_STEM = 3;
const MOST_VARIANTS = 12;

/** In small letters without diacritics; ё as е. */
export function folded(word: string): string {
  if (/^[a-z]+$/u.test(word)) return word;
  return word
    .toLowerCase()
    .replace(/й/gu, '\ue000')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\ue000/gu, 'й')
    .replace(/ß/gu, 'ss')
    .replace(/ø/gu, 'o')
    .replace(/ł/gu, 'l')
    .replace(/ı/gu, 'i');
}

/** What a folded word may be without its ending, itself first. A Cyrillic word has Russian endings in every language. */
export function stems(word: string, language: string): string[] {
  const cyrillic = /^[а-яґєії]/u.test(word);
  const endings = ENDINGS[cyrillic ? 'ru' : language === 'ru' ? 'en' : language] ?? ENDINGS.en ?? [];
  const found = [word];
  for (const ending of endings) {
    if (word.length - ending.length >= SHORTEST_STEM && word.endsWith(ending))
      found.push(word.slice(0, -ending.length));
  }
  return found;
}

const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ж: 'ž',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'h',
  ц: 'ts',
  ч: 'č',
  ш: 'š',
  щ: 'š',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
  і: 'i',
  ї: 'i',
  є: 'e',
  ґ: 'g',
};

function transliterated(word: string): string {
  const letters = folded(word).replace(/[а-яґєії]/gu, (letter) => CYRILLIC[letter] ?? '');
  return folded(letters.replace(/dž|dzh/gu, 'j'));
}

/** A word of any script in plain Latin letters, roughly as it sounds. */
export function latin(word: string): string {
  return transliterated(word)
    .replace(/c(?![eiyh])|ck|q(?=u)/gu, 'k')
    .replace(/ph/gu, 'f')
    .replace(/w/gu, 'v')
    .replace(/oo|ou/gu, 'u')
    .replace(/ee|ea/gu, 'i');
}

/** The consonants that a word's sound is known by across alphabets and spellings: Trump, Tramps, Трамп. */
export function skeletons(word: string): string[] {
  const letters = transliterated(word);
  let variants = [''];
  for (let index = 0; index < letters.length; ) {
    const [length, classes] = soundAt(letters, index);
    index += length;
    const next = new Set<string>();
    for (const variant of variants) {
      for (const sound of classes) next.add(sound === '' || variant.endsWith(sound) ? variant : variant + sound);
    }
    variants = [...next].slice(0, MOST_VARIANTS);
  }
  return variants.filter(Boolean);
}

const SOUNDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(?:tsch|tch|sch|tsh)/y, ['S']],
  [/ch/y, ['S', 'K', '']],
  [/(?:sh|zh|ts|tz|dz|cz|sz)/y, ['S']],
  [/(?:kh|ck|cq|qu|gh)/y, ['K', '']],
  [/ph/y, ['F']],
  [/th/y, ['T', 'F']],
  [/x/y, ['KS']],
  [/[sz]/y, ['S']],
  [/c/y, ['K', 'S']],
  [/[kq]/y, ['K']],
  [/g(?=[eiy])/y, ['K', 'S']],
  [/g/y, ['K']],
  [/h/y, ['', 'K']],
  [/j/y, ['', 'S']],
  [/w/y, ['F', '']],
  [/[vf]/y, ['F']],
  [/[dt]/y, ['T']],
  [/b/y, ['B']],
  [/p/y, ['P']],
  [/l/y, ['L']],
  [/r/y, ['R']],
  [/m/y, ['M']],
  [/n/y, ['N']],
];

function soundAt(letters: string, index: number): readonly [number, readonly string[]] {
  for (const [pattern, classes] of SOUNDS) {
    pattern.lastIndex = index;
    const match = pattern.exec(letters);
    if (match !== null) return [match[0].length, classes];
  }
  return [1, ['']];
}

/** How far two short words are apart, 0 (the same) to 1, by letters to change. */
export function distance(left: string, right: string): number {
  const [one, other] = [left.slice(0, 24), right.slice(0, 24)];
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 1; index <= one.length; index += 1) {
    const next = [index];
    for (let column = 1; column <= other.length; column += 1) {
      const change = one[index - 1] === other[column - 1] ? 0 : 1;
      next.push(Math.min((row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (row[column - 1] ?? 0) + change));
    }
    row = next;
  }
  return (row[other.length] ?? 0) / Math.max(one.length, other.length, 1);
}
