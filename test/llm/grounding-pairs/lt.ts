import type { Story } from './pairs.ts';

export const lithuanian: readonly Story[] = [
  {
    article: `Kauno įmonė pardavė technologiją japonams
Kauno lazerių įmonė „Šviesos kryptis“ pardavė licenciją Japonijos bendrovei „Hamada“ už 9,4 mln. eurų. Sutartis pasirašyta 2026 m. vasario 18 d. Tokijuje. Įmonės vadovas Tomas Petrauskas sakė, kad pajamos šiemet augs 30 procentų. „Mūsų lazeriai veikia ten, kur kiti sustoja“, – teigė Petrauskas. Įmonėje dirba 86 darbuotojai, iš jų 24 mokslų daktarai.`,
    faithful: [
      `Kauno „Šviesos kryptis“ pardavė licenciją japonų „Hamada“ už 9,4 milijono eurų.`,
      `„Mūsų lazeriai veikia ten, kur kiti sustoja“, – sako Tomas Petrauskas. Sutartis pasirašyta vasario 18 d. Tokijuje.`,
      `Kaunas laser company Šviesos kryptis sold a licence to Japan's Hamada for €9.4 million. It employs 86 people, 24 of them with doctorates.`,
      `Kauņas uzņēmums pārdevis licenci Japānas "Hamada" par 9,4 miljoniem eiro. Līgums 18. februārī parakstīts Tokijā.`,
      `Каунасская лазерная компания продала лицензию японской Hamada за 9,4 млн евро, сообщил Томас Петраускас.`,
    ],
    faulty: [
      `Kauno „Šviesos kryptis“ pardavė licenciją už ⟦4,9 mln.⟧ eurų.`,
      `Sutartis pasirašyta ⟦vasario 28 d.⟧ Tokijuje.`,
      `Įmonės vadovas Tomas ⟦Kazlauskas⟧ sakė, kad pajamos šiemet augs.`,
      `Kaunas laser company sold a licence to ⟦China's⟧ Hamada for €9.4 million.`,
      `Каунасская лазерная компания продала лицензию за ⟦9,4 млн долларов⟧.`,
    ],
  },
  {
    article: `Vilniuje bus statomas stadionas
Vilniaus taryba antradienį pritarė stadiono statybai: jis kainuos 156 milijonus eurų ir turės 18 000 vietų. Meras Valdas Benkunskas sakė, kad darbai prasidės rugsėjį ir truks trejus metus. Už balsavo 38 tarybos nariai, prieš – 9. „Sostinė šito laukė trisdešimt metų“, – sakė Benkunskas. Statys bendrovė „Hanner“.`,
    faithful: [
      `Vilnius statys stadioną už 156 mln. eurų, jame bus 18 tūkst. vietų.`,
      `„Sostinė šito laukė trisdešimt metų“, – sako meras Valdas Benkunskas. Darbai prasidės rugsėjį.`,
      `Vilnius will build a stadium with 18,000 seats for 156 million euros, mayor Valdas Benkunskas said. Work starts in September.`,
      `Viļņā par 156 miljoniem eiro būvēs stadionu; par balsoja 38 domnieki, pret – deviņi.`,
      `В Вильнюсе построят стадион на 18 000 мест, работы продлятся три года, сказал мэр Валдас Бенкунскас.`,
    ],
    faulty: [
      `Vilnius statys stadioną už ⟦165 mln.⟧ eurų.`,
      `Darbai prasidės ⟦spalį⟧ ir truks trejus metus.`,
      `Stadioną statys bendrovė „⟦Eika⟧“.`,
      `⟦Kaunas⟧ will build a stadium with 18,000 seats for 156 million euros.`,
      `Viļņā par 156 miljoniem eiro būvēs stadionu; par balsoja ⟦48⟧ domnieki.`,
    ],
  },
  {
    article: `Klaipėdos uoste – rekordinis pusmetis
Per pirmąjį 2026 metų pusmetį Klaipėdos uoste perkrauta 19,7 mln. tonų krovinių, 11 proc. daugiau nei pernai. Uosto direktorius Algis Latakas teigė, kad labiausiai augo konteinerių krova – iki 610 tūkst. vienetų. Uostas gavo 44 mln. eurų pajamų. Rekordinis laivas „MSC Ingrid“ buvo 337 metrų ilgio. Liepos 12 d. uoste vyks atvirų durų diena.`,
    faithful: [
      `Klaipėdos uoste perkrauta 19,7 milijono tonų, 11 % daugiau nei pernai.`,
      `Uosto direktorius Algis Latakas: konteinerių krova pasiekė 610 000 vienetų. Atvirų durų diena – liepos 12 d.`,
      `The port of Klaipėda handled 19.7 million tonnes in half a year, 11 percent more. Its largest ship, MSC Ingrid, was 337 metres long.`,
      `Klaipēdas ostā pārkrauts 19,7 miljoni tonnu kravu, ieņēmumi – 44 miljoni eiro, stāsta Alģis Lataks.`,
      `Порт Клайпеды перевалил 19,7 млн тонн, контейнеров — 610 тыс. День открытых дверей — 12 июля.`,
    ],
    faulty: [
      `Klaipėdos uoste perkrauta ⟦17,9⟧ milijono tonų.`,
      `Uosto direktorius ⟦Vidas⟧ Latakas teigė, kad labiausiai augo konteinerių krova.`,
      `The port of Klaipėda handled 19.7 million tonnes, ⟦21 percent⟧ more.`,
      `Atvirų durų diena uoste – ⟦rugpjūčio 12 d.⟧`,
      `Порт ⟦Риги⟧ перевалил 19,7 млн тонн.`,
    ],
  },
  {
    article: `Startuolis siūlo nuomotis dviračius
Startuolis „Ratukas“ birželį Vilniuje paleis 800 elektrinių dviračių. Minutė kainuos 15 centų, diena – 9 eurus. Įkūrėja Ieva Stankutė pasakojo, kad investuota 2,1 mln. eurų, pusę sumos davė Estijos fondas „Tera“. „Dviratis turi būti arčiau nei automobilis“, – sako ji. Per penkerius metus „Ratukas“ nori pasiekti dvylika miestų.`,
    faithful: [
      `„Ratukas“ birželį Vilniuje paleis 800 elektrinių dviračių: minutė – 15 ct, diena – 9 eurai.`,
      `„Dviratis turi būti arčiau nei automobilis“, – sako Ieva Stankutė.`,
      `Vilnius gets 800 electric bikes in June from the startup Ratukas; a day costs €9. Half of the €2.1 million came from Estonia's Tera fund.`,
      `Jūnijā Viļņā būs 800 elektrisko velosipēdu, piecos gados "Ratukas" grib sasniegt 12 pilsētas, stāsta Ieva Stankute.`,
      `Стартап Ratukas запустит в Вильнюсе 800 электровелосипедов. Вложено 2,1 млн евро.`,
    ],
    faulty: [
      `„Ratukas“ birželį Vilniuje paleis ⟦900⟧ elektrinių dviračių.`,
      `„Ratukas“ ⟦gegužę⟧ Vilniuje paleis 800 elektrinių dviračių.`,
      `„Ratukas“: investuota ⟦1,2 mln.⟧ eurų.`,
      `Vilnius gets 800 electric bikes; half of the money came from ⟦Poland's⟧ Tera fund.`,
      `Piecos gados "Ratukas" grib sasniegt ⟦20⟧ pilsētas, stāsta Ieva Stankute.`,
    ],
  },
];
