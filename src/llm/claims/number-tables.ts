/**
 * Numbers as words, `value=stem/endings` with the name of an ending list or the endings themselves; a stem alone is a
 * whole word. Lower case, without a claim to every dialect: what isn't here is read as an ordinary word.
 */
export interface NumberTable {
  /** Lists of endings by name; `-` is no ending. */
  endings: Record<string, string>;
  cardinals: string;
  ordinals: string;
}

const LV_TEENS = '11=vienpadsmit/c 12=divpadsmit/c 13=trīspadsmit/c 14=četrpadsmit/c 15=piecpadsmit/c 16=sešpadsmit/c';
const LV_TENS =
  '20=divdesmit/c 30=trīsdesmit/c 40=četrdesmit/c 50=piecdesmit/c 60=sešdesmit/c 70=septiņdesmit/c 80=astoņdesmit/c 90=deviņdesmit/c';
const LV_MORE = `${LV_TEENS} 17=septiņpadsmit/c 18=astoņpadsmit/c 19=deviņpadsmit/c ${LV_TENS}`;
const RU_TEENS =
  '11=одиннадцат/n 12=двенадцат/n 13=тринадцат/n 14=четырнадцат/n 15=пятнадцат/n 16=шестнадцат/n 17=семнадцат/n 18=восемнадцат/n 19=девятнадцат/n';

