const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/u).filter(Boolean));

/** Given names that are common in the news of the six languages' countries, folded (see `folded`), in the nominative. */
const GIVEN = `
aleksandr aleksandrs alexander alexandra alex aleksei aleksejs alina alise alfreds alvis amanda andre andrea andreas andrei andrejs andres
andrew andris andrius andrus andy angela anita anna anne annika anete antanas anton antons armands arnis arturs arturas arvils asta audrius
aivars aija aiga agnese agris baiba barbara ben benjamin bernd bill bob boris brian bruno carl carlos carol caroline catherine charles
charlotte chris christian christine christoph claudia dace daiga daina dainis dan daniel daniels darius darja david davids davis deniss dennis
diana dietmar dina ditta dmitri dmitrijs dmitry donald douglas dzintars edgars edgaras eduards edward egils einars elena elina elizabeth
elon emil emily emma erik eriks erika ernests eva evija evika evgeny florian frank frankie franz fred gatis gabriel gabrielius george georg
gerda gerhard giedrius gints gintaras girts guntars gunta guntis hannah hans harald harry heidi heiko helen helena henry ieva igor igors ilga
ilmars ilona ilze inara indra inese inga ingrida ingus inta ints irena irina iryna ivan ivans ivars ivo ivo jack jacob jakob james jana janek
janis jan jane janina jason jelena jennifer jeremy jessica jim joe john johannes john jonas jordan jorg josef joseph juri juris julia julija
jurgen jurgis justin kadri kaia kaja kalle karen karin karina karl karlis karmen kaspars katharina katherine katrin katrina kaur kestutis
kevin kim klaus klavs krista kristaps kristers kristina kristine kristjan krisjanis kyle laila laima laimonas larisa larry lars lasma laura
lauri lauris leila leon leonid liam liene liga liina lina linas linda lisa liudmila lucy ludmila luis lukas luize maarja madara magnus maija
mait maksim maksims mairis mara marcel marcis marco marek marcus margarita margus mari maria marija marika marina mario maris marju mark marko
markus mart marta martin martins martynas mary mart maria matthew matthias max maxim mantas merle michael michail mihails mihkel mikhail mike
mindaugas mikus mikelis monika nadezhda nancy natalia natalija natalja nathan nauris nico nicole nick nikita nikolai nikolajs nils normunds
oksana olaf olaftur olav oleg olegs olga oliver oskars oskar otto patrick paul paula pauls paulius pavel pavels peep peeter peter peteris petr
petras petra philip piret priit raimonds raivis raivo ralf ramunas rasa raul rebecca renars renate richard rihards rimantas rita riho rob
robert roberts roland rolands roman romans romas ronald rudolf ruta ryan saara sabine sam samantha samuel sandra sandis sanita santa sander
sarah sara saulius sebastian serge sergei sergejs sergey sharon sigita sigrid siim silvia simon sofia sophie stefan stephan stephen steve
steven sten sue susan svetlana sven taavi tadas tanel tanja tatiana tatjana taimi terje thomas tiina tiit tim timo tobias toms tom tomas tonis
tony toomas uldis ulrich ulla ursula urmas uwe uga vadim vadims valdas valdis valentina valerija valdemaras vasily veiko vera veronika viesturs
vija viktor viktors viktorija vilis viktoras vilnis vincent virginija vita vitalijs vitalij vladimir vladimirs vladislav vytautas walter
werner wilhelm will william wolfgang yulia yuri yana zane zigmars zita
александр алексей алина алла алексеи анатолии анатолий андрей анна антон артем борис вадим валентин валентина валерий василий вера виктор
виктория виталий владимир владислав вячеслав галина геннадий георгий григорий дарья денис дмитрий евгений евгения екатерина елена иван игорь
илья инга ирина кирилл константин ксения лариса леонид людмила максим маргарита мария марина михаил надежда наталья наталия никита николай
оксана олег ольга павел петр петер полина роман светлана сергей софия станислав степан татьяна федор эдгар элина эрик юлия юрий яна янис янина
ян андрис айварс илзе марис эдгарс гунтис дональд джо джон илон эмма мартин томас петерис кришьянис эвика инесе дайна`;

