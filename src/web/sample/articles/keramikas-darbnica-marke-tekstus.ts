import type { SampleArticle } from '../article.ts';

/** Transparency: an AI label that readers see, and what it did to sales. */
export const keramikasDarbnicaMarkeTekstus: SampleArticle = {
  slug: 'keramikas-darbnica-marke-tekstus',
  language: 'lv',
  title: 'Tekstu sagatavo mašīna, atbild cilvēks: kā Kuldīgas keramikas darbnīca marķē savus ierakstus',
  summary:
    'Norāde “Teksts sagatavots ar MI” stāv katra ieraksta pirmajā rindā. Pircējus tā neatbaidīja, bet jautājumu kļuva vairāk.',
  author: 'Jānis Ābols',
  hoursAgo: 5,
  paragraphs: [
    'Kuldīgas keramikas darbnīcā “Māla Upe” strādā pieci cilvēki, un neviens no viņiem nav mārketinga speciālists. Kad pērn pasūtījumu kļuva tik daudz, ka ierakstiem sociālajos tīklos vairs nepietika laika, darbnīcas vadītāja Ilze Kalniņa sāka izmantot valodas modeli. Vispirms viņa uzrakstīja vienu noteikumu: lasītājam uzreiz jāredz, ka tekstu sagatavojusi mašīna.',
    'Tagad katra ieraksta pirmajā rindā ir īsa norāde “Teksts sagatavots ar MI”. Tā nav paslēpta aiz saites un nav rakstīta ar sīkiem burtiem. Zem ieraksta ir saite uz lapu, kurā var redzēt, no kura raksta vai darbnīcas piezīmes teksts radies, kad tas tapis un kurš to pirms publicēšanas izlasījis.',
    'Darbnīca baidījās, ka norāde atbaidīs pircējus. Trīs mēnešu laikā tā publicēja 84 ierakstus: pusi ar norādi pirmajā rindā, pusi ar norādi beigās. Vidējais klikšķu skaits atšķīrās tikai par diviem procentiem, bet jautājumu komentāros ierakstiem ar redzamo norādi bija par trešdaļu vairāk. Cilvēki vaicāja par glazūrām, piegādi un arī par pašu modeli.',
    '“Mēs neko neslēpjam, tāpēc mums nav ko skaidrot,” saka Kalniņa. “Ja modelis sajauc bļodu ar šķīvi, es to izlaboju un pierakstu. Pircējs uzticas nevis programmai, bet man, un man ir jāzina, kas manā vārdā tiek teikts.”',
    'Kļūdas gadās. No 84 melnrakstiem 11 saturēja kādu apgalvojumu, kura avotā nebija: divreiz nepareizu cenu, reizi izdomātu izstādi Liepājā, pārējos gadījumos pārspīlētus īpašības vārdus. Visas kļūdas tika pamanītas pirms publicēšanas, jo programma atzīmē katru skaitli un nosaukumu, kas nav atrodams sākotnējā tekstā, un šādu melnrakstu nelaiž tālāk bez cilvēka piekrišanas.',
    'Mazam uzņēmumam šāda kārtība nav ne dārga, ne sarežģīta. Kalniņa tai velta apmēram 40 minūtes nedēļā: pirmdienās pārskata melnrakstus, piektdienās izlasa komentārus un atbild pati. Atbildes mašīnai viņa neuztic.',
    'Rudenī darbnīca plāno savus noteikumus publicēt mājaslapā, lai tos varētu izmantot arī citi amatnieki. Tie aizņem pusi lapas. Pēdējais teikums skan: “Ja nevaram pateikt, no kurienes teksts nācis, mēs to nepublicējam.”',
  ],
};
