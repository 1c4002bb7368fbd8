/** What an alphabet has beyond the basic letters of its script (Unicode CLDR main and common auxiliary exemplars). */
// biome-ignore format: a table
const LETTERS: Record<string, string> = {
  en: '', nl: 'éëïóöüáè', af: 'éèêëîïôûáóú', de: 'äöüß', fr: 'àâæçéèêëîïôœùûüÿ', es: 'áéíñóúü', pt: 'áâãàçéêíóôõúü',
  it: 'àèéìòóùî', ca: 'àçéèíïóòúü·', ro: 'ăâîșțşţ', pl: 'ąćęłńóśźż', cs: 'áčďéěíňóřšťúůýž', sk: 'áäčďéíĺľňóôŕšťúýž',
  sl: 'čšž', hr: 'čćđšž', hu: 'áéíóöőúüű', et: 'äõöüšž', fi: 'äöåšž', lv: 'āčēģīķļņšūžō', lt: 'ąčęėįšųūž', sv: 'åäöé',
  da: 'æøåé', no: 'æøåéòóôàê', is: 'áðéíóúýþæö', tr: 'çğıöşüâî', tk: 'çäžňöşüý', tl: 'ñ', id: 'é', vi: '',
  eo: 'ĉĝĥĵŝŭ', la: '', rn: '', vo: 'äöü', ga: 'áéíóú', tlh: '', ber: '',
  ru: 'ыэёъщйьюя', uk: 'іїєґщйьюя', be: 'ыэёіўйьюя', bg: 'ъщйьюя', mk: 'ѓќѕљњџј', sr: 'ђћљњџј',
  kk: 'әғқңөұүһіыэёъщйьюя', tt: 'әөүҗңһыэёъщйьюя', mn: 'өүыэёъщйьюя',
};
const LATIN = 'abcdefghijklmnopqrstuvwxyz';
const CYRILLIC = 'абвгдежзиклмнопрстуфхцчш';
const ALPHABETS = new Map(
  Object.entries(LETTERS).map(([language, own]) => [
    language,
    new Set(/\p{Script=Cyrillic}/u.test(own) ? CYRILLIC + own : LATIN + own),
  ]),
);
/** Alphabets whose set isn't complete above, or which take in everything. */
const OPEN = new Set(['vi']);

