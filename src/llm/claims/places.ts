import { folded, stems } from './name-keys.ts';

const LANGUAGES = ['en', 'lv', 'ru', 'de', 'lt', 'et'] as const;
/** The language that a country's adjective is known by: German, vācu, немецкий. */
const SPOKEN_IN: Readonly<Record<string, string>> = {
  en: 'GB',
  lv: 'LV',
  ru: 'RU',
  de: 'DE',
  lt: 'LT',
  et: 'EE',
  fr: 'FR',
  es: 'ES',
  it: 'IT',
  pl: 'PL',
  sv: 'SE',
  fi: 'FI',
  da: 'DK',
  nb: 'NO',
  no: 'NO',
  nl: 'NL',
  uk: 'UA',
  be: 'BY',
  cs: 'CZ',
  sk: 'SK',
  hu: 'HU',
  ro: 'RO',
  bg: 'BG',
  el: 'GR',
  tr: 'TR',
  zh: 'CN',
  ja: 'JP',
  ko: 'KR',
  pt: 'PT',
  he: 'IL',
  ka: 'GE',
  hy: 'AM',
  is: 'IS',
  ga: 'IE',
  sr: 'RS',
  hr: 'HR',
  sl: 'SI',
  sq: 'AL',
};
/** Names of one thing that neither sound nor look alike, a group a line; by stem, folded when read. */
const SAME = `
US=usa us ASV США АСШ JAV USA Ameerik Amerik Америк American US-
GB=UK Britain British Brit Lielbritānij Великобритан Британ Großbritannien Britannien Jungtin Suurbritan Apvienot Vereinigt
DE=Germany German Vācij Vācieš Германи Немец Немц Deutschland Vokietij Saksamaa
FR=France French Francij Франци Frankreich Prancūzij Prantsusmaa Француз
ES=Spain Spanish Spānij Испан Spanien Ispanij Hispaania
HU=Hungary Hungarian Ungārij Венгр Ungarn Vengrij Ungari
GR=Greece Greek Grieķij Греци Griechenland Graikij Kreeka
CN=China Chinese Ķīn Кита China Kinij Hiina
CH=Switzerland Swiss Šveic Швейцар Schweiz Šveicarij Šveits
AT=Austria Austrian Austrij Австри Österreich Austrij
NL=Netherlands Dutch Nīderland Нидерланд Голланд Niederlande Nyderland Olandij Holland Madalmaad
EE=Estonia Estonian Igaunij Igaun Эстон Estland Estij Eesti
FI=Finland Finnish Somij Финлянд Финск Finnland Suomij Soome
SE=Sweden Swedish Zviedrij Швеци Schweden Švedij Rootsi
BY=Belarus Baltkrievij Белорус Беларус Baltarusij Valgevene
RU=Russia Russian Krievij Росси Russland Rusij Venemaa
LV=Latvia Latvian Latvij Латви Lettland Läti Läti Läte
LT=Lithuania Lithuanian Lietuv Литв Litauen Leedu
PL=Poland Polish Polij Польш Polen Lenkij Poola
UA=Ukraine Ukrainian Ukrain Украин Ukrain
EG=Egypt Egyptian Ēģipt Египет Египт Ägypten Egipt Egiptus
GE=Georgia Gruzij Грузи Georgien Gruzij Gruusia
HR=Croatia Horvātij Хорват Kroatien Kroatij Horvaatia
BE=Belgium Belgian Beļģij Бельги Belgien Belgij Belgia
IN=India Indian Indij Инди Indien India
AM=Armenia Armēnij Армени Armenien Armėnij Armeenia
eu=EU ES ЕС Eiropas-Savienīb Евросоюз Europos-Sąjung Euroopa-Liit EL
europe=Europe European Eirop Европ Европей Europa Europ Europos Euroopa Europäisch
nato=NATO НАТО
un=UN ANO ООН UNO JT ÜRO
who=WHO PVO ВОЗ PSO
imf=IMF SVF МВФ IWF TVF
ecb=ECB ЕЦБ EZB EKP
ec=EC EK ЕК
gdp=GDP IKP ВВП BIP BVP SKP
vat=VAT PVN НДС PVM MwSt
ai=AI MI ИИ KI DI TI
covid=COVID Covid КОВИД
ceo=CEO
it=IT ИТ
parliament=Parliament Saeim Сейм Seim Riigikogu Bundestag
baltics=Baltic Baltij Балти Baltikum Baltijos
warsaw=Warsaw Varšav Варшав Warschau Varšuv
vienna=Vienna Vīn Вен Wien Vien Viin
copenhagen=Copenhagen Kopenhāgen Копенгаген Kopenhagen Kopenhag Kopenhaagen
brussels=Brussels Brisel Брюссел Brüssel Briusel
athens=Athens Atēn Афин Athen Atėn Ateen
munich=Munich Minhen Мюнхен München Miunchen
cologne=Cologne Ķeln Кёльн Köln Keln
beijing=Beijing Pekin Пекин Peking
geneva=Geneva Ženēv Женев Genf Ženev Genf
kyiv=Kyiv Kiev Kijiv Kijev Киев Kiew Kyjiv Kiiev
moscow=Moscow Maskav Москв Moskau Maskv Moskva
newyork=New-York Ņujork Нью-Йорк Niujork
hague=Hague Hāg Гааг Haag
prague=Prague Prāg Праг Prag Praha
rome=Rome Rom Рим Roma Rooma
lisbon=Lisbon Lisabon Лиссабон Lissabon
milan=Milan Milān Милан Mailand
venice=Venice Venēcij Венеци Venedig
hamburg=Hamburg Hamburg Гамбург
helsinki=Helsinki Helsink Хельсинк
tartu=Tartu Tērbat Тарту
daugavpils=Daugavpil Даугавпилс Dünaburg
liepaja=Liepāj Лиепа Libau
lisbon=Lisbon Lisabon Лиссабон
paris=Paris Parīz Париж Paryži Pariis
riga=Riga Rīg Риг Ryg Riia Riias
vilnius=Vilni Viļņ Вильнюс Vilnius
hiiumaa=Hiiumaa Hījum Хийума Hijum Dagö
saaremaa=Saaremaa Sārem Сааремаа Saremos Ösel
ventspils=Ventspil Вентспилс Windau
jelgava=Jelgav Елгав Mitau
rezekne=Rēzekn Резекн Rositten
jurmala=Jūrmal Юрмал
valmiera=Valmier Валмиер Wolmar
kuldiga=Kuldīg Кулдиг Goldingen
parnu=Pärnu Pērnav Пярну Pernau
narva=Narva Narv Нарв
klaipeda=Klaipėd Klaipēd Клайпед Memel
kaunas=Kaun Kauņ Каунас
siauliai=Šiauli Šauļ Шяуля
krakow=Krakow Kraków Krakov Краков Krakau
gdansk=Gdansk Гданьск Danzig
minsk=Minsk Минск
berlin=Berlin Berlīn Берлин Berlyn Berliin
washington=Washington Vašington Вашингтон
ebrd=EBRD ERAB ЕБРР ERPB
eib=EIB EIB ЕИБ
oecd=OECD ОЭСР ESAO EBPO
nasa=NASA НАСА
osce=OSCE EDSO ОБСЕ OSZE ESBO
tallinn=Tallin Таллин Talin
bigben=London Londo Лондон
`;

