/** What a page says about itself rather than about the story, in lower case, by language. */
const PHRASES = `
click here|click the link|tap here|subscribe to|subscribe now|subscribe for|sign up for|sign up to|sign up now
accept cookies|all rights reserved|follow us|follow me on|follow him on|follow her on|follow them on
follow the author|like us on|share this|share on|read more|read also|also read|see also|read the full|read our|continue reading|story continues|related:|related articles
watch video about|watch the video|watch:|sponsored content|sponsored by|try our premium|download our app|download the app|enable javascript|this article originally
this article was|this story was|this story has been|this article has been|originally published|first published|originally appeared|last updated|editor's note|editor’s note|correction:
photo by|photo:|photos:|photo credit|(photo|image credit|image:|image source|image caption|media caption|getty images|file photo|(ap photo|reuters/|shutterstock|photograph:|courtesy of
log in to|sign in to|sign in or|register to|get clients|contributed to this report|reporting by|editing by|writing by|is a reporter|is a freelance|is a writer|is a columnist
is a contributor|staff writer|join our|join the conversation|get the latest|your inbox|free trial|delivered to your|delivered through your|become a member|support our|donate to|make a donation|report a typo|contact us
email us|e-mail us|write to us at|on twitter at|on twitter:|tweet this|twitter.com|commission from|earn a commission|promo code|coupon code|scroll down|swipe|buy now
the views expressed|views of the author|opinions expressed|do not necessarily reflect|your email|©|about the author
comments below|in the comments|let us know|send us|tell us|stay tuned|listen to the podcast|our podcast|more on this story|you may also|recommended for you|powered by
spied šeit|spiediet šeit|klikšķini|klikšķiniet|noklikšķini|abonē |abonējiet|pieraksties|piesakies|piesakieties|pierakstieties jaunumiem|lasi vairāk|lasiet vairāk
lasi arī|lasiet arī|lasīt vairāk|lasi vēl|skaties arī|skatīt vairāk|seko mums|sekojiet mums|seko līdzi mums|visas tiesības aizsargātas|dalies ar|dalīties ar rakstu|foto:|pārpublicēšana|reklāmas raksts
attēls:|avots:|komentāros zem|raksti mums|rakstiet mums|publicitātes foto|lejupielādē lietotni
нажмите здесь|нажмите на|кликните|подпишитесь|подписывайтесь|подписаться на|читайте также|читать далее|читайте в|смотрите также
все права защищены|следите за нами|поделитесь|поделиться|фото:|при перепечатке|на правах рекламы|наш телеграм|наш telegram|наш канал|наш сайт|фото ©|источник:|автор:|наших новост
присоединяйтесь|скачайте приложение|пишите нам|оставьте комментарий|читайте нас
hier klicken|klicken sie|jetzt abonnieren|abonnieren sie|alle rechte vorbehalten|folgen sie uns|lesen sie auch|lesen sie mehr
mehr lesen|weiterlesen|mehr zum thema|anzeige:|foto:|bild:|quelle:|jetzt lesen|jetzt anmelden|melden sie sich|app herunterladen|schreiben sie uns|teilen sie
spauskite čia|spustelėkite|prenumeruok|skaityti daugiau|skaitykite taip pat|skaitykite daugiau|sekite mus|visos teisės saugomos|nuotr.|nuotrauk|dalinkitės|pasidalinkite|šaltinis:|rašykite mums
klõpsa|kliki siia|vajuta siia|telli uudiskiri|loe ka|loe edasi|loe lähemalt|loe rohkem|jälgi meid|kõik õigused kaitstud|foto:|allikas:|jaga artiklit|kirjuta meile|liitu meie`
  .split(/[|\n]/u)
  .filter((phrase) => phrase !== '');

/** What news may be about too: boilerplate in a short line, or where the page speaks of itself. */
const TOPICS = `
newsletter|cookies|cookie policy|privacy policy|terms of use|terms of service|terms and conditions|advertisement|notifications|copyright|affiliate
press release|browser|click on|leave a comment|sīkdatn|sīkfail|reklāma|jaunumu vēstul|autortiesīb|privātuma politik|cookie|куки|реклама|рассылк
политик конфиденциальности|datenschutzerklärung|slapuk|naujienlaišk|reklama|küpsise|uudiskirj|reklaam`
  .split(/[|\n]/u)
  .filter((phrase) => phrase !== '');
const SHORT = 70;
const OF_ITSELF =
  /(?<![\p{L}\p{M}])(?:our|your|we|us|this (?:web)?site|this website|this page|this article|mūsu|jūsu|tavu|šī vietne|šajā vietnē|наш\p{L}{0,3}|ваш\p{L}{0,3}|этот сайт|данный сайт|unser\p{L}{0,2}|diese (?:webs|s)eite|diese website|mūsų|jūsų|ši svetainė|meie|teie|see veebileht)(?![\p{L}\p{M}])/u;

const wordsOf = (phrases: readonly string[]) =>
  new RegExp(
    String.raw`(?<![\p{L}\p{M}])(?:${phrases.map((phrase) => phrase.replace(/[.*+?^$()[\]{}|\\]/gu, '\\$&')).join('|')})`,
    'u',
  );
const SAYS = wordsOf(PHRASES);
const SPEAKS_OF = wordsOf(TOPICS);
/** A list item, or the label of a caption. */
const LIST_ITEM = /^(?:[-–—•●▪■◆*·►▶➤>|]|\(?\d{1,2}[.)]\s)/u;
const CAPTION_LABEL =
  /^(?:photo|foto|фото|video|видео|image|picture|pictured|watch|listen|read|update|updated)\s?[:|]/iu;
const CREDIT =
  /[(/[]\s?(?:file )?(?:photos?|image|picture|foto|фото|bild|nuotr)\b[^)\]]{0,60}|photo credit|image credit|getty images|shutterstock|\(ap photo|\/reuters\b|publicitātes foto/iu;
/** An address, an account, a hashtag list. */
const ADDRESS =
  /(?:https?:\/\/|www\.|[\w.+-]+@[\w-]+\.\w|(?<![\p{L}\p{N}])@[\p{L}\p{N}_]{2,}|(?<![\p{L}\p{N}&])#[\p{L}\p{N}_]{2,})/iu;

/** Whether a sentence asks for clicks, sign-ups or cookies, is a credit line or a list item, or names an account or address. */
export function isBoilerplate(sentence: string): boolean {
  if (LIST_ITEM.test(sentence) || CAPTION_LABEL.test(sentence)) return true;
  const lower = sentence.toLowerCase();
  if (ADDRESS.test(sentence) || SAYS.test(lower)) return true;
  return SPEAKS_OF.test(lower) && (sentence.length <= SHORT || OF_ITSELF.test(lower));
}

/** Whether it credits a picture: the sentences of its paragraph are a caption then. */
export function isCredit(sentence: string): boolean {
  return CREDIT.test(sentence);
}