/** Short words and endings that one language has and its neighbours haven't; a common one in each line. */
const MARKS: Record<string, RegExp> = {
  da: /(?<!\p{L})(?:og|er|ikke|til|som|med|på|for|eller|har|at|om|når|være|der|det|den|i|ret|af|sig|uden|efter|nogen|noget|mellem|hvad|også|måtte|kun|blev|bliver|deres|sit|mod|ud|op|end|bør|nu|fra|hende)(?!\p{L})|hed(?:en|er|s)?(?!\p{L})|(?:lig|skab|ede|else)(?!\p{L})|æg|øj|øg|c|[aiouyæøå][dgb]e[nrst]?(?!\p{L})|[aiouyæøå]g(?!\p{L})|ej|nds?(?!\p{L})|fund|hver(?=t)|ld/gu,
  no: /(?<!\p{L})(?:og|er|ikke|til|som|med|på|for|eller|har|å|om|når|være|det|den|i|rett|av|seg|uten|etter|noen|noe|mellom|hva|også|bare|ble|blir|deres|sitt|mot|ut|opp|enn|bør|nå|fra|henne)(?!\p{L})|het(?:en|er|s)?(?!\p{L})|(?:tt|kk|pp|skap|sjon|else)(?!\p{L})|øy|øk|sj|ei|øy|[aiouyæøå][tkp]e?[nr]?(?!\p{L})|[aiouyæøå]sjon|nn(?!\p{L})|sos|(?<!\p{L})vit|(?<!\p{L})ut/gu,
  sv: /(?<!\p{L})(?:av|och|är|inte|att|från|för|på|med|som|till|utan|efter|någon|något|eller|sig|rätt|ett|varje|har|i|om|när|vara|skall|ska|det|den)(?!\p{L})|het(?:en|er|s)?(?!\p{L})|tion/gu,
  cs: /(?<!\p{L})(?:nebo|jsou|být|jako|jen|který|která|které|při|před|jeho|svého|má|není|podle|těch|této)(?!\p{L})|(?:ou|ích|ého|ému|ní)(?!\p{L})/gu,
  sk: /(?<!\p{L})(?:alebo|sú|byť|ako|len|ktorý|ktorá|ktoré|pri|pred|nie|podľa|týchto|tejto|čo|má)(?!\p{L})|(?:iu|ia|ie|osť|cie|ej|ých|ného|nie)(?!\p{L})/gu,
  bg: /(?<!\p{L})(?:и|в|не|с|се|да|от|са|във|със|като|това|този|тази|тези|които|който|която|е|ще|бъде|той|към|му|или|при|по|на|за|си|й|чрез|има|през)(?!\p{L})|(?:ът|ят|та|то|те|ите|ата|ото|ето|ията|ието|ване|ция|ции|ство|ки)(?!\p{L})|ъ(?![еёюя\s])|^(?!.*[ыэё])(?=.*[а-я])/gu,
  ru: /(?<!\p{L})(?:и|в|не|что|для|как|его|ее|из|с|к|ко|от|или|при|по|на|за|это|этот|быть|они|так|же|чтобы|ее|их|во|бы)(?!\p{L})|(?:ого|его|ый|ий|ой|ая|ые|ых|их|ться|тся|ть|ость|ости|ам|ами|ах|ей|ом|ем|ую)(?!\p{L})/gu,
  uk: /(?<!\p{L})(?:та|що|не|є|для|як|його|її|із|з|від|або|при|це|цей|бути|вони|так|щоб|їх|у|й|до)(?!\p{L})|(?:ого|ий|ій|ії|ість|ти|ться|ння|ами|ах|их)(?!\p{L})/gu,
  pt: /(?<!\p{L})(?:e|o|os|as|um|uma|não|do|da|dos|das|em|no|na|ou|com|ao|à|pelo|pela|seu|sua|são|é|que|por)(?!\p{L})|(?:ção|ções|dade|nh|lh|ões|ãe?o)|ei|ou|[aeo]s(?!\p{L})|m(?!\p{L})|(?<!\p{L})(?:sem|perante|todo|toda|mais|como|para|lei|de|se|a)(?!\p{L})/gu,
  es: /(?<!\p{L})(?:y|el|los|las|un|una|no|del|en|o|con|al|su|sus|es|que|por|lo|se|la|de)(?!\p{L})|(?:ción|ciones|dad|ll|ñ)|ie|ue|[aeo]s(?!\p{L})|(?<!\p{L})(?:ni|ante|toda?|derecho|más|como|para)(?!\p{L})/gu,
  it: /(?<!\p{L})(?:e|il|lo|gli|un|una|non|del|della|dei|delle|in|o|con|al|alla|suo|sua|è|che|per|si|la|di|ed|od|dal|nel|nella|ogni|quell[aoe]|quest[aoie]|come|più|a|secondo)(?!\p{L})|(?:zione|zioni|ità|gli|mente)(?!\p{L})|[aeiou](?:tt|zz|cc|gg|pp|ff|nn|bb|ll)|i(?!\p{L})|cch|sci|gh/gu,
  fr: /(?<!\p{L})(?:et|le|les|un|une|ne|pas|du|des|en|ou|avec|au|aux|son|sa|ses|est|que|par|la|de|il|qui|sont|dans|pour|à|toute?|l|d)(?!\p{L})|(?:tion|ement|eur|eux|aux)(?!\p{L})|[aeé]s(?!\p{L})|ou|oi|qu|é/gu,
  ro: /(?<!\p{L})(?:și|şi|de|la|în|cu|nu|un|o|sau|din|pe|este|sunt|care|că|al|ale|lui|să|orice|prin)(?!\p{L})|(?:ul|ului|ilor|elor|ea|ție|ţie|ești)(?!\p{L})/gu,
  en: /(?<!\p{L})(?:the|of|and|to|in|is|or|for|with|his|her|their|shall|has|have|be|by|this|that|any|an|as|on|from|it)(?!\p{L})|(?:ing|tion|ment|ed|ness|ly)(?!\p{L})|th|wh|gh|ee|oo|w|y(?!\p{L})|sh/gu,
  nl: /(?<!\p{L})(?:de|het|een|en|van|in|op|is|of|voor|met|zijn|haar|niet|dat|die|te|door|aan|heeft|zal|tot|bij|om|ook)(?!\p{L})|(?:heid|ing|lijk|ij)/gu,
  de: /(?<!\p{L})(?:der|die|das|und|ist|oder|von|mit|zu|den|dem|des|ein|eine|einer|auf|für|nicht|sich|im|hat|haben|sein|durch|werden)(?!\p{L})|(?:ung|heit|keit|lich|isch|sch)/gu,
  et: /(?<!\p{L})(?:ja|on|ei|või|tema|mis|et|ning|kui|oma|igal|ühel|selle)(?!\p{L})|(?:aa|uu|ii|õ|öö|üü)|(?:mise|mine|use|ust|tele|ses|sele|dus|vad|tud|nud|ma|da|le|te)(?!\p{L})/gu,
  fi: /(?<!\p{L})(?:ja|on|ei|tai|sekä|joka|hänen|että|kuin|ovat|olla|myös)(?!\p{L})|(?:aa|ää|uu|yy|ii|öö)|(?:ssa|ssä|lla|llä|sta|stä|ksi|den|nen|sen|isuu)/gu,
  hu: /(?<!\p{L})(?:a|az|és|hogy|nem|vagy|is|egy|minden|meg)(?!\p{L})|(?:sz|gy|cs|ny|ly|zs)|(?:nak|nek|ban|ben|ság|ség|hoz|ra|re)(?!\p{L})/gu,
  pl: /(?<!\p{L})(?:i|w|z|na|do|nie|się|jest|lub|oraz|że|przez|ma|od|jego)(?!\p{L})|(?:sz|cz|rz|dz|ść|ie)|(?:ego|ych|ów|ości|nia)(?!\p{L})/gu,
  lt: /(?<!\p{L})(?:ir|yra|ar|su|į|iš|kad|jo|jos|ne|turi|arba|bei|prie|kaip|tai|už|per)(?!\p{L})|(?:as|is|us|ių|ąją|imas|umas|tis)(?!\p{L})/gu,
  lv: /(?<!\p{L})(?:un|ir|vai|ar|no|uz|ka|viņa|ne|par|kā|šo|pie|tas|kas|pēc|lai|savu)(?!\p{L})|(?:ība|ības|ību|šana|šanas|iem|ām|ajā|as)(?!\p{L})/gu,
};

