/** What the public pages say, in one language. */
export interface PublicWords {
  form: {
    title: string;
    /** `{brand}` */
    intro: string;
    about: string;
    name: string;
    email: string;
    phone: string;
    message: string;
    optional: string;
    required: string;
    send: string;
    /** Says who answers for the data: `{controller}`. */
    controller: string;
    /** `{contact}` */
    contact: string;
    privacy: string;
    faultsTitle: string;
    faults: Record<string, string>;
    thanksTitle: string;
    /** `{brand}` */
    thanks: string;
    /** How to take it back: `{contact}`. */
    withdraw: string;
    tooLarge: string;
  };
  provenance: {
    title: string;
    intro: string;
    notPublished: string;
    brand: string;
    source: string;
    sourceBy: string;
    written: string;
    writer: string;
    writerModel: string;
    writerOffline: string;
    writerPerson: string;
    reviewed: string;
    reviewedAuto: string;
    reviewedPerson: string;
    reviewedNobody: string;
    published: string;
    correction: string;
    /** `{contact}` */
    correctionText: string;
    claims: string;
    labelTitle: string;
    labelText: string;
  };
}

const ENGLISH: PublicWords = {
  form: {
    title: 'Write to {brand}',
    intro: 'Leave your details and {brand} will get back to you about this topic.',
    about: 'About the article',
    name: 'Name',
    email: 'E-mail',
    phone: 'Phone',
    message: 'What would you like to know?',
    optional: 'optional',
    required: 'required',
    send: 'Send',
    controller: '{controller} is responsible for your data and uses it only for this purpose.',
    contact: 'Contact: {contact}.',
    privacy: 'Privacy notice',
    faultsTitle: 'Not sent yet. Please look at:',
    faults: {
      'email missing': 'Please give an e-mail address so that you can be answered.',
      'email not-valid': 'This does not look like an e-mail address.',
      'phone not-valid': 'This does not look like a phone number. Use digits, and + for a country code.',
      'name too-long': 'This name is too long (200 characters at most).',
      'message too-long': 'This message is too long (4000 characters at most).',
      'agreed not-agreed': 'Without your agreement nobody may contact you. Tick the box if you agree.',
      'agreed wording-changed':
        'The wording has changed since you opened the page. Please read it and tick the box again.',
    },
    thanksTitle: 'Thank you',
    thanks: '{brand} has your message and will contact you.',
    withdraw: 'Changed your mind? Write to {contact} and your data will be deleted.',
    tooLarge: 'This is too long to be sent. Please shorten your message.',
  },
  provenance: {
    title: 'Where this post comes from',
    intro: 'Every post has a page like this, so that anybody can check it.',
    notPublished: 'This post is not published.',
    brand: 'Published for',
    source: 'Made from the article',
    sourceBy: 'by',
    written: 'Written',
    writer: 'Writer',
    writerModel: 'an AI model: {writer}',
    writerOffline: 'a program without AI that only takes sentences from the article',
    writerPerson: 'a person',
    reviewed: 'Reviewed',
    reviewedAuto: 'automatically: every number, quotation and link was compared with the article',
    reviewedPerson: 'by a person before publication',
    reviewedNobody: 'not yet',
    published: 'Published',
    correction: 'Something wrong?',
    correctionText: 'Write to {contact}. Mistakes are corrected or the post is removed.',
    claims: 'What it says, and where the article says it',
    labelTitle: 'What the label in the post means',
    labelText:
      'A label with “AI” says that a language model wrote the text from the article named here. “Automatic excerpt” says that a program chose sentences of the article and changed nothing in them.',
  },
};

const LATVIAN: PublicWords = {
  form: {
    title: 'Uzdodiet savu jautājumu',
    intro: 'Atstājiet savu kontaktinformāciju, un {brand} ar jums sazināsies par šo tēmu.',
    about: 'Par rakstu',
    name: 'Vārds',
    email: 'E-pasts',
    phone: 'Tālrunis',
    message: 'Ko jūs vēlētos uzzināt?',
    optional: 'nav obligāti',
    required: 'obligāti',
    send: 'Nosūtīt',
    controller: 'Par jūsu datiem atbild {controller} un izmanto tos tikai šim nolūkam.',
    contact: 'Saziņa: {contact}.',
    privacy: 'Paziņojums par privātumu',
    faultsTitle: 'Vēl nav nosūtīts. Lūdzu, pārbaudiet:',
    faults: {
      'email missing': 'Lūdzu, norādiet e-pasta adresi, lai jums varētu atbildēt.',
      'email not-valid': 'Tā neizskatās pēc e-pasta adreses.',
      'phone not-valid': 'Tas neizskatās pēc tālruņa numura. Izmantojiet ciparus un + valsts koda priekšā.',
      'name too-long': 'Vārds ir pārāk garš (ne vairāk kā 200 rakstzīmju).',
      'message too-long': 'Ziņa ir pārāk gara (ne vairāk kā 4000 rakstzīmju).',
      'agreed not-agreed': 'Bez jūsu piekrišanas ar jums neviens nedrīkst sazināties. Ja piekrītat, atzīmējiet rūtiņu.',
      'agreed wording-changed':
        'Kopš lapas atvēršanas teksts ir mainījies. Lūdzu, izlasiet to un atzīmējiet rūtiņu vēlreiz.',
    },
    thanksTitle: 'Paldies',
    thanks: 'Jūsu ziņa ir saņemta, un {brand} ar jums sazināsies.',
    withdraw: 'Pārdomājāt? Rakstiet uz {contact}, un jūsu dati tiks dzēsti.',
    tooLarge: 'Teksts ir pārāk garš, lai to nosūtītu. Lūdzu, saīsiniet ziņu.',
  },
  provenance: {
    title: 'No kurienes nāk šis ieraksts',
    intro: 'Katram ierakstam ir šāda lapa, lai ikviens to varētu pārbaudīt.',
    notPublished: 'Šis ieraksts nav publicēts.',
    brand: 'Kā vārdā publicēts',
    source: 'Tapis no raksta',
    sourceBy: 'autors',
    written: 'Uzrakstīts',
    writer: 'Rakstītājs',
    writerModel: 'mākslīgā intelekta (AI) modelis: {writer}',
    writerOffline: 'programma bez mākslīgā intelekta, kas tikai atlasa raksta teikumus',
    writerPerson: 'cilvēks',
    reviewed: 'Pārbaudīts',
    reviewedAuto: 'automātiski: katrs skaitlis, citāts un saite salīdzināti ar rakstu',
    reviewedPerson: 'pirms publicēšanas to izlasīja cilvēks',
    reviewedNobody: 'vēl nav',
    published: 'Publicēts',
    correction: 'Kaut kas nav pareizi?',
    correctionText: 'Rakstiet uz {contact}. Kļūdas tiek izlabotas vai ieraksts tiek dzēsts.',
    claims: 'Ko ieraksts apgalvo un kur tas teikts rakstā',
    labelTitle: 'Ko nozīmē norāde ierakstā',
    labelText:
      'Norāde ar “MI (AI)” nozīmē, ka tekstu no šeit nosauktā raksta ir rakstījis valodas modelis. “Automātisks izvilkums” nozīmē, ka programma ir izvēlējusies raksta teikumus un neko tajos nav mainījusi.',
  },
};