export const NUMBER_TABLES: Record<'en' | 'lv' | 'ru' | 'de' | 'lt' | 'et', NumberTable> = {
  en: {
    endings: {},
    cardinals: `1=one 2=two 3=three 4=four 5=five 6=six 7=seven 8=eight 9=nine 10=ten 11=eleven 12=twelve 13=thirteen 14=fourteen
      15=fifteen 16=sixteen 17=seventeen 18=eighteen 19=nineteen 20=twenty 30=thirty 40=forty 50=fifty 60=sixty 70=seventy 80=eighty
      90=ninety 100=hundred 100=hundreds 12=dozen 0=zero`,
    ordinals: `1=first 2=second 3=third 4=fourth 5=fifth 6=sixth 7=seventh 8=eighth 9=ninth 10=tenth 11=eleventh 12=twelfth
      13=thirteenth 14=fourteenth 15=fifteenth 16=sixteenth 17=seventeenth 18=eighteenth 19=nineteenth 20=twentieth 30=thirtieth
      40=fortieth 50=fiftieth 60=sixtieth 70=seventieth 80=eightieth 90=ninetieth 100=hundredth`,
  },
  lv: {
    endings: {
      a: 's a u am ai ā i as iem ām us ās os',
      p: 'i as u iem ām us ās os',
      c: '- i u iem us os',
      d: 'ais ā o ajam ajai ajā ie ās ajiem ajām os ajos ajās',
    },
    cardinals: `1=vien/a 2=div/p 3=trīs 3=trij/p 3=trim 3=trīs/iem,os 4=četr/p 5=piec/p 6=seš/p 7=septiņ/p 8=astoņ/p 9=deviņ/p 10=desmit/c
      ${LV_MORE} 100=simt/-,s,i,u,iem,us,os,am,ā 200=divsimt/c 300=trīssimt/c 400=četrsimt/c 500=piecsimt/c 600=sešsimt/c
      700=septiņsimt/c 800=astoņsimt/c 900=deviņsimt/c 12=duci/s,,šiem 12=dučus 1.5=pusotr/a 2.5=divarpus 3.5=trīsarpus 0=null/e,es`,
    ordinals: `1=pirm/d 2=otr/d 3=treš/d 4=ceturt/d 5=piekt/d 6=sest/d 7=septīt/d 8=astot/d 9=devīt/d 10=desmit/d
      ${LV_MORE.replaceAll('/c', '/d')} 100=simt/d`,
  },
  ru: {
    endings: {
      n: 'ь и ью',
      a: 'ый ая ое ого ому ым ом ой ую ые ых ыми',
      s: 'ий ья ье ьего ьему ьим ьем ьей ью ьи ьих ьими',
    },
    cardinals: `1=один/-,а,о 1=одн/а,о,у,ой,ого,ому,им,ом,и,их 2=два 2=две 2=двух 2=двум 2=двумя 2=двое 2=двоих 3=три 3=трёх 3=трех 3=трём
      3=трем 3=тремя 3=трое 3=троих 4=четыре 4=четырёх 4=четырех 4=четырём 4=четырем 4=четырьмя 4=четверо 4=четверых 5=пят/n 5=пятер/о,ых
      6=шест/n 6=шестеро 7=сем/ь,и,ью 7=семеро 8=восемь 8=восьми 8=восемью 9=девят/n 10=десят/n ${RU_TEENS} 20=двадцат/n 30=тридцат/n
      40=сорок/-,а 50=пятьдесят 50=пятидесяти 60=шестьдесят 60=шестидесяти 70=семьдесят 70=семидесяти 80=восемьдесят 80=восьмидесяти
      90=девяност/о,а 100=сто 100=ста 100=сотн/я,и,ю,ей 200=двести 200=двухсот 200=двумстам 300=триста 300=трёхсот 300=трехсот
      300=тремстам 400=четыреста 400=четырёхсот 400=четырехсот 500=пятьсот 500=пятисот 600=шестьсот 600=шестисот 700=семьсот 700=семисот
      800=восемьсот 800=восьмисот 900=девятьсот 900=девятисот 1.5=полтора 1.5=полторы 1.5=полутора 12=дюжин/а,ы,у,ой,- 0=нол/ь,я 0=нул/ь,я`,
    ordinals: `1=перв/a 2=втор/ой,ая,ое,ого,ому,ым,ом,ую,ые,ых,ыми 3=трет/s 4=четвёрт/a 4=четверт/ый,ая,ое,ого,ому,ым,ом,ой,ую,ые,ых 5=пят/a
      6=шест/ой,ая,ое,ого,ому,ым,ом,ую,ые,ых 7=седьм/ой,ая,ое,ого,ому,ым,ом,ую,ые,ых 8=восьм/ой,ая,ое,ого,ому,ым,ом,ую,ые,ых 9=девят/a
      10=десят/a ${RU_TEENS.replaceAll('/n', '/a')} 20=двадцат/a 30=тридцат/a 40=сороков/ой,ая,ого,ом,ую 50=пятидесят/a 60=шестидесят/a
      70=семидесят/a 80=восьмидесят/a 90=девяност/a 100=сот/ый,ая,ого,ом,ую`,
  },
  de: {
    endings: { o: 'e en er es em' },
    cardinals: `1=ein/-,s,e,en,em,er,es 2=zwei 2=zwo 2=zweier 3=drei 3=dreier 4=vier 5=fünf 6=sechs 7=sieben 8=acht 9=neun 10=zehn 11=elf
      12=zwölf 16=sechzehn 17=siebzehn 20=zwanzig 30=dreißig 30=dreissig 40=vierzig 50=fünfzig 60=sechzig 70=siebzig 80=achtzig 90=neunzig
      100=hundert/-,e,en 12=dutzend/-,e 1.5=anderthalb 1.5=eineinhalb 2.5=zweieinhalb 3.5=dreieinhalb 0=null`,
    ordinals: `1=erst/o 2=zweit/o 3=dritt/o 4=viert/o 5=fünft/o 6=sechst/o 7=siebt/o 8=acht/o 9=neunt/o 10=zehnt/o 11=elft/o 12=zwölft/o
      20=zwanzigst/o 30=dreißigst/o 40=vierzigst/o 50=fünfzigst/o 100=hundertst/o`,
  },
  lt: {
    endings: {
      p: 'i ių iems is iais ios ioms ias iose',
      t: '- ies čia imi is ys čių',
      d: 'as ą o am u e a os ai oje ieji ųjų asis ojo ajame oji osios ąją ąjį uoju ajam uosius',
      k: 'a os ai ą',
      e: 'i ų us iems ius ios os ias as omis iais ais',
    },
    cardinals: `1=vien/as,a,o,ą,am,os,ai,u,oje,ame 2=du 2=dvi 2=dviejų 2=dviem 2=dviejuose 2=abu 3=trys 3=trijų 3=trims 3=tris 3=trim 3=trimis
      4=ketur/p 5=penk/p 6=šeš/p 7=septyn/p 8=aštuon/p 9=devyn/p 10=dešimt/t 11=vienuolik/k 12=dvylik/k 13=trylik/k 14=keturiolik/k
      15=penkiolik/k 16=šešiolik/k 17=septyniolik/k 18=aštuoniolik/k 19=devyniolik/k 20=dvidešimt/t 30=trisdešimt/t 40=keturiasdešimt/t
      50=penkiasdešimt/t 60=šešiasdešimt/t 70=septyniasdešimt/t 80=aštuoniasdešimt/t 90=devyniasdešimt/t
      100=šimt/as,o,ui,ą,u,ai,ų,ams,us,ais 2=dvej/e 3=trej/e 4=ketver/e 5=penker/e 6=šešer/e 7=septyner/e 8=aštuoner/e 9=devyner/e 12=tuzin/as,o,ą,ai 1.5=pusantr/o,os 0=nul/is,io`,
    ordinals: `1=pirm/d 2=antr/d 3=treč/ias,iojo,ią,io,iasis,ioji,iosios,iąją,iąjį,ia,iame,iajame,ioje,iosioje 4=ketvirt/d 5=penkt/d 6=šešt/d
      7=septint/d 8=aštunt/d 9=devint/d 10=dešimt/d 20=dvidešimt/d 100=šimt/asis,ojo`,
  },
  et: {
    endings: { g: '- l lt le s st sse ks ga ni na ta t', o: 's nda ndal ndat ndas ndast ndaks ndale ndaga' },
    cardinals: `1=üks 1=ühe/g 1=üht 2=kaks 2=kahe/g 2=kaht 2=kahte 3=kolm 3=kolme/g 4=neli 4=nelja/g 5=viis 5=viie/g 5=viit 6=kuus 6=kuue/g
      6=kuut 7=seitse 7=seitsme/g 7=seitset 8=kaheksa/g 9=üheksa/g 10=kümme 10=kümne/g 10=kümmet 100=sada 100=saja/g 100=sadat 12=tosin/-,a,at
      1.5=poolteist 1.5=pooleteise 0=null/-,i`,
    ordinals: `1=esime/ne,se,sel,st,ses 2=tei/ne,se,sel,st,ses 3=kolma/o 4=nelja/o 5=viie/o 6=kuue/o 7=seitsme/o 8=kaheksa/o 9=üheksa/o
      10=kümne/o`,
  },
};

/** Powers of ten by the beginning of the word, whatever its case ending. `billion` is 10⁹ in English, 10¹² in German. */
export const SCALE_STEMS: readonly (readonly [string, readonly number[]])[] = [
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
export const SCALE_SHORT: Readonly<Record<string, number>> = {
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
  tuh: 3,
};
/** Letters that may be a power of ten or something else (metres, tonnes, 4K): both are read. */
export const SCALE_LETTER: Readonly<Record<string, number>> = { k: 3, m: 6, b: 9, t: 12 };
/** Beginnings that halve or multiply the scale they are written together with: pusmiljons, полмиллиона, divtūkstoš. */
export const SCALE_PREFIXES: readonly (readonly [string, number])[] = [
  ['pus', 0.5],
  ['пол', 0.5],
  ['pool', 0.5],
  ['div', 2],
  ['trīs', 3],
  ['četr', 4],
  ['piec', 5],
];
