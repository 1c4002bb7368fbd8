/** Words that say nothing about what a text is about, by language; small on purpose. */
const WORDS: Record<string, string> = {
  en: `a about after all also an and any are as at be because been before being but by can could did do does for from had has have he her
    here him his how i if in into is it its just like more most new no not now of on one only or other our out over said say says she so
    some such than that the their them then there these they this those through to up us was we were what when where which while who
    will with would you your`,
  lv: `aiz ap ar arī bet bez bija bijis bijusi būs būt caur citi citu dēļ es esam esmu gan gada gadā ir ja jau jo ka kad kā kas kam kur
    kura kuras kuri kurš kuru ko lai līdz man mēs ne nav nevis no par pat pēc pie pirms pret savu savas sev starp šā šajā šī šie šis šo
    šos tā tad tai tam tas tās tā te tie tiek tika tikai to tomēr tos tur tiks un uz vai vairāk vēl vien viņa viņi viņš viņu virs visi
    visu zem`,
  ru: `а без более бы был была были было быть в вам вас весь во вот все всё всего вы где да даже для до его ее её если есть еще ещё же за
    здесь и из или им их к как ко когда которая которого которой которые который которых кто ли либо лишь между меня мне может мы на над
    надо нас не него нее нет ни них но ну о об однако он она они оно от очень по под при про с сам свою себя со так также там то того
    тоже той только том ты у уже чем что чтобы эта эти это этого этой этом этот я`,
  de: `aber alle als also am an auch auf aus bei bin bis da damit dann das dass dem den der des die dies diese dieser dieses doch dort
    du durch ein eine einem einen einer eines er es für habe haben hat hatte ich ihm ihr ihre im in ist ja kann können man mehr mit
    nach nicht noch nun nur ob oder ohne schon sehr sein seine sich sie sind so über um und uns unter vom von vor war waren was weil
    wenn wer werden wie wieder will wir wird wo wurde wurden zu zum zur`,
  lt: `ar arba apie be bei bet bus buvo būti dar dėl iki ir iš į ja jai jau jei jie jis jo jos jų juo kad kai kaip kas ką ko kuri kurie
    kuris kurių man mes mūsų ne nei nes net nors nuo o pagal pat per po prie pro prieš su savo tai taip tarp tačiau tas ten ta tie tik
    to todėl už yra`,
  et: `aga alla ega ehk ei enam ent et iga ja ja jah juba juures ka kas kes kui kuid kuidas kuna kus kõik küll läbi ma me meie midagi
    mida mis mitte mõne nad need neid nende ning nii no nüüd oleks oli olid olla oma on osa peale pole pärast saab sai se see seda selle
    sest siis siin ta tema teda te teie tuleb või välja väga üks üle`,
};

const sets = new Map<string, ReadonlySet<string>>();

/** The stop words of `language` (lower case); empty where none are known. */
export function stopWords(language: string): ReadonlySet<string> {
  let set = sets.get(language);
  if (set === undefined) {
    set = new Set((Object.hasOwn(WORDS, language) ? WORDS[language] : '')?.split(/\s+/u).filter(Boolean));
    if (Object.hasOwn(WORDS, language)) sets.set(language, set);
  }
  return set;
}

/** The languages whose stop words are known. */
export const stopWordLanguages: readonly string[] = Object.keys(WORDS);
