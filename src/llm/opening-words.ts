/**
 * Words that mean nothing without the sentence before, by language. `first`: as the first word; `opening`: the first
 * words together; `person`: pronouns that need a name before them wherever they stand near the beginning; `pointing`:
 * demonstratives; `inside`: what carries on from before within the first words, as in "She, however,"; `before`:
 * prepositions whose name is nobody the pronoun could mean: "In Virginia, they voted"; `joins`: what a clause begins
 * with: "When asked, he"; `time`: beginnings of words that make a date of a demonstrative: "this year", «в этом году».
 */
export interface OpeningWords {
  first: string;
  opening: string;
  person: string;
  pointing: string;
  inside: string;
  before: string;
  joins: string;
  time: string;
}

/** By language; lower case. */
export const OPENING_WORDS: Record<string, OpeningWords> = {
  en: {
    first: `he she they it its his her hers their theirs him them himself herself itself themselves this that these those such however
      but also and so then meanwhile moreover furthermore instead therefore yet still or because nor thus hence nevertheless nonetheless
      additionally besides consequently accordingly similarly likewise otherwise afterwards afterward later finally here
      neither both others another elsewhere indeed anyway conversely subsequently again too thereafter plus though even once
      firstly secondly thirdly lastly ultimately overall alternatively specifically namely again yes no well ok okay oh speaking
      either next now ironically fortunately unfortunately surprisingly interestingly importantly notably`,
    opening: `as reported|as previously reported|as we reported|in addition|in each case|in both cases|in either case|in all cases|in any case|in this case|amid all|in contrast|in other words|in turn|in fact|in short|in conclusion|in the meantime|in that|as a result|as such|as for|
      for example|for instance|for his|for her|for its|for their|for one thing|on the other|on the contrary|at the same time|at that|
      at one point|at least|at first|after all|after that|of course|that said|not only|not all|not even|not that|even so|rather than that|
      most of them|some of them|many of them|one of them|none of them|all of them|each of them|all this|all that|all of this|all of that|
      the former|the latter|the other|the others|the two|the three|the pair|the duo|the couple|the same|the move|the decision|the result|
      some say|some of|some were|some are|some have|some had|some belong|some belonged|some will|some would|many were|many are|many have|many of|most were|most are|most have|most of|one of those|to be clear|with that|by contrast|by comparison|earlier in|the rest|
      the reason|among them|same goes|same with|when it comes|what is more|what's more|to that end|to this end|to do so|
      doing so|if so|if not|if that|if this|if they|if he|if she|if it|when he|when she|when they|when it|while he|while she|while they|
      the news comes|the news came|the announcement|the incident|there was|there were|the following`,
    person: 'he she they him her them his their hers theirs it its',
    pointing: 'this that these those such',
    inside: 'however also though meanwhile therefore instead moreover furthermore nevertheless too',
    before:
      'in on at by from during after before under near across around inside outside within since until last according to',
    joins: 'when while as if although though because once where asked',
    time: 'year week month morning afternoon evening night summer winter spring autumn fall season weekend monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas decade century',
  },
  lv: {
    first: `viņš viņa viņi viņas viņam viņai viņiem viņām viņu viņus viņā tas tā tie tās to tos tam tai tiem tām tajā tajos tajās tur
      šis šī šie šīs šo šos šim šai šiem šajā šajos tomēr bet taču savukārt arī turklāt tādēļ tāpēc tad un tādējādi tādas tāds tāda tādi
      tādu tādā tikmēr turpretī turpretim toties vai jo tātad līdz tagad tobrīd toreiz pēcāk vēlāk vienlaikus citādi proti piemēram
      kopumā visbeidzot secinājumā noslēgumā otrkārt treškārt pirmkārt abi abas abiem pretējā savs sava šeit tieši jā nē nu lūk kā ar turpmāk
      papildus respektīvi`,
    opening: `kā ziņots|kā vēstīts|jau ziņots|jau vēstīts|kā jau ziņots|pēc tam|bez tam|pie tam|kopš tā|līdz tam|par to|ar to|no tā|no tiem|no tām|uz to|tieši tāpēc|tieši tādēļ|tā kā|tajā pašā|tai pašā|
      tajā laikā|neskatoties uz|lai to|lai tas|kad tas|ja tas|kā arī|ne tikai|daži no|viens no|divi no|pārējie|pārējās|pārējiem|
      nedaudz vēlāk|rezultātā|šādā veidā|tādā veidā|līdzīgi|tas nozīmē`,
    person: 'viņš viņa viņi viņas viņam viņai viņiem viņām viņu viņus',
    pointing: 'tas tā tie tās to tos tam tai tiem tām tajā šis šī šie šīs šo šos šim šai šiem šajā šajos šā',
    inside: 'savukārt tomēr arī taču turklāt tādēļ tāpēc tādējādi tikmēr turpretī',
    before: 'no uz pie pēc pirms kopš līdz ap zem virs pār pa aiz',
    joins: 'kad kamēr ja lai tiklīdz',
    time: 'gad nedēļ mēne rīt vakar dien nakt vasar ziem pavasar ruden sezon pirmdien otrdien trešdien ceturtdien piektdien sestdien svētdien',
  },
  ru: {
    first: `он она они оно его её ее их ему ей им него неё нее них это этот эта эти этого этой этому этим этих этими эту такой такая такие такое
      таких такую однако но а и также кроме поэтому затем тогда зато там тут здесь туда потом впрочем причём причем притом тоже либо или
      ведь да нет итак наконец позже теперь например кстати впоследствии одновременно следовательно значит иначе напротив тем те та тот
      то того той теми так отсюда оттуда оба обе остальные другие вот вдобавок вместе между наряду видимо действительно напомним
      во-первых во-вторых в-третьих последний последняя последние`,
    opening: `как сообщалось|как ранее сообщалось|как уже сообщалось|ранее сообщалось|кроме того|при этом|после этого|для этого|из-за этого|об этом|в этом|на этом|с этим|за это|к этому|до этого|по этому|помимо этого|
      тем не менее|в то же|в тот же|тем временем|тем самым|в результате|в итоге|таким образом|в свою очередь|с другой стороны|
      более того|к тому же|к примеру|в частности|в том числе|не только|несмотря на это|вслед за|среди них|из них|у него|у неё|у нее|
      у них|в нём|в нем|в ней|в них|на нём|на ней|на них|к нему|к ней|к ним|с ним|с ней|с ними|о нём|о ней|о них|для него|для неё|
      для нее|для них|по его|по её|по ее|по их|в его|в её|в ее|в их|одна из|один из|одно из|некоторые из|большинство из|многие из`,
    person: 'он она они его её ее их ему ей им него неё нее них ним ней ними нём нем',
    pointing: 'этот эта это эти этого этой этому этим этих этом эту',
    inside: 'однако также тоже же зато поэтому впрочем кроме таким',
    before: 'в во на из по от до для с со у под над около после перед при',
    joins: 'когда пока если хотя чтобы',
    time: 'год недел месяц утр вечер дн ден ноч лет зим весн осен сезон понедельник вторник сред четверг пятниц суббот воскресень',
  },
  de: {
    first: `er sie es ihm ihn ihr ihnen ihre ihren ihrer ihrem ihres sein seine seinen seiner seinem seines dies diese dieser dieses diesen
      diesem dieselbe derselbe dasselbe solche solcher solches aber jedoch auch und oder sondern doch dann deshalb deswegen daher zudem
      außerdem allerdings trotzdem dennoch dabei damit dazu dafür dagegen daraus darauf darin davon daran darüber darum dadurch danach
      dort hier da also somit schließlich zugleich gleichzeitig anschließend zuvor später denn nun jetzt so beide andere anders letztere
      ersterer stattdessen währenddessen inzwischen mittlerweile überdies ferner weiter demnach folglich demzufolge ebenso ebenfalls
      insgesamt beispielsweise tatsächlich ja nein nein wiederum hingegen dessen deren`,
    opening: `wie berichtet|das ist|das sind|das war|das waren|das sei|das hat|das hatte|das wird|das wurde|das kann|das soll|das gilt|das heißt|das liegt|
      das zeigt|das geht|das macht|das sagt|das teilt|die beiden|der andere|die anderen|zum beispiel|unter anderem|im gegensatz|
      auf der anderen|nicht nur|einer von ihnen|einige von|eine davon|einer davon|aus diesem|trotz dieser|nach diesem|seit dem|
      wie er|wie sie|als er|als sie|wenn er|wenn sie|in ihm|in ihr|mit ihm|mit ihr|mit ihnen|bei ihm|bei ihr|laut ihm`,
    person: 'er ihm ihn ihnen',
    pointing: 'dies diese dieser dieses diesen diesem',
    inside:
      'jedoch allerdings hingegen dagegen auch aber zudem deshalb daher dennoch außerdem trotzdem somit also davon dafür dazu damit dabei daran darauf',
    before: 'in im an am auf aus bei nach vor seit von vom zu zum zur unter über',
    joins: 'als wenn während obwohl weil nachdem',
    time: 'jahr woche monat morgen nachmittag abend nacht sommer winter frühjahr frühling herbst saison tag wochenende montag dienstag mittwoch donnerstag freitag samstag sonntag',
  },
  lt: {
    first: `jis ji jie jos jo jų jam jai jiems joms jį ją juos jas juo jame joje juose jose tai šis ši šie šios šio šią šį šiuo šiame šioje
      tas ta tie tos to tą tam tame toje tuo tačiau bet taip todėl o ir ar tada tuomet vis čia ten tokia toks tokie tokios tokį tokią
      vėliau dabar pavyzdžiui be galiausiai beje tad taigi vadinasi nes abu abi kiti kitos kita kitas pirma antra trečia iš tiesų
      kartu tuomet nepaisant dėl taipogi anot priešingai`,
    opening: `kaip skelbta|kaip pranešta|be to|taip pat|tuo metu|tuo pačiu|tuo tarpu|vis dėlto|dėl to|po to|iki to|nuo to|už tai|apie tai|su tuo|ne tik|kai kurie iš|
      vienas iš jų|pasak jo|pasak jos|pasak jų|anot jo|anot jos|jo teigimu|jos teigimu|savo ruožtu|kita vertus|kitaip tariant|
      tokiu būdu|dėl šios|dėl šio`,
    person: 'jis ji jie jos jo jų jam jai jiems joms jį ją juos jas juo',
    pointing: 'tai šis ši šie šios šio šią šį šiuo šiame šioje tas ta to tą',
    inside: 'tačiau taip taigi todėl beje irgi dėlto',
    before: 'iš į nuo po prie prieš per už ant virš',
    joins: 'kai kol jei nors',
    time: 'met savait mėnes ryt vakar dien nakt vasar žiem pavasar rud sezon pirmadien antradien trečiadien ketvirtadien penktadien šeštadien sekmadien',
  },
  et: {
    first: `ta tema nad nemad tal temal neil nende nendel neid nendest nendele teda talle temale temast see seda selle sellest sellel sellele
      sellega selleks selles sellesse sel need niisugune selline sellised kuid aga ent samuti lisaks ja siis seetõttu seepärast siin seal
      sinna siiski ometi ning või sest seejärel niisiis seega hiljem nüüd samas samal näiteks vastupidi mõlemad teised teine lõpuks
      esiteks teiseks kolmandaks tegelikult pealegi muuhulgas seevastu vahepeal isegi jah ei nii ka`,
    opening: `nagu teatatud|tema sõnul|nende sõnul|tema hinnangul|pärast seda|enne seda|samal ajal|sellest hoolimata|lisaks sellele|selle asemel|
      tänu sellele|teisest küljest|teisalt|mitte ainult|üks neist|osa neist|mõned neist|sellega seoses|sel ajal`,
    person: 'ta tema nad nemad tal temal neil nende teda neid talle temale temast',
    pointing: 'see seda selle sellest sellel sel selles need neid',
    inside: 'aga kuid samuti siiski seetõttu ometi lisaks seega ka',
    before: 'enne pärast kuni alates',
    joins: 'kui kuigi kuna',
    time: 'aasta nädal kuu hommik õhtu päev öö suve talv kevad sügis hooaeg hooaja esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev',
  },
};