interface Place {
  id: string;
  /** Stems that the words must begin with, one for each word of the name. */
  words: string[];
  /** An acronym, which is that word and no longer one. */
  whole: boolean;
}

/** What may follow the stem of a country's or town's name, folded: case endings and adjectives. */
const ENDING =
  /^(?:[aeiouy]{1,2}s?|[aeiou]?[smt]|am|em|iem|ij(?:a|as|ai|u|os|oje)|i?ans?|ish|ese|ers?|ie(?:tis|ti|su|si|te|tes)|in|ga|is(?:ch|che|chen|cher)|[аеиоуыюяйь]{1,2}|ом|ем|ой|ей|ий|ии|ию|ью|(?:ий|ь)?ск\p{L}{1,3}|(?:ий)?[ец]{1,2}\p{L}{0,2})$/u;
const SHORT_ENDING = /^(?:[aeiouy]{1,2}|s|as|am|os|us|is|[аеиоуыюя]{1,2}|ой|ом|ск\p{L}{2,3})$/u;
const MOST_MORE = 6;

let index: Map<string, Place[]> | null = null;

/** Every name of a country, language or well-known place, by the first three letters of its first word. Built at first use. */
function places(): Map<string, Place[]> {
  if (index !== null) return index;
  const all: Place[] = [];
  for (const line of SAME.trim().split('\n')) {
    const [id = '', names = ''] = line.split('=');
    for (const name of names.split(' ')) {
      if (name !== '')
        all.push({ id, words: folded(name).split('-').filter(Boolean), whole: name === name.toUpperCase() });
    }
  }
  for (const language of LANGUAGES) {
    const regions = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
    const languages = new Intl.DisplayNames(language, { type: 'language', fallback: 'none' });
    for (let one = 65; one <= 90; one += 1) {
      for (let two = 65; two <= 90; two += 1) {
        const code = String.fromCharCode(one, two);
        if (!['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO'].includes(code))
          all.push(...placeOf(code, regions.of(code), language));
      }
    }
    for (const [spoken, region] of Object.entries(SPOKEN_IN))
      all.push(...placeOf(region, languages.of(spoken), language));
  }
  index = Map.groupBy(all, ({ words }) => (words[0] ?? '').slice(0, 3));
  return index;
}

