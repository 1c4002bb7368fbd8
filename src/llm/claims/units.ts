/** A unit of measure by the words that follow a number, lower case; the first that fits is taken. */
const UNITS: readonly (readonly [string, RegExp])[] = [
  [
    'points',
    /^(?:(?:percentage|procentu|prozent|procentini\p{L}*|protsendi|процентн\p{L}*)[ -]?(?:point|punkt|пункт)\p{L}*|п\. ?п\.?|p\. ?p\.|procentpunkt\p{L}*|prozentpunkt\p{L}*|protsendipunkt\p{L}*)/u,
  ],
  ['basis points', /^(?:basis points?|bāzes punkt\p{L}*|базисн\p{L}* пункт\p{L}*)/u],
  [
    'percent',
    /^(?:%|％|per ?cent(?!\p{L})|percent(?!age)|percentage|procent|процент|prozent|protsen|proc(?!\p{L})|проц(?!\p{L})|pct(?!\p{L}))/u,
  ],
  [
    'CENT',
    /^(?:¢|cents?(?!\p{L})|cent[ui]\p{L}{0,2}(?!\p{L})|cent(?:as|ai|ų|us)(?!\p{L})|цент(?:а|ов|ы)?(?!\p{L})|коп(?:\.|е[йек]\p{L}*)|senti(?!\p{L})|ct(?!\p{L})|pence(?!\p{L})|kapeik\p{L}*)/u,
  ],
  ['EUR', /^(?:€|eur(?:o|os|a|ai|as|ų|us|ams|ot|oga|ode|i)?(?!\p{L})|eiro(?!\p{L})|евро(?!\p{L}))/u],
  [
    'CAD',
    /^(?:c\$|cad(?!\p{L})|canadian dollar|kanādas dolār|канадск\p{L}* доллар|kanadisch\p{L}* dollar|kanados doler|kanada dollar)/u,
  ],
  ['AUD', /^(?:a\$|aud(?!\p{L})|australian dollar|austrālijas dolār|австралийск\p{L}* доллар)/u],
  [
    'USD',
    /^(?:us ?\$|\$|usd(?!\p{L})|(?:us |u\.s\. |american |asv |jav |usa |американск\p{L}* )?(?:dol[lā]ār|dolār|dollar|доллар|doleri))/u,
  ],
  [
    'GBP',
    /^(?:£|gbp(?!\p{L})|(?:british |sterling )?pounds?(?!\p{L})|(?:lielbritānijas |britu )?(?:sterliņu )?mārciņ|(?:британск\p{L}* )?фунт|pfund|(?:didžiosios britanijos )?svar(?:as|o|ų|ai|us|ais)(?!\p{L})|nael)/u,
  ],
  ['RUB', /^(?:₽|rub(?!\p{L})|rubl|rubļ|руб|rubel)/u],
  ['JPY', /^(?:¥|jpy(?!\p{L})|yen(?!\p{L})|jen[aus]?(?!\p{L})|иен)/u],
  ['CNY', /^(?:cny(?!\p{L})|yuan|juaņ|юан)/u],
  ['CHF', /^(?:chf(?!\p{L})|swiss francs?|(?:šveices )?frank|(?:швейцарск\p{L}* )?франк|(?:schweizer )?franken)/u],
  ['PLN', /^(?:pln(?!\p{L})|zł|zlot|злот)/u],
  ['UAH', /^(?:₴|uah(?!\p{L})|hryvn|grivn|гривн|griven)/u],
  [
    'CROWN',
    /^(?:sek(?!\p{L})|nok(?!\p{L})|dkk(?!\p{L})|czk(?!\p{L})|(?:swedish |norwegian |danish |czech |zviedrijas |norvēģijas |dānijas |čehijas |шведск\p{L}* |норвежск\p{L}* |датск\p{L}* |чешск\p{L}* )?(?:kron(?:a|or|er|u|as|ām|e|en|ų|i)(?!\p{L})|крон(?!\p{L}{4})))/u,
  ],
  ['INR', /^(?:₹|inr(?!\p{L})|rupee|rūpij|рупи)/u],
  ['LVL', /^(?:lvl(?!\p{L})|lat[ius](?:em)?(?!\p{L})|лат(?:ов|а)?(?!\p{L}))/u],
  ['BTC', /^(?:btc(?!\p{L})|bitcoin|bitkoin|биткоин|биткойн)/u],
  [
    'km/h',
    /^(?:km\/h|км\/ч|kmh(?!\p{L})|kph(?!\p{L})|kilomet(?:er|re)s? (?:per|an) hour|kilometr\p{L}* stundā|километр\p{L}* в час|kilometern? pro stunde|stundenkilometer)/u,
  ],
  ['km²', /^(?:km²|км²|square kilomet|kvadrātkilometr|квадратн\p{L}* километр|quadratkilometer)/u],
  [
    'm²',
    /^(?:m²|м²|кв\. ?м|kv\. ?m|square met(?:er|re)|kvadrātmetr|квадратн\p{L}* метр|quadratmeter|kvadratini\p{L}* metr|ruutmeet)/u,
  ],
  ['km', /^(?:km(?!\p{L})|км(?!\p{L})|kilomet|километр)/u],
  ['mile', /^(?:miles?(?!\p{L})|jūdz|мил(?:я|и|ь|ю|ям)(?!\p{L})|meilen?(?!\p{L})|myli|mylių|miili)/u],
  ['cm', /^(?:cm(?!\p{L})|см(?!\p{L})|centimet|сантиметр|sentimeet|zentimeter)/u],
  ['mm', /^(?:mm(?!\p{L})|мм(?!\p{L})|millimet|milimetr|миллиметр)/u],
  [
    'm',
    /^(?:met(?:er|re)s?(?!\p{L})|metr(?:s|i|u|us|iem|a|ai|ų|as|am)(?!\p{L})|метр(?:а|ов|ы)?(?!\p{L})|metern?(?!\p{L})|meetri)/u,
  ],
  ['foot', /^(?:feet(?!\p{L})|foot(?!\p{L})|ft(?!\p{L})|pēd(?:as|u|ām)(?!\p{L})|фут)/u],
  ['kg', /^(?:kg(?!\p{L})|кг(?!\p{L})|kilogram|килограмм|kilo(?:s|grammi)?(?!\p{L})|килo)/u],
  ['tonne', /^(?:tonn|tons?(?!\p{L})|тонн)/u],
  ['g', /^(?:gram|грамм|gramm)/u],
  ['litre', /^(?:lit(?:er|re)s?(?!\p{L})|litr|литр|liter|liitri)/u],
  ['hectare', /^(?:hectare|hektār|гектар|hektar|ha(?!\p{L})|га(?!\p{L}))/u],
  ['kWh', /^(?:kwh|квт·?⋅?ч|kilowatt[ -]?hour|kilovatstund|kilowattstunde)/u],
  ['MWh', /^(?:mwh|мвт·?⋅?ч|megawatt[ -]?hour|megavatstund|megawattstunde)/u],
  ['GW', /^(?:gw(?!\p{L})|гвт(?!\p{L})|gigawatt|gigavat|гигаватт)/u],
  ['MW', /^(?:mw(?!\p{L})|мвт(?!\p{L})|megawatt|megavat|мегаватт)/u],
  ['kW', /^(?:kw(?!\p{L})|квт(?!\p{L})|kilowatt|kilovat|киловатт)/u],
  ['°F', /^(?:°f|degrees fahrenheit|fārenheit|градус\p{L}* по фаренгейту)/u],
  ['°C', /^(?:°c|°|degrees?|grād|градус|grad(?!\p{L})|laipsn|kraad)/u],
  ['second', /^(?:seconds?(?!\p{L})|sekund|секунд)/u],
  ['minute', /^(?:minute|min(?!\p{L})|minūt|минут|мин(?!\p{L})|minut)/u],
  ['hour', /^(?:hours?(?!\p{L})|stund(?!enkilo)|час(?:а|ов|ы|е|ам|ами)?(?!\p{L})|valand|tund(?:i|e)?(?!\p{L})|tunni)/u],
  [
    'day',
    /^(?:days?(?!\p{L})|dien(?:a|u|as|ām|ās|ā|ai|os|ų|ų)?(?!\p{L})|д(?:ень|ня|ней|ни|нях|ням)(?!\p{L})|сут(?:ок|ки)|tag(?:e|en|es)?(?!\p{L})|päev)/u,
  ],
  ['week', /^(?:weeks?(?!\p{L})|nedēļ|недел|wochen?(?!\p{L})|savait|nädal)/u],
  ['month', /^(?:months?(?!\p{L})|mēne[sš]|месяц|monat|mėnes|kuud?(?!\p{L})|kuu[ks](?!\p{L}))/u],
  [
    'year',
    /^(?:years?(?!\p{L})|gad(?:s|a|u|i|iem|us|os|ā|am)(?!\p{L})|г(?:ода?|оды|одов|оду|одах)(?!\p{L})|лет(?!\p{L})|jahr|met(?:ai|ų|us|ams|ais)(?!\p{L})|aasta)/u,
  ],
];