const RUSSIAN: PublicWords = {
  form: {
    title: 'Задайте свой вопрос',
    intro: 'Оставьте свои контакты, и {brand} ответит вам по этой теме.',
    about: 'О статье',
    name: 'Имя',
    email: 'Эл. почта',
    phone: 'Телефон',
    message: 'Что вы хотели бы узнать?',
    optional: 'необязательно',
    required: 'обязательно',
    send: 'Отправить',
    controller: 'За ваши данные отвечает {controller}; они используются только для этой цели.',
    contact: 'Контакт: {contact}.',
    privacy: 'Политика конфиденциальности',
    faultsTitle: 'Ещё не отправлено. Пожалуйста, проверьте:',
    faults: {
      'email missing': 'Пожалуйста, укажите адрес эл. почты, чтобы вам могли ответить.',
      'email not-valid': 'Это не похоже на адрес эл. почты.',
      'phone not-valid': 'Это не похоже на номер телефона. Используйте цифры и + перед кодом страны.',
      'name too-long': 'Имя слишком длинное (не больше 200 знаков).',
      'message too-long': 'Сообщение слишком длинное (не больше 4000 знаков).',
      'agreed not-agreed': 'Без вашего согласия никто не вправе с вами связаться. Если вы согласны, отметьте поле.',
      'agreed wording-changed':
        'С тех пор как вы открыли страницу, текст изменился. Прочитайте его и отметьте поле ещё раз.',
    },
    thanksTitle: 'Спасибо',
    thanks: 'Ваше сообщение получено, {brand} с вами свяжется.',
    withdraw: 'Передумали? Напишите на {contact}, и ваши данные удалят.',
    tooLarge: 'Текст слишком длинный, его нельзя отправить. Пожалуйста, сократите сообщение.',
  },
  provenance: {
    title: 'Откуда взялась эта публикация',
    intro: 'У каждой публикации есть такая страница, чтобы её мог проверить любой.',
    notPublished: 'Эта публикация ещё не вышла.',
    brand: 'От чьего имени',
    source: 'Сделано по статье',
    sourceBy: 'автор',
    written: 'Написано',
    writer: 'Кто писал',
    writerModel: 'модель искусственного интеллекта (AI): {writer}',
    writerOffline: 'программа без искусственного интеллекта, которая только выбирает предложения статьи',
    writerPerson: 'человек',
    reviewed: 'Проверка',
    reviewedAuto: 'автоматическая: каждое число, цитата и ссылка сверены со статьёй',
    reviewedPerson: 'до публикации текст прочитал человек',
    reviewedNobody: 'ещё не было',
    published: 'Опубликовано',
    correction: 'Нашли ошибку?',
    correctionText: 'Напишите на {contact}. Ошибку исправят или публикацию удалят.',
    claims: 'Что здесь утверждается и где об этом сказано в статье',
    labelTitle: 'Что значит пометка в публикации',
    labelText:
      'Пометка «ИИ (AI)» значит, что текст по названной здесь статье написала языковая модель. «Автоматическая выдержка» значит, что программа выбрала предложения статьи и ничего в них не меняла.',
  },
};

const WORDS: Record<string, PublicWords> = { en: ENGLISH, lv: LATVIAN, ru: RUSSIAN };

/** The words for a reader of `language` and the language they are in; English where Crier doesn't speak it. */
export function publicWords(language: string): { words: PublicWords; spoken: string } {
  const words = WORDS[language];
  return words ? { words, spoken: language } : { words: ENGLISH, spoken: 'en' };
}

/** `{name}` in `template` replaced by what `values` has for it. */
export function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/gu, (whole, name: string) => values[name] ?? whole);
}