/** Words that stand before a person's name, folded. */
export const TITLES =
  list(`mr mrs ms miss dr prof professor sir lord lady president prezidents prezidente prasidentin prasident premier
  minister ministerin ministre ministrs kanzler kanzlerin herr herrn frau kungs kundze президент министр премьер господин госпожа
  direktor direktors direktore директор burgermeister burgermeisterin chef chefin geschaftsfuhrer geschaftsfuhrerin sprecher sprecherin
  vorstand senator senators senatore gouverneur`);

/** Verbs and prepositions of reporting by their beginning, folded: who stands before them is somebody. */
const SAYS =
  /^(?:said|says|told|announce|added|adds|warned|warns|explain|noted|notes|believes|argued|stressed|promised|declined|resigned|tweeted|signed|sacij|teic|norad|uzsver|pazino|skaidro|pastasti|atzi|piebild|solij|informej|apliecin|brid|atkap|заяв|сказа|сообщ|отмет|подчеркн|добав|рассказа|пояс|объясн|обеща|предупред|подписа|sagt|sagte|erklart|betont|teilt|kundigt|warnt|sak[eoa]$|sako|teig|pabrez|pranes|pazym|ziniojo|paaiskin|utles|lausus|lisas|selgita|ronit|teata|markis|kinnit|hoiatas)/u;

/** Nouns that speak in the news without being names, folded beginnings. */
const ROLES =
  /^(?:police|official|author|compan|researcher|scientist|expert|govern|minist|firm|organi|analyst|economist|prosecut|spokes|lawyer|doctor|manager|direct|president|chair|owner|mayor|critic|report|exper|polic|uznem|valdib|amatperson|petniek|zinat|vadit|direktor|parstav|prezident|organiz|ipasnie|mer[sa]|deputat|полици|власт|компан|эксперт|учен|директор|руковод|представ|министер|министр|правит|президент|организ|мэр|авторы?|исслед|глав|suomi|vyriausyb|imon|policij|direktor|vadov|ekspert|tyrej|mer|politsei|ettevo|juht|valitsus|teadl|direktor|linnapea)/u;

/** Words that make up the names of institutions and are translated with them, folded beginnings. */
const INSTITUTIONS = `
academy administrat affairs agency agricult airline airport alliance army art assembl associat authority bank board border brand bureau bus
business campus capital cathedral cent chamber chief children church city civil climate club coalition college commerce commission committ
communic communit compan competition confeder congress constitution consumer control cooperat corporat council countr court culture customs data
defen democrat department deput development digital director district econom educat elect employ energy enterprise environment europe
executive exchange export fair family farm federa festival film finance financ fire food football force foreign forest forum found fund
galler gas general govern green group guard gulf hall health heritage high hospital hotel house housing human industr information inspect
institut insurance interior internation investment island justice kingdom labor labour lake language law league liberal librar local
maritime market mayor media medic member memor metropol militar minist mobil monument municip museum music nation nature navy network new
north office oil old opera orchestra order organi palace park parliament part partner patent peace pension people performan police polic
port post power president press prime project protection province public radio rail regist region regulat repair republic research resource
rescue revenue river road royal safety savings school science sea secret securit senate senior service shipyard social societ solar
south space sport square stadium state station statistic steel stock street student summer supreme sustain system tax teach technolog
television theat tour town trade traffic train transport treasur tribunal trust union unit universit urban valley veter village vocation
water welfare west wind women work world young youth zone
agentur akademij apgab apvien arlietu asociacij augsta aizsardz augstak banka biedrib bibliotek birz bank biroj centr centra dienest
dome dzelzcel ekonomik energet eirop fond finans izglit iestad iedziv institut jaun komisij kultur konkur kongres koncert kombinat komitej lidost
ministr muzej nacional nodokl novad opera organiz ostas padom pagast parvald partij pasvaldib pilset pils pirm polic port prezident
prokurat regional republik rup saeim satversm savien sabiedr skol slimnic statistik starptaut stacij tautas teatr ties tirdzniec tieslie
universitat uznem valst vesel vid viens zemkop zinat
академ агентств арми ассоциац банк биржа библиотек верховн высш город государств департамент дом дум европ евро железн завод земл
институт инспекц кабинет комисс комитет компани конституц корол культур лига министерств министр музе национальн народн образован обществ
объедин опер организац отдел парт парламент полици порт президент прокурат республик род сейм сенат северн служб совет соедин союз
статистик суд театр торгов универс управлен федера финанс фонд фронт центр школ экономик южн аэропорт больниц муниципал
akadem agentur aukscia bank birz biur centr departament draug drauguom eur fond finans generalin institut komisij komitet lietuv ligonin
ministerij muziej nacional respublik sajung seim savivaldyb statistik taryb teat teism tarnyb uost universitet valstyb vyriausyb
amet aktsia akadeem ametiuhi eesti euroopa fond haigla instituut keskus kohus kaubandus kool linna liit ministeerium muuseum nouko pank
politse rahandus riigi riik sadam sihtasut statistika teat tervis ulikool valitsus vabariig`;

