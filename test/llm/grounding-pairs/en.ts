import type { Story } from './pairs.ts';

export const english: readonly Story[] = [
  {
    article: `Nordic Timber to close its Liepāja sawmill
Finnish forestry group Nordic Timber will close its sawmill in Liepāja on 30 June 2026, cutting 214 jobs, the company said on Tuesday. The mill, opened in 1998, lost €3.4 million last year as log prices rose 18 percent. "We looked at every alternative before taking this step," said chief executive Mikael Lindqvist. About 40 workers will be offered positions at the group's plant in Kuldīga, some 95 kilometres away. Production of 120,000 cubic metres a year will move to Kotka, Finland.`,
    faithful: [
      `Nordic Timber shuts its Liepāja mill at the end of June: 214 people lose their jobs after a loss of 3.4 million euros.`,
      `“We looked at every alternative before taking this step,” says CEO Mikael Lindqvist as Nordic Timber closes the Liepāja sawmill on June 30.`,
      `"Nordic Timber" 30. jūnijā slēgs kokzāģētavu Liepājā, darbu zaudēs 214 cilvēki. Pērn rūpnīca strādāja ar 3,4 miljonu eiro zaudējumiem, stāsta vadītājs Mikaels Lindkvists.`,
      `Финская компания Nordic Timber 30 июня 2026 года закроет лесопилку в Лиепае. Работу потеряют 214 человек, около 40 из них предложат места в Кулдиге.`,
      `Log prices are up 18%, and a mill that opened in 1998 pays the price. Output of 120 000 m³ a year moves from Liepāja to Kotka.`,
    ],
    faulty: [
      `Nordic Timber shuts its Liepāja mill: ⟦241⟧ people lose their jobs after a loss of 3.4 million euros.`,
      `Nordic Timber will close its sawmill in ⟦Ventspils⟧ on 30 June 2026.`,
      `"Nordic Timber" slēgs kokzāģētavu Liepājā ⟦30. jūlijā⟧, darbu zaudēs 214 cilvēki.`,
      `Лесопилка в Лиепае потеряла за год ⟦3,4 миллиона долларов⟧, цены на брёвна выросли на 18 %.`,
      `“We ⟦considered every option⟧ before taking this step,” says Mikael Lindqvist.`,
    ],
  },
  {
    article: `City council approves new tram line
The Manchester city council voted 54 to 31 on Wednesday to build a tram line between Piccadilly and Salford. Construction is to start in March 2027 and will cost £412 million, of which the government pays a third. Councillor Priya Sharma, who led the campaign, called it "the biggest change to our streets in a generation". The 11.5-kilometre line will have 17 stops and carry 38,000 passengers a day. Opponents led by Tom Hargreaves said they would appeal to the High Court.`,
    faithful: [
      `54 votes to 31: Manchester gets a new tram line with seventeen stops. Work starts in March 2027.`,
      `A £412m tram will link Piccadilly and Salford and carry 38,000 passengers daily, Manchester's council decided.`,
      `Mančestra būvēs jaunu tramvaja līniju: 11,5 kilometri, 17 pieturas un 412 miljoni mārciņu. Būvdarbi sāksies 2027. gada martā.`,
      `Манчестер построит трамвайную линию длиной 11,5 км за 412 млн фунтов стерлингов. Треть суммы заплатит правительство, сообщила Прия Шарма.`,
      `"The biggest change to our streets in a generation": Priya Sharma on the tram to Salford. Tom Hargreaves and other opponents plan an appeal.`,
    ],
    faulty: [
      `⟦45⟧ votes to 31: Manchester gets a new tram line.`,
      `A ⟦€412m⟧ tram will link Piccadilly and Salford, Manchester's council decided.`,
      `Mančestra būvēs jaunu tramvaja līniju ar 17 pieturām. Būvdarbi sāksies ⟦2027. gada maijā⟧.`,
      `The line between Piccadilly and ⟦Stockport⟧ will carry 38,000 passengers a day.`,
      `Councillor Priya ⟦Patel⟧, who led the campaign, called it "the biggest change to our streets in a generation".`,
    ],
  },
  {
    article: `Startup raises money for cheaper batteries
VoltaCell, a battery startup based in Austin, Texas, has raised $27.5 million in a Series B round led by Greenfield Ventures. The company, founded in 2019 by Hannah Cole and Rajesh Iyer, plans to triple its staff of 60 by the end of 2027. Its sodium cells cost 35% less than lithium ones, according to Cole. "Nobody believed sodium would be ready this soon," she said. First deliveries to the truck maker Kestrel Motors are due in the third quarter. More at voltacell.example/news.`,
    faithful: [
      `VoltaCell has raised 27.5 million US dollars in a round led by Greenfield Ventures.`,
      `Sodium instead of lithium: cells that cost 35 percent less, first deliveries in Q3 to Kestrel Motors. “Nobody believed sodium would be ready this soon,” says Hannah Cole.`,
      `ASV jaunuzņēmums VoltaCell piesaistījis 27,5 miljonus dolāru. Uzņēmumu 2019. gadā dibināja Hanna Koula un Radžešs Ajers.`,
      `Стартап VoltaCell из Остина привлёк 27,5 млн долларов. Его натриевые элементы на 35 % дешевле литиевых.`,
      `From 60 people to three times as many by the end of 2027: VoltaCell of Austin has big plans. Details: voltacell.example/news`,
    ],
    faulty: [
      `VoltaCell has raised ⟦25.7 million⟧ US dollars in a round led by Greenfield Ventures.`,
      `VoltaCell raised $27.5 million in a round led by ⟦Northgate⟧ Ventures.`,
      `ASV jaunuzņēmums VoltaCell, kas dibināts ⟦2018⟧. gadā, piesaistījis 27,5 miljonus dolāru.`,
      `Натриевые элементы VoltaCell на ⟦53 %⟧ дешевле литиевых.`,
      `Sodium cells that cost 35% less. Details: ⟦voltacell.example.org/invest⟧`,
    ],
  },
  {
    article: `Flood warning for three counties
The Met Office issued a red flood warning for Devon, Cornwall and Somerset on Friday after 92 millimetres of rain fell in 24 hours. The River Exe is expected to peak at 4.7 metres at about 3 a.m. on Saturday. Some 1,350 homes in Exeter have been evacuated, emergency coordinator Liam O'Connor said. "Do not drive through flood water, turn around," he told reporters. Trains between Plymouth and Taunton are cancelled until Monday.`,
    faithful: [
      `Red flood warning for Devon, Cornwall and Somerset: 1350 homes in Exeter evacuated, says coordinator Liam O'Connor.`,
      `The River Exe may peak at 4.7 m around 03:00 on Saturday. "Do not drive through flood water, turn around."`,
      `24 stundās nolija 92 milimetri lietus: Devonā, Kornvolā un Somersetā izsludināts sarkanais plūdu brīdinājums. Ekseterā evakuētas 1350 mājas.`,
      `Поезда между Плимутом и Тонтоном отменены до понедельника, из-за наводнения эвакуированы 1350 домов в Эксетере.`,
      `No trains between Plymouth and Taunton until Monday. In a day, 92 mm of rain came down.`,
    ],
    faulty: [
      `Red flood warning for Devon, Cornwall and ⟦Dorset⟧: 1350 homes evacuated.`,
      `The River Exe may peak at ⟦7.4 metres⟧ around 3 a.m. on Saturday.`,
      `The River Exe is expected to peak at about ⟦5 a.m.⟧ on Saturday.`,
      `No trains between Plymouth and Taunton until ⟦Thursday⟧.`,
      `Из-за наводнения эвакуированы ⟦1530⟧ домов в Эксетере.`,
    ],
  },
  {
    article: `Study: short walks after meals lower blood sugar
A ten-minute walk after lunch lowers blood sugar by 22 percent on average, according to a study by Leeds University published in the journal Metabolism on 9 February 2026. The researchers followed 1,268 volunteers aged 35 to 70 for eighteen months. Lead author Dr. Emily Watson said the effect was strongest in people over 60. "You don't need a gym, you need a pavement," Watson said. The study cost £1.9 million and was paid for by the Wellcome Trust.`,
    faithful: [
      `Ten minutes are enough: a walk after lunch lowers blood sugar by 22%, Leeds University found.`,
      `1,268 volunteers, 18 months, one result: walk after your lunch. “You don't need a gym, you need a pavement,” says Dr Emily Watson.`,
      `Desmit minūšu pastaiga pēc pusdienām samazina cukura līmeni asinīs par 22 procentiem, secinājuši Līdsas Universitātes pētnieki Emīlijas Votsones vadībā.`,
      `Исследование Лидского университета: 10 минут ходьбы после обеда снижают сахар в крови на 22 %. В нём участвовали 1268 человек от 35 до 70 лет.`,
      `The effect is strongest in people over sixty, says the study of 9 February, funded by the Wellcome Trust with £1.9m.`,
    ],
    faulty: [
      `A walk after lunch lowers blood sugar by ⟦32%⟧, Leeds University found.`,
      `Lead author Dr. ⟦Olivia⟧ Watson said the effect was strongest in people over 60.`,
      `The researchers followed 1,268 volunteers for ⟦twenty-eight months⟧.`,
      `Desmit minūšu pastaiga samazina cukura līmeni asinīs par 22 procentiem, liecina ⟦19. februārī⟧ publicētais pētījums.`,
      `“You ⟦don't need a trainer⟧, you need a pavement,” says Emily Watson.`,
    ],
  },
  {
    article: `Harbour Foods buys Danish bakery chain
Harbour Foods, Britain's second-largest bakery group, is buying the Danish chain Kornhuset for 1.2 billion kroner (£138 million). Kornhuset runs 86 shops in Denmark and 14 in Sweden and employs 1,900 people. The deal must be approved by the European Commission and should close in the first half of 2027. Harbour's chairman, Sir Colin Drake, said Kornhuset's chief executive Mette Sørensen would stay for at least two years. Harbour's shares rose 4.6% in London.`,
    faithful: [
      `Harbour Foods is buying Kornhuset of Denmark for £138 million.`,
      `1.2 billion Danish kroner for the shops: 86 in Denmark and 14 in Sweden. Kornhuset goes to Harbour Foods.`,
      `"Harbour Foods" par 1,2 miljardiem kronu pērk dāņu maiznīcu ķēdi "Kornhuset" ar 1900 darbiniekiem. Darījums jāapstiprina Eiropas Komisijai.`,
      `Британская Harbour Foods покупает датскую сеть Kornhuset, у которой 86 магазинов в Дании и 14 в Швеции. Акции в Лондоне выросли на 4,6 процента.`,
      `Mette Sørensen stays at Kornhuset for at least two years, says Harbour's chairman Sir Colin Drake. The shares gained 4.6 percent.`,
    ],
    faulty: [
      `Harbour Foods is buying Kornhuset for ⟦€138 million⟧.`,
      `Kornhuset runs ⟦68⟧ shops in Denmark and 14 in Sweden.`,
      `Harbour's chairman, Sir Colin ⟦Blake⟧, said the chief executive would stay.`,
      `"Harbour Foods" par ⟦1,2 miljoniem⟧ kronu pērk dāņu maiznīcu ķēdi "Kornhuset".`,
      `Kornhuset runs 86 shops in Denmark and 14 in ⟦Norway⟧.`,
    ],
  },
];
