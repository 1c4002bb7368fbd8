/** Months and weekdays in the six languages, `number=stem/endings`; `-` is no ending. */
const MONTHS = `
1=january 2=february 3=march 4=april 5=may 6=june 7=july 8=august 9=september 10=october 11=november 12=december
1=jan 2=feb 4=apr 6=jun 7=jul 8=aug 9=sep 9=sept 10=oct 11=nov 12=dec 3=mar
1=janvār/L 2=februār/L 3=mart/s,a,ā,u,am 4=aprīl/L 5=maij/s,a,ā,u,am 6=jūnij/s,a,ā,u,am 7=jūlij/s,a,ā,u,am 8=august/s,a,ā,u,am
9=septembr/L 10=oktobr/L 11=novembr/L 12=decembr/L
1=январ/R 2=феврал/R 3=март/-,а,е,у,ом 4=апрел/R 5=ма/й,я,е,ю,ем 6=июн/R 7=июл/R 8=август/-,а,е,у,ом 9=сентябр/R 10=октябр/R
11=ноябр/R 12=декабр/R
1=januar/-,s 1=jänner/-,s 2=februar/-,s 3=märz 5=mai/-,s 6=juni/-,s 7=juli/-,s 10=oktober/-,s 12=dezember/-,s 12=dez 10=okt
1=saus/is,io,į,yje 2=vasar/is,io,į,yje 3=kov/as,o,ą,e 4=baland/is,žio,į,yje 5=geguž/ė,ės,ę,ėje 6=biržel/is,io,į,yje 7=liep/a,os,ą,oje
8=rugpjū/tis,čio,tį,tyje 9=rugsėj/is,o,į,yje 10=spal/is,io,į,yje 11=lapkri/tis,čio,tį,tyje 12=gruod/is,žio,į,yje
1=jaanuar/E 2=veebruar/E 3=märts/-,i,is,il,iks 4=aprill/E 5=mai/s,st,ks,ni,l 6=juuni/M 7=juuli/M 8=august/E 9=septemb/er,ri,ris,riks,rist,rini
10=oktoob/er,ri,ris,riks,rist,rini 11=novemb/er,ri,ris,riks,rist,rini 12=detsemb/er,ri,ris,riks,rist,rini`;

const WEEKDAYS = `
1=monday/N 2=tuesday/N 3=wednesday/N 4=thursday/N 5=friday/N 6=saturday/N 0=sunday/N
1=pirmdien/V 2=otrdien/V 3=trešdien/V 4=ceturtdien/V 5=piektdien/V 6=sestdien/V 0=svētdien/V
1=понедельник/-,а,у,ом,е,и,ам,ов 2=вторник/-,а,у,ом,е,и,ам,ов 3=сред/у,а,ы,е,ам 4=четверг/-,а,у,ом,е,и,ам,ов 5=пятниц/а,ы,у,е,ей,ам 6=суббот/а,ы,у,е,ой,ам
0=воскресень/е,я,ю,ем,ям
1=montag/D 2=dienstag/D 3=mittwoch/D 4=donnerstag/D 5=freitag/D 6=samstag/D 6=sonnabend/D 0=sonntag/D
1=pirmadien/T 2=antradien/T 3=trečiadien/T 4=ketvirtadien/T 5=penktadien/T 6=šeštadien/T 0=sekmadien/T
1=esmaspäev/P 2=teisipäev/P 3=kolmapäev/P 4=neljapäev/P 5=reede/-,l,ks,t,st,ni 6=laupäev/P 0=pühapäev/P`;

const RELATIVE = `
0=today 0=tonight -1=yesterday 1=tomorrow
0=šodien 0=šovakar 0=šorīt -1=vakar 1=rīt
0=сегодня -1=вчера 1=завтра
0=heute -1=gestern
0=šiandien -1=vakar 1=rytoj
0=täna -1=eile 1=homme`;

const ENDINGS: Readonly<Record<string, string>> = {
  L: 'is,a,ī,i,im',
  R: 'ь,я,е,ю,ём,ем',
  E: '-,i,is,il,iks,ist,ini,it',
  M: '-,s,st,ks,ni,l,t',
  N: '-,s',
  V: '-,a,u,as,ai,ā,ās,ām',
  D: '-,s,e,abend,morgen,nachmittag,mittag,nacht',
  T: 'is,į,io,iui,iais,iai,ių',
  P: '-,a,al,ast,ani,aks,iti,at',
};

/** Forms that name something else too; alone they are no month. */
const ONLY_WITH_DAY = new Set(
  'may march mar jan jun mais liepa liepos liepą spalis balandis kovas kovo kova dec sep jul nov mai mais'.split(' '),
);

type Table = ReadonlyMap<string, number>;
let tables: { months: Table; weekdays: Table; relative: Table } | null = null;

/** The month (1–12) that `word` (lower case) names in any of the six languages; undefined = none. */
export function monthOf(word: string): number | undefined {
  return loaded().months.get(word);
}

/** The weekday (Sunday = 0) that `word` (lower case) names; undefined = none. */
export function weekdayOf(word: string): number | undefined {
  return loaded().weekdays.get(word);
}

/** How many days after today `word` (lower case) is: today, yesterday, tomorrow; undefined = none. */
export function relativeDay(word: string): number | undefined {
  return loaded().relative.get(word);
}

/** Whether `word` means a month also without a day or year beside it. */
export function isPlainMonth(word: string): boolean {
  const lower = word.toLowerCase();
  return !ONLY_WITH_DAY.has(lower) || ((lower === 'may' || lower === 'march') && word !== lower);
}

function loaded() {
  tables ??= { months: formsOf(MONTHS), weekdays: formsOf(WEEKDAYS), relative: formsOf(RELATIVE) };
  return tables;
}

function formsOf(list: string): Table {
  const forms = new Map<string, number>();
  for (const entry of list.trim().split(/\s+/u)) {
    const [value, form = ''] = entry.split('=');
    const [stem = '', tails = '-'] = form.split('/');
    for (const tail of (ENDINGS[tails] ?? tails).split(','))
      forms.set(stem + (tail === '-' ? '' : tail), Number(value));
  }
  return forms;
}
