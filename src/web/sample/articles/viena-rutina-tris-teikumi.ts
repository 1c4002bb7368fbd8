import type { SampleArticle } from '../article.ts';

/** Consent that people remember having given. */
export const vienaRutinaTrisTeikumi: SampleArticle = {
  slug: 'viena-rutina-tris-teikumi',
  language: 'lv',
  title: 'Viena rūtiņa un trīs teikumi: zobārstniecība Valmierā pārraksta piekrišanas veidlapu',
  summary: 'No 50 uzrunātajiem pacientiem tikai deviņi zināja, ka piekrituši reklāmai. Klīnika sāka no jauna.',
  author: 'Elīna Grava',
  hoursAgo: 20,
  paragraphs: [
    'Vēl pavasarī pieteikuma veidlapa Valmieras zobārstniecībā “Gaujas Smaids” bija divas lappuses gara. Tajā bija septiņas rūtiņas, un piecas no tām bija atzīmētas jau iepriekš. Pacienti to aizpildīja vidēji sešās minūtēs, un, kā vēlāk izrādījās, gandrīz neviens nezināja, kam tieši piekritis.',
    'To noskaidroja pati klīnika. Administratore Līga Bērziņa pēc vizītes uzrunāja 50 pacientus un jautāja, vai viņi atļāvuši sūtīt sev reklāmu. Jā atbildēja deviņi. Sistēmā piekrišana bija reģistrēta 46 no viņiem.',
    '“Tas bija neērts brīdis,” atzīst Bērziņa. “Mums bija paraksti, bet nebija piekrišanas. Cilvēks, kurš nezina, ka ir pateicis jā, nav pateicis jā.”',
    'Jaunajā veidlapā ir viena tukša rūtiņa un trīs teikumi: kas raksta, par ko raksta un kā no tā atteikties. Viss pārējais, kas vajadzīgs ārstēšanai, ir atsevišķā lapā un ar mārketingu netiek jaukts. Klīnika glabā precīzu teikumu redakciju un datumu, kurā pacients rūtiņu atzīmējis, tāpēc arī pēc gada var pierādīt, kam tieši viņš piekritis.',
    'Pirmajos trijos mēnešos rūtiņu atzīmēja 212 no 640 pacientiem jeb 33 procenti. Agrāk piekrišanu uzrādīja 92 procenti. Toties atgādinājumu par zobu higiēnu tagad atver 7 no 10 saņēmējiem, bet agrāk to darīja tikai 2 no 10. Uz higiēnas vizīti pēc atgādinājuma pierakstījās 58 cilvēki, par 17 vairāk nekā tajā pašā laikā pērn.',
    'Atgādinājumus palīdz sagatavot mākslīgais intelekts, taču pacientu datus tas neredz. Programma saņem tikai tematu un klīnikas rakstības paraugus, bet vārdus un adreses pievieno klīnikas sistēma. Katru tekstu pirms nosūtīšanas izlasa higiēniste, jo tieši viņa pēc tam atbild uz pacientu jautājumiem.',
    'Bērziņa iesaka sākt ar to pašu jautājumu, ar kuru sāka viņa: pajautāt cilvēkiem, vai viņi zina, kam ir piekrituši. “Tas nemaksā neko,” viņa saka, “un atbilde ir godīgāka par jebkuru statistiku.”',
  ],
};
