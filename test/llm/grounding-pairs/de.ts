import type { Story } from './pairs.ts';

export const german: readonly Story[] = [
  {
    article: `Hamburger Reederei bestellt neue Schiffe
Die Hamburger Reederei Nordstern hat bei einer Werft in Südkorea acht Containerschiffe bestellt. Der Auftrag hat einen Wert von 1,3 Milliarden Dollar, teilte Vorstandschefin Katrin Behrens am Donnerstag mit. Die Schiffe fahren mit Methanol und stoßen 65 Prozent weniger CO2 aus. Das erste soll am 3. April 2028 ausgeliefert werden. „Wir bauen für die nächsten dreißig Jahre“, sagte Behrens. Nordstern beschäftigt 2450 Menschen.`,
    faithful: [
      `Nordstern bestellt acht Containerschiffe in Südkorea für 1,3 Milliarden Dollar.`,
      `„Wir bauen für die nächsten dreißig Jahre“, sagt Katrin Behrens. Das erste Schiff kommt am 3. April 2028.`,
      `Hamburg shipping company Nordstern has ordered 8 container ships worth $1.3 billion in South Korea. They emit 65% less CO2.`,
      `Hamburgas kuģniecība "Nordstern" Dienvidkorejā pasūtījusi astoņus konteinerkuģus par 1,3 miljardiem dolāru.`,
      `Судоходная компания Nordstern из Гамбурга заказала восемь контейнеровозов за 1,3 млрд долларов, сообщила Катрин Беренс.`,
    ],
    faulty: [
      `Nordstern bestellt ⟦zwölf⟧ Containerschiffe in Südkorea.`,
      `Der Auftrag hat einen Wert von ⟦1,3 Milliarden Euro⟧.`,
      `Das erste Schiff soll am ⟦3. August 2028⟧ ausgeliefert werden.`,
      `Vorstandschefin Katrin ⟦Petersen⟧ teilte den Auftrag am Donnerstag mit.`,
      `Hamburg shipping company Nordstern has ordered 8 container ships in ⟦Japan⟧.`,
    ],
  },
  {
    article: `Bäckereien in München suchen Nachwuchs
In München bleiben 140 von 390 Ausbildungsplätzen im Bäckerhandwerk frei, meldet die Handwerkskammer. Obermeister Josef Huber fordert mehr Geld für Lehrlinge: Im ersten Jahr verdienen sie 1020 Euro im Monat. „Um drei Uhr aufstehen will kaum noch jemand“, sagt Huber. Die Zahl der Betriebe sank seit 2015 um 28 Prozent auf 163. Am 7. März findet in der Kammer ein Tag der offenen Tür statt, Beginn 10 Uhr.`,
    faithful: [
      `140 von 390 Ausbildungsplätzen in Münchens Bäckereien bleiben frei. „Um drei Uhr aufstehen will kaum noch jemand“, sagt Obermeister Josef Huber.`,
      `Nur noch 163 Bäckereien in München, 28 % weniger als 2015. Tag der offenen Tür: 7. März, 10 Uhr.`,
      `Munich's bakeries can't find apprentices: 140 of 390 places are empty, though first-year pay is €1,020 a month, says Josef Huber.`,
      `Minhenes maiznīcās brīvas 140 no 390 mācekļu vietām, ziņo Amatniecības kamera.`,
      `В Мюнхене свободны 140 из 390 мест для учеников пекаря. Число пекарен с 2015 года сократилось на 28 %, до 163.`,
    ],
    faulty: [
      `⟦150⟧ von 390 Ausbildungsplätzen in Münchens Bäckereien bleiben frei.`,
      `„Um ⟦vier⟧ Uhr aufstehen will kaum noch jemand“, sagt Obermeister Josef Huber.`,
      `Tag der offenen Tür: ⟦17. März⟧, 10 Uhr.`,
      `In ⟦Köln⟧ bleiben 140 von 390 Ausbildungsplätzen frei.`,
      `Число пекарен с ⟦2005⟧ года сократилось на 28 %.`,
    ],
  },
  {
    article: `Chiphersteller baut Werk in Dresden aus
Der Chiphersteller Silicora investiert 5,8 Milliarden Euro in Dresden und schafft 1600 Arbeitsplätze. Der Bund fördert das Projekt mit 920 Millionen Euro, sagte Wirtschaftsministerin Anke Rehfeld in Berlin. Baubeginn ist im Herbst 2026, produziert wird ab Mai 2029. Firmenchef Paul van Houten sprach vom „modernsten Werk Europas“. Die Aktie von Silicora legte um 7,2 Prozent zu.`,
    faithful: [
      `5,8 Milliarden Euro für Dresden: Silicora baut aus und schafft 1600 Arbeitsplätze.`,
      `Der Bund gibt 920 Mio. Euro dazu, so Wirtschaftsministerin Anke Rehfeld. Die Produktion beginnt im Mai 2029.`,
      `Chipmaker Silicora is investing €5.8bn in Dresden, creating 1,600 jobs. The shares rose 7.2 percent.`,
      `Mikroshēmu ražotājs "Silicora" Drēzdenē ieguldīs 5,8 miljardus eiro; ražošana sāksies 2029. gada maijā, paziņojis Pauls van Houtens.`,
      `Silicora вложит в Дрездене 5,8 млрд евро, из них 920 миллионов даст государство, сообщила Анке Рефельд.`,
    ],
    faulty: [
      `⟦8,5 Milliarden⟧ Euro für Dresden: Silicora baut aus.`,
      `Der Bund gibt ⟦920 Milliarden⟧ Euro dazu.`,
      `Chipmaker ⟦Infineon⟧ is investing €5.8bn in Dresden.`,
      `Die Aktie von Silicora legte um ⟦2,7 Prozent⟧ zu.`,
      `Silicora вложит 5,8 млрд евро в ⟦Лейпциге⟧.`,
    ],
  },
  {
    article: `Marathon in Berlin mit Streckenrekord
Die Äthiopierin Tigist Bekele hat den Berlin-Marathon in 2:14:55 Stunden gewonnen. Bei den Männern siegte Samuel Kiprotich aus Kenia. Am Sonntag gingen 47.900 Läufer aus 150 Ländern an den Start. Die Siegerin erhält 30.000 Euro Preisgeld. „Auf den letzten zwei Kilometern bin ich geflogen“, sagte Bekele. Bester Deutscher wurde Lukas Amend auf Platz neun.`,
    faithful: [
      `Tigist Bekele gewinnt den Berlin-Marathon in 2:14:55. Bester Deutscher: Lukas Amend auf Platz 9.`,
      `„Auf den letzten zwei Kilometern bin ich geflogen“, sagt die Siegerin, die 30 000 Euro erhält.`,
      `Ethiopia's Tigist Bekele won the Berlin marathon on Sunday; 47,900 runners from 150 countries took part.`,
      `Berlīnes maratonā uzvarēja Tigista Bekele un kenijietis Samuels Kiprotičs. Piedalījās 47 900 skrējēju.`,
      `Берлинский марафон выиграли Тигист Бекеле и Самуэль Кипротич из Кении.`,
    ],
    faulty: [
      `Am ⟦Samstag⟧ gingen 47.900 Läufer aus 150 Ländern an den Start.`,
      `Die Siegerin erhält ⟦40.000⟧ Euro Preisgeld.`,
      `Bester Deutscher wurde ⟦Felix⟧ Amend auf Platz neun.`,
      `Ethiopia's Tigist Bekele won the ⟦Frankfurt⟧ marathon on Sunday.`,
      `Берлинский марафон у мужчин выиграл Самуэль Кипротич из ⟦Уганды⟧.`,
    ],
  },
];