/** Languages that hardly any news is written in; short cuts of others look like them. */
const RARE = new Set(['rn', 'tk', 'la', 'eo', 'vo', 'tlh', 'ber', 'af', 'tl', 'ga', 'is', 'mk', 'be', 'tt']);

/** A text with this share of letters from elsewhere isn't in the language; names and quotes have fewer. */
const FOREIGN_SHARE = 0.07;

/** How far a text's letters, short words and endings speak for a language; about -0.5 to 1, below 0 = against it. */
export function hintsFor(language: string, text: string): number {
  const lower = text.normalize('NFC').toLowerCase();
  const letters = lower.match(/\p{L}/gu) ?? [];
  const alphabet = OPEN.has(language) ? undefined : ALPHABETS.get(language);
  const foreign = alphabet ? letters.filter((letter) => !alphabet.has(letter)).length : 0;
  const own = [...new Set(letters)].filter((letter) => LETTERS[language]?.includes(letter)).length;
  const marks = MARKS[language] ? [...lower.matchAll(MARKS[language])].length : 0;
  const scale = 30 / Math.max(30, lower.length);
  return (
    0.08 * marks * scale +
    0.04 * own * scale -
    0.5 * Math.min(1, foreign / Math.max(2, letters.length * FOREIGN_SHARE)) -
    (RARE.has(language) ? 0.15 : 0)
  );
}

/** The languages that such hints exist for, as more candidates than a detector names. */
export const hinted: readonly string[] = Object.keys(MARKS);