let loaded: { given: ReadonlySet<string>; institutions: Map<string, string[]> } | null = null;
function words() {
  loaded ??= {
    given: list(GIVEN),
    institutions: Map.groupBy(INSTITUTIONS.split(/\s+/u).filter(Boolean), (stem) => stem.slice(0, 3)),
  };
  return loaded;
}

/** Whether one of `stems` (folded) is a common given name, perhaps without its ending. */
export function isGivenName(stems: readonly string[]): boolean {
  const { given } = words();
  return stems.some(
    (stem) =>
      given.has(stem) ||
      (stem.length >= 4 && ['s', 'a', 'is', 'e', 'й', 'я', 'а'].some((end) => given.has(stem + end))),
  );
}

/** Whether `word` (folded) is an ordinary part of institutions' names, which translators put into other words. */
export function isInstitutionWord(word: string): boolean {
  return (
    words()
      .institutions.get(word.slice(0, 3))
      ?.some((stem) => word.startsWith(stem)) ?? false
  );
}

/** Whether `word` (folded) reports what somebody said or did. */
export function isReporting(word: string): boolean {
  return SAYS.test(word);
}

/** English verbs of business: without an article before it, who stands before them is a company or a person. */
const DEALS =
  /^(?:paid|pays|bought|buys|acquire[sd]|hire[sd]|sue[sd]|agreed|refused|plans|launche[sd]|invest(?:s|ed)|owns|employs|operates|unveil(?:s|ed)|beats?|sells|won|wins|signed|signs)$/u;
/** Plural nouns for people at the beginning of a sentence, by language: farmers, zemnieki, фермеры. */
const MANY_PEOPLE: Readonly<Record<string, RegExp>> = {
  en: /(?:[eo]rs|[ae]nts|ists|ians|ees|people|men|women|children)$/u,
  lv: /i$|as$/u,
  ru: /[ыи]$/u,
  lt: /ai$|os$|es$/u,
  et: /d$/u,
};

/** Whether `word` (folded) says in English that somebody did business. */
export function isDealing(word: string): boolean {
  return DEALS.test(word);
}

/** Whether `word` (folded) has the ending of a plural for people. */
export function isManyPeople(word: string, language: string): boolean {
  return MANY_PEOPLE[language]?.test(word) ?? false;
}

/** Whether `word` (folded) is somebody's role. */
export function isRole(word: string): boolean {
  return ROLES.test(word);
}
