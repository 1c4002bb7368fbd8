import type { Story } from './pairs.ts';

export const latvian: readonly Story[] = [
  {
    article: `Rīgā atklāj jaunu koncertzāli
Rīgā 2026. gada 14. martā atklāja koncertzāli "Daugavas balsis", kuras būvniecība izmaksāja 63,8 miljonus eiro. Zālē ir 1150 vietas. Atklāšanā uzstājās Liepājas Simfoniskais orķestris diriģenta Gunta Kuzmas vadībā. "Šī ēka piederēs visai Latvijai," sacīja kultūras ministre Agnese Lāce. Projekta autors ir arhitekts Uldis Bērziņš, un darbi ilga četrus gadus. Biļetes maksā no 12 līdz 85 eiro.`,
    faithful: [
      `Rīgā durvis vērusi koncertzāle "Daugavas balsis" ar 1150 vietām. Tā izmaksāja 63,8 miljonus eiro.`,
      `„Šī ēka piederēs visai Latvijai,” uzsvēra kultūras ministre Agnese Lāce, 14. martā atklājot jauno koncertzāli.`,
      `Riga has a new concert hall: "Daugavas balsis" seats 1,150 and cost €63.8 million. The architect is Uldis Bērziņš.`,
      `В Риге 14 марта 2026 года открыли концертный зал за 63,8 млн евро. На открытии играл оркестр под управлением Гунтиса Кузмы.`,
      `Četri gadi darba, 63,8 milj. eiro un biļetes no 12 eiro: Ulda Bērziņa projektētā zāle Rīgā ir gatava.`,
    ],
    faulty: [
      `Rīgā durvis vērusi koncertzāle ar 1150 vietām. Tā izmaksāja ⟦68,3 miljonus⟧ eiro.`,
      `„Šī ēka ⟦kalpos⟧ visai Latvijai,” uzsvēra kultūras ministre Agnese Lāce.`,
      `Riga has a new concert hall, designed by Uldis ⟦Kalniņš⟧. It cost €63.8 million.`,
      `В Риге ⟦24 марта⟧ открыли концертный зал за 63,8 млн евро.`,
      `Biļetes uz jauno koncertzāli Rīgā maksā no 12 līdz ⟦58⟧ eiro.`,
    ],
  },
  {
    article: `Enerģijas uzņēmums būvēs saules parku
AS "Latvenergo" līdz 2027. gada beigām uzbūvēs saules parku Aizkraukles novadā, investējot 41 miljonu eiro. Parka jauda būs 60 megavati, un tas saražos elektrību aptuveni 25 000 mājsaimniecību. Valdes priekšsēdētājs Mārtiņš Čakste norādīja, ka tas ir jau devītais uzņēmuma saules parks. Parks aizņems 90 hektārus. Līgums ar Vācijas būvnieku "Sonnenfeld" parakstīts pirmdien.`,
    faithful: [
      `"Latvenergo" Aizkraukles novadā būvēs 60 MW saules parku, ieguldot 41 miljonu eiro.`,
      `Latvenergo valdes priekšsēdētājs Mārtiņš Čakste: tas ir devītais saules parks, un tas aizņems 90 ha.`,
      `Latvenergo will build a 60-megawatt solar park near Aizkraukle by the end of 2027, investing 41 million euros. It is the company's 9th.`,
      `Latvenergo построит в Айзкраукльском крае солнечный парк мощностью 60 МВт. Договор с немецкой фирмой Sonnenfeld подписан в понедельник.`,
      `Elektrība 25 tūkstošiem mājsaimniecību: Aizkrauklē taps jauns saules parks. Līgums ar "Sonnenfeld" jau ir parakstīts.`,
    ],
    faulty: [
      `"Latvenergo" Aizkraukles novadā būvēs ⟦90 MW⟧ saules parku, ieguldot 41 miljonu eiro.`,
      `Latvenergo valdes priekšsēdētājs ⟦Andris⟧ Čakste: tas ir devītais saules parks.`,
      `Latvenergo will build a solar park by the end of ⟦2028⟧, investing 41 million euros.`,
      `Latvenergo построит солнечный парк за ⟦41 миллион долларов⟧.`,
      `Saules parks taps ⟦Jelgavas⟧ novadā un saražos elektrību 25 000 mājsaimniecību.`,
    ],
  },
  {
    article: `Igaunijas IT uzņēmums ienāk Latvijā
Igaunijas programmatūras uzņēmums "Tarkvara" atvērs biroju Rīgā un līdz gada beigām pieņems darbā 75 cilvēkus. Uzņēmuma vadītāja Kadri Tamm pastāstīja, ka vidējā alga būs 3200 eiro mēnesī. "Latvijā ir labākie inženieri Baltijā," teica Tamma. Pērn "Tarkvara" apgrozījums pieauga par 27 % līdz 18,6 miljoniem eiro. Birojs atradīsies Skanstes ielā, un to atklās 1. septembrī.`,
    faithful: [
      `Igaunijas "Tarkvara" Rīgā pieņems darbā 75 cilvēkus, vidējā alga – 3200 eiro.`,
      `"Latvijā ir labākie inženieri Baltijā," saka Kadri Tamma. Birojs Skanstes ielā durvis vērs 1. septembrī.`,
      `Estonian software company Tarkvara is opening an office in Riga and hiring 75 people, says Kadri Tamm. Its turnover grew 27% to €18.6m.`,
      `Эстонская компания Tarkvara откроет офис в Риге 1 сентября. Средняя зарплата составит 3200 евро, сообщила Кадри Тамм.`,
      `Apgrozījums audzis par 27 procentiem, un nu igauņu uzņēmums nāk uz Rīgu.`,
    ],
    faulty: [
      `Igaunijas "Tarkvara" Rīgā pieņems darbā 75 cilvēkus, vidējā alga – ⟦2300⟧ eiro.`,
      `⟦Lietuvas⟧ programmatūras uzņēmums "Tarkvara" atvērs biroju Rīgā.`,
      `Tarkvara is opening an office in Riga on ⟦1 October⟧, says Kadri Tamm.`,
      `Эстонская компания Tarkvara откроет офис в Риге, сообщила ⟦Лийна⟧ Тамм.`,
      `Tarkvara apgrozījums pērn pieauga par ⟦72 %⟧ līdz 18,6 miljoniem eiro.`,
    ],
  },
  {
    article: `Latvijas hokejisti uzvar Čehiju
Latvijas hokeja izlase trešdien Stokholmā ar rezultātu 4:2 pārspēja Čehiju. Divus vārtus guva Rūdolfs Balcers, pa vieniem – Miks Indrašis un Teodors Bļugers. Vārtsargs Elvis Merzļikins atvairīja 33 metienus. Spēli klātienē vēroja 9480 skatītāji. "Puiši cīnījās par katru centimetru," atzina galvenais treneris Harijs Vītoliņš. Nākamo spēli Latvija aizvadīs 20. maijā plkst. 18.30 pret Somiju.`,
    faithful: [
      `Latvija–Čehija 4:2! Divi vārti Rūdolfam Balceram, 33 atvairīti metieni Elvim Merzļikinam.`,
      `"Puiši cīnījās par katru centimetru," pēc uzvaras Stokholmā teica treneris Harijs Vītoliņš. Nākamā spēle 20. maijā 18.30 ar Somiju.`,
      `Latvia beat the Czech Republic 4–2 in Stockholm. Rūdolfs Balcers scored twice, and Elvis Merzļikins made 33 saves.`,
      `Сборная Латвии в Стокгольме обыграла Чехию 4:2, две шайбы забросил Рудолфс Балцерс. Игру смотрели 9480 зрителей.`,
      `Trešdien Stokholmā: Indrašis, Bļugers un divreiz Balcers. Čehi zaudē.`,
    ],
    faulty: [
      `Latvija–Čehija ⟦5⟧:2! Divi vārti Rūdolfam Balceram.`,
      `Vārtsargs ⟦Artūrs⟧ Merzļikins atvairīja 33 metienus.`,
      `Latvia beat ⟦Slovakia⟧ 4–2 in Stockholm.`,
      `Nākamo spēli Latvija aizvadīs 20. maijā plkst. ⟦19.30⟧ pret Somiju.`,
      `Сборная Латвии в ⟦Хельсинки⟧ обыграла Чехию 4:2.`,
    ],
  },
  {
    article: `Banka brīdina par krāpniekiem
"Swedbank" klienti janvārī krāpniekiem pārskaitījuši 1,3 miljonus eiro, kas ir par 40 procentiem vairāk nekā pirms gada, piektdien paziņoja banka. Visbiežāk krāpnieki zvana, uzdodoties par policistiem. Bankas drošības vadītājs Jānis Ozoliņš aicina nekad nenosaukt Smart-ID kodus. "Īsts policists nekad neprasīs jūsu kodus," viņš uzsvēra. Lielākais zaudējums vienam klientam bija 86 000 eiro. Banka apturējusi 2140 aizdomīgus maksājumus.`,
    faithful: [
      `Janvārī "Swedbank" klienti krāpniekiem atdevuši 1,3 milj. eiro – par 40 % vairāk nekā pirms gada.`,
      `"Īsts policists nekad neprasīs jūsu kodus," atgādina Jānis Ozoliņš no Swedbank. Viens klients zaudēja 86 tūkstošus eiro.`,
      `Swedbank's customers lost €1.3 million to fraudsters in January, 40 percent more than a year ago. Never share your Smart-ID codes, says Jānis Ozoliņš.`,
      `Swedbank остановил 2140 подозрительных платежей. Мошенники звонят под видом полицейских, предупреждает Янис Озолиньш.`,
      `Lielākais zaudējums – 86 000 eiro. Neatklājiet Smart-ID kodus, brīdina banka!`,
    ],
    faulty: [
      `Janvārī "Swedbank" klienti krāpniekiem atdevuši ⟦13 miljonus⟧ eiro.`,
      `⟦Februārī⟧ "Swedbank" klienti krāpniekiem pārskaitījuši 1,3 miljonus eiro.`,
      `"Īsts policists nekad ⟦neprasīs jūsu paroli⟧," atgādina Jānis Ozoliņš.`,
      `⟦SEB⟧ klienti janvārī krāpniekiem pārskaitījuši 1,3 miljonus eiro.`,
      `Swedbank's customers lost €1.3 million, ⟦14 percent⟧ more than a year ago.`,
    ],
  },
  {
    article: `Ventspils ostā aug kravu apjoms
Ventspils ostā 2025. gadā pārkrauti 12,4 miljoni tonnu kravu, kas ir par 8,1 % vairāk nekā 2024. gadā. Ostas pārvaldnieks Andris Purmalis skaidroja, ka visvairāk pieauga graudu pārvadājumi – līdz 3,1 miljonam tonnu. Ostā strādā 640 cilvēki. Šogad plānots ieguldīt 22 miljonus eiro piestātņu remontā, no tiem 15 miljonus dos Eiropas Savienība. "Graudi ir mūsu nākotne," sacīja Purmalis.`,
    faithful: [
      `Ventspils osta pērn pārkrāvusi 12,4 miljonus tonnu kravu, par 8,1 procentu vairāk nekā gadu iepriekš.`,
      `"Graudi ir mūsu nākotne," saka ostas pārvaldnieks Andris Purmalis: graudu apjoms sasniedzis 3,1 milj. t.`,
      `The port of Ventspils handled 12.4 million tonnes in 2025, up 8.1%. Grain rose to 3.1 million tonnes, said Andris Purmalis.`,
      `В порту Вентспилса в 2025 году перевалили 12,4 млн тонн грузов. В ремонт причалов вложат 22 миллиона евро, из них 15 миллионов даст ЕС.`,
      `22 miljoni eiro piestātnēm, no tiem 15 miljoni no ES: Ventspilī gatavojas graudiem.`,
    ],
    faulty: [
      `Ventspils osta pārkrāvusi ⟦14,2 miljonus⟧ tonnu kravu.`,
      `⟦Liepājas⟧ ostā 2025. gadā pārkrauti 12,4 miljoni tonnu kravu.`,
      `The port of Ventspils handled 12.4 million tonnes, up ⟦1.8%⟧.`,
      `Ostas pārvaldnieks Andris ⟦Purviņš⟧ skaidroja, ka visvairāk pieauga graudu pārvadājumi.`,
      `В ремонт причалов вложат ⟦27 миллионов⟧ евро, из них 15 миллионов даст ЕС.`,
    ],
  },
];
