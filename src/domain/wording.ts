import { createHash } from 'node:crypto';

/** Words that Crier itself puts into posts, by language of the post. */
export interface PostWords {
  /** Names the link to the article. */
  readMore: string;
  /** Says that a model wrote the text; "AI" stands in it in every language (the AI Act's main sign). */
  aiWritten: string;
  /** Says that the text is cut from the article by a program without a model. */
  excerpt: string;
  /** Invites to the lead form where the brand has no words of its own. */
  answer: string;
}

const ENGLISH: PostWords = {
  readMore: 'Read more',
  aiWritten: 'Written by AI',
  excerpt: 'Automatic excerpt',
  answer: 'Questions? Write to us',
};
const POST_WORDS: Record<string, PostWords> = {
  en: ENGLISH,
  lv: {
    readMore: 'Lasīt vairāk',
    aiWritten: 'Rakstījis MI (AI)',
    excerpt: 'Automātisks izvilkums',
    answer: 'Jautājumi? Rakstiet mums',
  },
  ru: {
    readMore: 'Читать дальше',
    aiWritten: 'Написано ИИ (AI)',
    excerpt: 'Автоматическая выдержка',
    answer: 'Вопросы? Напишите нам',
  },
  de: {
    readMore: 'Weiterlesen',
    aiWritten: 'Von KI (AI) geschrieben',
    excerpt: 'Automatischer Auszug',
    answer: 'Fragen? Schreiben Sie uns',
  },
  lt: {
    readMore: 'Skaityti daugiau',
    aiWritten: 'Parašė DI (AI)',
    excerpt: 'Automatinė ištrauka',
    answer: 'Turite klausimų? Parašykite mums',
  },
  et: {
    readMore: 'Loe edasi',
    aiWritten: 'Kirjutanud TI (AI)',
    excerpt: 'Automaatne väljavõte',
    answer: 'Küsimusi? Kirjutage meile',
  },
};

/** The words for a post in `language`; English where Crier doesn't speak it. */
export function postWords(language: string): PostWords {
  return POST_WORDS[language] ?? ENGLISH;
}

/** The purpose every lead agrees to: being contacted about what they answered. */
export const CONTACT_PURPOSE = 'contact';

const CONTACT_WORDING: Record<string, string> = {
  en: 'I agree that {controller} contacts me about this topic. I can withdraw this at any time; then my data is deleted.',
  lv: 'Piekrītu, ka {controller} ar mani sazinās par šo tēmu. Piekrišanu varu atsaukt jebkurā laikā; tad mani dati tiks dzēsti.',
  ru: 'Я согласен (согласна), чтобы {controller} связались со мной по этой теме. Согласие можно отозвать в любой момент; тогда мои данные будут удалены.',
  de: 'Ich bin einverstanden, dass {controller} mich zu diesem Thema kontaktiert. Ich kann das jederzeit widerrufen; dann werden meine Daten gelöscht.',
  lt: 'Sutinku, kad {controller} su manimi susisiektų šia tema. Sutikimą galiu bet kada atšaukti; tada mano duomenys bus ištrinti.',
  et: 'Nõustun, et {controller} võtab minuga sel teemal ühendust. Võin nõusoleku igal ajal tagasi võtta; siis minu andmed kustutatakse.',
};

/** The exact consent text for a brand's form or chat and its id, which changes with every letter. */
export function contactWording(language: string, controller: string): { id: string; text: string; language: string } {
  const known = language in CONTACT_WORDING ? language : 'en';
  const text = (CONTACT_WORDING[known] as string).replace('{controller}', controller);
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { id: `${CONTACT_PURPOSE}-${known}-${hash}`, text, language: known };
}