const PREFIXES: readonly (readonly [string, RegExp])[] = [
  ['CAD', /(?:C|CA)\$\p{Zs}?$/u],
  ['AUD', /(?:A|AU)\$\p{Zs}?$/u],
  ['USD', /(?:US\p{Zs}?)?\$\p{Zs}?$|USD\p{Zs}?$/u],
  ['EUR', /€\p{Zs}?$|(?:EUR|Eur)\p{Zs}?$/u],
  ['GBP', /£\p{Zs}?$|GBP\p{Zs}?$/u],
  ['RUB', /₽\p{Zs}?$|RUB\p{Zs}?$/u],
  ['JPY', /¥\p{Zs}?$|JPY\p{Zs}?$/u],
  ['INR', /₹\p{Zs}?$|INR\p{Zs}?$|Rs\.?\p{Zs}?$/u],
  ['CHF', /CHF\p{Zs}?$/u],
  ['CROWN', /(?:SEK|NOK|DKK|CZK)\p{Zs}?$/u],
  ['PLN', /PLN\p{Zs}?$/u],
  ['UAH', /[₴]\p{Zs}?$|UAH\p{Zs}?$/u],
  ['BTC', /₿\p{Zs}?$/u],
];

const CURRENCIES = new Set('EUR USD CAD AUD GBP RUB JPY CNY CHF PLN UAH CROWN INR LVL BTC CENT'.split(' '));
const LONGEST_UNIT = 44;

