/** Agency marks and places before the first sentence: "RIGA, Latvia (AP) —", "LONDON –", "РИГА, 3 фев — РИА Новости." */
const DATELINE =
  /^(?:\p{Lu}[\p{Lu}.'’-]+(?:[ ,/]+(?:\p{Lu}[\p{L}.]*|\d{1,2}\.?|\([^)\n]{1,40}\))){0,8}|\p{Lu}[\p{L}.'’-]+(?:, ?\p{Lu}[\p{L}.]+){0,2}\s*(?:\([^)\n]{1,40}\)|, (?:\p{Lu}?\p{L}{2,9}\.? \d{1,2}|\d{1,2}\.? \p{L}{3,10})\.?))\s*(?:\([^)\n]{1,40}\)\s*)?(?:[—–:]|--?|\/\/)\s+(?=["„“«]?\p{Lu})/u;

/** "Dekalb, Ill. —", "Washington, DC, United States:": a place with its state. */
const PLACE =
  /^\p{Lu}[\p{L}'’.-]+(?: \p{Lu}[\p{L}'’.-]+)?(?:, \p{Lu}[\p{L}.]+(?: \p{Lu}[\p{L}.]+)?){1,2}\s*(?:[—–]|:|--)\s+(?=["„“«]?\p{Lu})/u;
/** "Hong Kong (CNN Business)A muddled view": the dash got lost. */
const AGENCY = /^\p{Lu}[\p{L}.'’ ,-]{2,40}\((?:\p{Lu}{2,}|Reuters)(?: \p{L}+)?\)\s*(?=["„“«]?\p{Lu})/u;

/** Where the sentence begins after a news agency's dateline; 0 when it has none. */
export function afterDateline(sentence: string): number {
  const beginning = sentence.slice(0, 120);
  return (DATELINE.exec(beginning) ?? PLACE.exec(beginning) ?? AGENCY.exec(beginning))?.[0].length ?? 0;
}