function placeOf(id: string, name: string | undefined, language: string): Place[] {
  if (name === undefined) return [];
  const words = folded(name.replace(/\(.*\)/u, ''))
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
  const first = words[0] ?? '';
  if (first.length < 3 || words.length > 4) return [];
  return [
    {
      id,
      whole: false,
      words: words.map((word) =>
        stems(word, language).reduce((short, one) => (one.length < short.length ? one : short)),
      ),
    },
  ];
}

/** The short names, folded, of what the folded acronym `word` names: EBRD for ЕБРР. */
export function sameAcronyms(word: string): string[] {
  const all = places();
  const ids = new Set(
    (all.get(word.slice(0, 3)) ?? []).filter(({ words }) => words.join() === word).map(({ id }) => id),
  );
  if (ids.size === 0) return [];
  return [...all.values()].flat().flatMap(({ id, whole, words }) => (whole && ids.has(id) ? (words[0] ?? []) : []));
}

/** The places that the folded words from `at` on may name, and how many words that takes. `words` may be any list. */
export function placesAt(words: readonly string[], at: number): { id: string; length: number; exact: boolean }[] {
  const first = words[at] ?? '';
  const found = [];
  for (const { id, words: name, whole } of places().get(first.slice(0, 3)) ?? []) {
    const rests = name.map((stem, offset) => {
      const word = words[at + offset] ?? '';
      return word.startsWith(stem) ? word.slice(stem.length) : null;
    });
    const short = first.length - (rests[0] ?? '').length <= 3;
    if (rests.includes(null) || (whole && rests.some((rest) => rest !== ''))) continue;
    const exact = rests.every((rest) => rest === '' || (short ? SHORT_ENDING : ENDING).test(rest ?? ''));
    if (
      exact ||
      (!short && rests.every((rest, part) => (rest ?? '').length <= Math.min(MOST_MORE, name[part]?.length ?? 0)))
    )
      found.push({ id, length: name.length, exact });
  }
  return found;
}
