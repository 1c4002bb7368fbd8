import type { Story } from './pairs.ts';

export const estonian: readonly Story[] = [
  {
    article: `Tartu ülikool avas uue labori
Tartu ülikool avas 5. märtsil 2026 akulabori, mis läks maksma 7,3 miljonit eurot. Labori juht Liis Kask ütles, et seal hakkab tööle 34 teadlast kuuest riigist. „Kahe aasta pärast on meil oma aku,“ lubas Kask. Pool rahast tuli Euroopa Liidult. Labori pindala on 1250 ruutmeetrit.`,
    faithful: [
      `Tartu ülikoolil on uus akulabor: 7,3 mln eurot, 34 teadlast.`,
      `„Kahe aasta pärast on meil oma aku,“ ütleb labori juht Liis Kask. Labor avati 5. märtsil.`,
      `The University of Tartu opened a battery lab for €7.3 million on March 5. It will employ 34 scientists from six countries, says Liis Kask.`,
      `Tartu Universitāte atklājusi akumulatoru laboratoriju, kas izmaksāja 7,3 miljonus eiro. Pusi naudas deva Eiropas Savienība.`,
      `Тартуский университет открыл лабораторию за 7,3 млн евро, рассказала Лийс Каск. Её площадь 1250 квадратных метров.`,
    ],
    faulty: [
      `Tartu ülikoolil on uus akulabor: ⟦3,7 mln⟧ eurot, 34 teadlast.`,
      `„Kahe aasta pärast on meil ⟦oma tehas⟧,“ ütleb labori juht Liis Kask.`,
      `The University of Tartu opened a battery lab on ⟦April 5⟧.`,
      `Labori juht Liis ⟦Tamm⟧ ütles, et seal hakkab tööle 34 teadlast.`,
      `⟦Таллинский⟧ университет открыл лабораторию за 7,3 млн евро.`,
    ],
  },
  {
    article: `Tallinn ostab sada elektribussi
Tallinn ostab Poola tootjalt Solaris 100 elektribussi, hind on 52 miljonit eurot. Linnapea Jevgeni Ossinovski sõnul jõuavad esimesed bussid linna oktoobris. Praegu on linnas 23 elektribussi. „Diisel kaob tänavatelt viie aastaga,“ ütles Ossinovski esmaspäeval. Uus depoo ehitatakse Lasnamäele.`,
    faithful: [
      `Tallinn ostab Solariselt 100 elektribussi 52 miljoni euro eest.`,
      `„Diisel kaob tänavatelt viie aastaga,“ ütleb linnapea Jevgeni Ossinovski. Esimesed bussid jõuavad kohale oktoobris.`,
      `Tallinn is buying a hundred electric buses from Poland's Solaris for €52 million. The first arrive in October, mayor Jevgeni Ossinovski said.`,
      `Tallina par 52 miljoniem eiro no Polijas "Solaris" pirks 100 elektroautobusus.`,
      `Таллин купит сто электробусов у польской Solaris за 52 млн евро, сказал мэр Евгений Осиновский в понедельник.`,
    ],
    faulty: [
      `Tallinn ostab Solariselt 100 elektribussi ⟦25 miljoni⟧ euro eest.`,
      `Tallinn ostab ⟦Volvolt⟧ 100 elektribussi.`,
      `Linnapea sõnul jõuavad esimesed bussid linna ⟦novembris⟧.`,
      `Tallinn is buying a hundred electric buses from ⟦Germany's⟧ Solaris.`,
      `⟦Тарту⟧ купит сто электробусов за 52 млн евро.`,
    ],
  },
  {
    article: `Saaremaa juustutootja laieneb Soome
Saaremaa meierei „Saare Juust“ avab aprillis Helsingis kaupluse ja loodab müüa seal 400 tonni juustu aastas. Eelmise aasta käive oli 14,8 miljonit eurot, kasv 9 protsenti. Omanik Peeter Mets ütles, et Soomes armastatakse soolast juustu. „Soomlane ei küsi hinda, ta küsib maitset,“ rääkis Mets. Ettevõttes töötab 112 inimest.`,
    faithful: [
      `„Saare Juust“ avab aprillis Helsingis kaupluse ja loodab müüa 400 tonni aastas.`,
      `Käive 14,8 mln eurot, kasv 9%: Saaremaa meierei läheb Soome.`,
      `Estonian dairy Saare Juust opens a shop in Helsinki in April and employs 112 people, says owner Peeter Mets.`,
      `Sāremā piensaimnieks Pēters Metss aprīlī atvērs veikalu Helsinkos; apgrozījums pērn bija 14,8 miljoni eiro.`,
      `Эстонская Saare Juust откроет магазин в Хельсинки и хочет продавать 400 тонн сыра в год.`,
    ],
    faulty: [
      `„Saare Juust“ avab ⟦juunis⟧ Helsingis kaupluse.`,
      `Käive 14,8 mln eurot, kasv ⟦19%⟧: Saaremaa meierei läheb Soome.`,
      `„Saare Juust“ avab aprillis kaupluse ⟦Stockholmis⟧.`,
      `Omanik ⟦Toomas⟧ Mets ütles, et Soomes armastatakse soolast juustu.`,
      `Эстонская Saare Juust хочет продавать ⟦40 тонн⟧ сыра в год.`,
    ],
  },
  {
    article: `Pangakaardiga pettus kasvas
Politsei teatel kaotasid eestlased mais petturitele 2,6 miljonit eurot, kokku esitati 317 avaldust. Keskkriminaalpolitsei juht Leho Laur hoiatas uute kõnede eest. Suurim kahju oli 190 000 eurot. „Pank ei küsi kunagi PIN-koode,“ rõhutas Laur. Kõned tulid peamiselt Lätist ja Ukrainast.`,
    faithful: [
      `Mais kaotasid eestlased petturitele 2,6 mln eurot, avaldusi oli 317.`,
      `„Pank ei küsi kunagi PIN-koode,“ ütleb Leho Laur.`,
      `Estonians lost 2.6 million euros to fraud in May; the largest loss was 190,000 euros, police chief Leho Laur warned.`,
      `Igaunijas policija: maijā krāpnieki izkrāpuši 2,6 miljonus eiro. Zvani nāk no Latvijas un Ukrainas.`,
      `В мае мошенники выманили у жителей Эстонии 2,6 млн евро, самая большая потеря — 190 тысяч евро.`,
    ],
    faulty: [
      `Mais kaotasid eestlased petturitele 2,6 mln eurot, avaldusi oli ⟦371⟧.`,
      `⟦Aprillis⟧ kaotasid eestlased petturitele 2,6 miljonit eurot.`,
      `Kõned tulid peamiselt Lätist ja ⟦Venemaalt⟧.`,
      `The largest loss was ⟦$190,000⟧, Leho Laur warned.`,
      `Policijas vadītājs ⟦Rihards⟧ Laurs brīdina par zvaniem.`,
    ],
  },
];
