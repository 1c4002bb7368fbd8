/** What the bot says to readers, by language. */
export interface LeadWords {
  greeting(brand: string): string;
  greetingAbout(brand: string, title: string): string;
  agree: string;
  decline: string;
  need: string;
  declined: string;
  thanks(brand: string): string;
  /** `controller` with how to reach them, where that is set. */
  privacy(controller: string): string;
  forgotten: string;
  commands: string;
}

const WORDS: Record<'en' | 'lv' | 'ru', LeadWords> = {
  en: {
    greeting: (brand) =>
      `Hello! I am an automated assistant (a bot, not a person) and speak for ${brand}. May ${brand} get in touch with you?`,
    greetingAbout: (brand, title) =>
      `Hello! I am an automated assistant (a bot, not a person) and speak for ${brand}. You came from “${title}”. May ${brand} get in touch with you about it?`,
    agree: 'Yes, I agree',
    decline: 'No, thank you',
    need: 'Thank you! What would you like to know or do? One or two sentences help a person of the team to answer you well.',
    declined: 'All right. I have stored nothing about you. You can come back any time with /start.',
    thanks: (brand) => `Thank you, I have passed it on. A person from ${brand} will write to you here.`,
    privacy: (controller) =>
      `${controller} is responsible for your data. Kept are your name, your account and what you write here, only to answer you.`,
    forgotten: 'Everything about you has been deleted.',
    commands: '/privacy – who keeps what; /forget – delete everything about me',
  },
  lv: {
    greeting: (brand) =>
      `Labdien! Es esmu automātisks palīgs (bots, nevis cilvēks) un runāju ${brand} vārdā. Vai ${brand} drīkst ar jums sazināties?`,
    greetingAbout: (brand, title) =>
      `Labdien! Es esmu automātisks palīgs (bots, nevis cilvēks) un runāju ${brand} vārdā. Jūs atnācāt no raksta “${title}”. Vai ${brand} drīkst ar jums par to sazināties?`,
    agree: 'Jā, piekrītu',
    decline: 'Nē, paldies',
    need: 'Paldies! Ko jūs vēlētos uzzināt vai izdarīt? Viens vai divi teikumi palīdzēs komandai jums labi atbildēt.',
    declined: 'Labi. Par jums neko neesmu saglabājis. Vienmēr varat atgriezties ar /start.',
    thanks: (brand) => `Paldies, nodevu tālāk. Cilvēks no ${brand} jums šeit uzrakstīs.`,
    privacy: (controller) =>
      `Par jūsu datiem atbild ${controller}. Tiek glabāts jūsu vārds, konts un tas, ko šeit rakstāt, – tikai lai jums atbildētu.`,
    forgotten: 'Viss par jums ir dzēsts.',
    commands: '/privacy – kas un ko glabā; /forget – dzēst visu par mani',
  },
  ru: {
    greeting: (brand) =>
      `Здравствуйте! Я автоматический помощник (бот, а не человек) и говорю от имени ${brand}. Можно ли ${brand} связаться с вами?`,
    greetingAbout: (brand, title) =>
      `Здравствуйте! Я автоматический помощник (бот, а не человек) и говорю от имени ${brand}. Вы пришли из статьи «${title}». Можно ли ${brand} связаться с вами по этой теме?`,
    agree: 'Да, согласен(на)',
    decline: 'Нет, спасибо',
    need: 'Спасибо! Что вы хотели бы узнать или сделать? Одно-два предложения помогут команде хорошо вам ответить.',
    declined: 'Хорошо. О вас ничего не сохранено. Вы всегда можете вернуться: /start.',
    thanks: (brand) => `Спасибо, я передал. Человек из ${brand} напишет вам здесь.`,
    privacy: (controller) =>
      `За ваши данные отвечает ${controller}. Хранятся ваше имя, аккаунт и то, что вы здесь пишете, – только чтобы вам ответить.`,
    forgotten: 'Всё о вас удалено.',
    commands: '/privacy – кто и что хранит; /forget – удалить всё обо мне',
  },
};

/** The bot's words in `language`; English where it doesn't speak it. */
export function leadWords(language: string): LeadWords {
  return language in WORDS ? WORDS[language as keyof typeof WORDS] : WORDS.en;
}
