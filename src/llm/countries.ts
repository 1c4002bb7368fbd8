/** ISO 3166: those that news names, without territories. */
const REGIONS =
  'AD AE AF AL AM AO AR AT AU AZ BA BD BE BG BH BO BR BY CA CH CL CN CO CR CU CY CZ DE DK DO DZ EC EE EG ES ET FI FR GE GH GR GT HN HR HU ID IE IL IN IQ IR IS IT JM JP KE KG KH KP KR KW KZ LB LI LK LT LU LV LY MA MD ME MK MM MN MT MX MY NG NI NL NO NP NZ OM PA PE PH PK PL PT PY QA RO RS RU RW SA SD SE SG SI SK SN SO SY TH TJ TM TN TR TW TZ UA UG US UY UZ VE VN YE ZA ZW'.split(
    ' ',
  );
/** Languages whose names keep one form. */
const UNINFLECTED = new Set(['en', 'de']);
const LONGEST_ENDING = 3;
/** So many first letters find the few countries that a word may be. */
const KEY = 4;

/** Countries that `text` names, by their names in `language` in the first case, found in every case form; with how often. */
export function countries(text: string, language: string): Map<string, number> {
  const counts = new Map<string, number>();
  const names = namesIn(language);
  if (names.size === 0) return counts;
  const longest = UNINFLECTED.has(language) ? 0 : LONGEST_ENDING;
  for (const [word] of text.matchAll(/(?<![\p{L}\p{M}])\p{Lu}[\p{L}\p{M}]{3,}/gu)) {
    const found = names
      .get(word.slice(0, KEY))
      ?.find(({ name, stem }) => word === name || (word.startsWith(stem) && word.length - stem.length <= longest));
    if (found !== undefined) counts.set(found.name, (counts.get(found.name) ?? 0) + 1);
  }
  return counts;
}

const known = new Map<string, Map<string, { name: string; stem: string }[]>>();
function namesIn(language: string): Map<string, { name: string; stem: string }[]> {
  let names = known.get(language);
  if (names === undefined) {
    names = new Map();
    if (/^(?:en|lv|ru|de|lt|et)$/u.test(language)) {
      const display = new Intl.DisplayNames([language], { type: 'region' });
      for (const region of REGIONS) {
        const name = display.of(region) ?? '';
        const stem = UNINFLECTED.has(language) ? name : name.replace(/[aeiouāēīūėįųąęаяиыеь]?[sš]?$/u, '');
        // Of several words each would be inflected; a stem of three letters begins other words.
        if (!/^\p{Lu}[\p{L}\p{M}]+$/u.test(name) || stem.length < KEY) continue;
        names.set(stem.slice(0, KEY), [...(names.get(stem.slice(0, KEY)) ?? []), { name, stem }]);
      }
      known.set(language, names);
    }
  }
  return names;
}