/** Whether the unit is money. */
export function isCurrency(unit: string): boolean {
  return CURRENCIES.has(unit);
}

/** The unit that stands at `from` in `text`, after at most one space or hyphen, and where it ends; null = none known. */
export function unitAfter(text: string, from: number): { unit: string; end: number } | null {
  const tail = text.slice(from, from + LONGEST_UNIT);
  const gap = /^[\p{Zs}-]{0,2}/u.exec(tail)?.[0].length ?? 0;
  const word = tail.slice(gap).toLowerCase();
  if (!/^[\p{L}%％$€£¥₽₹₴¢°]/u.test(word)) return null;
  for (const [unit, pattern] of UNITS) {
    const match = pattern.exec(word);
    if (match !== null) {
      const rest = /^\p{L}*/u.exec(word.slice(match[0].length))?.[0].length ?? 0;
      return { unit, end: from + gap + match[0].length + rest };
    }
  }
  return null;
}

/** The currency whose sign or code stands right before `index`, and where it begins; null = none. */
export function currencyBefore(text: string, index: number): { unit: string; start: number } | null {
  const head = text.slice(Math.max(0, index - 6), index);
  if (!/[$€£¥₽₹₴₿DRrPKYFNHBs.]\p{Zs}?$/u.test(head)) return null;
  for (const [unit, pattern] of PREFIXES) {
    const match = pattern.exec(head);
    if (match !== null) return { unit, start: index - match[0].length };
  }
  return null;
}
