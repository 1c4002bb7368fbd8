/** How a sentence begins that asks its reader to do something, lower case, in the six languages. */
const ASKS =
  /^(?:please|book|call|subscribe|sign|order|visit|join|get|try|register|apply|download|contact|write|follow|read|see|discover|start|shop|ask|learn|need|want|piesak|zvan|rakst|paraks|nāc|apmekl|pasūt|lejup|seko|uzzin|izlas|las[ai]|pievieno|vajag|vēl(?:ies|aties)|запи[шс]|позвон|звон|напи|пиши|закаж|приход|подпи|узна|читай|прочит|регистр|зарегистр|скача|присоед|нуж[ен]|хот(?:ите|ишь)|vereinbar|ruf|schreib|bestell|besuch|meld|jetzt|erfahr|lies|lesen|brauch|registr|skambin|rašyk|parašyk|užsak|aplank|sužinok|skaityk|prisijunk|reik|norit|helista|kirjuta|telli|külasta|loe|liitu|vaja[dt]|soovi)\p{L}*/u;
const SENTENCE_EDGE = /[.!?…\n]/u;
const LONGEST_SENTENCE = 160;

/** Whether the sentence of `text` around `index` invites its reader, so that its "today" is said by the post itself. */
export function isInvitation(text: string, index: number): boolean {
  let start = index;
  while (start > 0 && index - start < LONGEST_SENTENCE && !SENTENCE_EDGE.test(text.charAt(start - 1))) start -= 1;
  return ASKS.test(
    text
      .slice(start, index + 1)
      .replace(/^[^\p{L}]+/u, '')
      .toLowerCase(),
  );
}
