/** What a page says about itself rather than about the story, in lower case, by language. */
const PHRASES = `
click here|click the link|tap here|subscribe to|subscribe now|subscribe for|sign up for|sign up to|sign up now|our newsletter|use cookies|uses cookies|cookie policy
accept cookies|privacy policy|terms of use|terms of service|all rights reserved|follow us|like us on|share this|read more|read also|read the full|related:|watch video about
watch the video|advertisement|sponsored content|try our premium|download our app|enable javascript|this article originally|photo by|image credit|getty images|log in to|get clients
spied šeit|spiediet šeit|klikšķini|klikšķiniet|noklikšķini|abonē |abonējiet|pieraksties|pierakstieties jaunumiem|sīkdatnes|sīkdatņu|sīkfail|lasi vairāk|lasiet vairāk|lasi arī|lasiet arī
lasīt vairāk|seko mums|sekojiet mums|visas tiesības aizsargātas|dalies ar|dalīties ar rakstu|foto:|pārpublicēšana|reklāmas raksts
нажмите здесь|нажмите на|кликните|подпишитесь|подписывайтесь|подписаться на|читайте также|читать далее|смотрите также|использует cookie|файлы cookie|файлов cookie|куки
все права защищены|следите за нами|поделитесь|поделиться|фото:|при перепечатке|на правах рекламы|наш телеграм|наш telegram
hier klicken|klicken sie|newsletter abonnieren|jetzt abonnieren|abonnieren sie|cookies verwenden|verwendet cookies|datenschutzerklärung|alle rechte vorbehalten|folgen sie uns|lesen sie auch
mehr lesen|weiterlesen|anzeige:|foto:
spauskite čia|spustelėkite|prenumeruok|slapuk|skaityti daugiau|skaitykite taip pat|sekite mus|visos teisės saugomos|nuotr.
klõpsa|kliki siia|vajuta siia|telli uudiskiri|küpsise|loe ka|loe edasi|loe lähemalt|jälgi meid|kõik õigused kaitstud`
  .split(/[|\n]/u)
  .filter((phrase) => phrase !== '');

/** Whether a sentence asks for clicks, sign-ups or cookies, or is a credit line. */
export function isBoilerplate(sentence: string): boolean {
  const lower = sentence.toLowerCase();
  return PHRASES.some((phrase) => lower.includes(phrase));
}
