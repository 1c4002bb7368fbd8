import { type Budget, NO_BUDGET } from './budget.ts';
import { type Filter, OPEN_FILTER } from './filter.ts';
import { emptyVoice, type Voice } from './voice.ts';

export { emptyVoice, type Voice } from './voice.ts';

/** Who speaks. Every other noun belongs to exactly one brand, but for feeds and articles, which brands share. */
export interface Brand {
  id: number;
  /** Short name for the command line, unique. */
  slug: string;
  name: string;
  /** IANA zone, e.g. `Europe/Riga`. */
  timeZone: string;
  /** BCP 47 primary tag of the language used where nothing else says one. */
  language: string;
  voice: Voice;
  modelSettings: ModelSettings;
  /** One line in the brand's language that invites readers to answer; its link leads to the lead form. Null = Crier's own words. */
  callToAction: string | null;
  /** The same in other languages than the brand's own, by BCP 47 primary tag. */
  invitations: Record<string, string>;
  disclosure: Disclosure;
  /** What happens to an article when the model fails twice: the offline writer's text, or a person decides. */
  onWriterFailure: 'offline' | 'review';
  controller: Controller;
  /** What none of its sources is to bring in. */
  filter: Filter;
  /** What its model may cost. */
  budget: Budget;
  paused: boolean;
}

/** How the brand's model is asked. Null = as the installation, or the endpoint, has it. */
export interface ModelSettings {
  model: string | null;
  /** 0 to 2. */
  temperature: number | null;
  /** The most tokens of one answer, thoughts included. */
  maxTokens: number | null;
  /** Texts for each post; the reviewer chooses. */
  variants: 1 | 2;
  /** Whether a second call judges each claim. */
  secondOpinion: boolean;
}

/** How posts say that a machine wrote them, where their channel has no policy of its own. An exemption is a channel's. */
export type Disclosure = 'label' | 'editorial';

/** Who answers for personal data (GDPR art. 13), shown on the lead form and by the bot. */
export interface Controller {
  name: string;
  contact: string;
  privacyUrl: string | null;
}

export const PLAIN_MODEL: ModelSettings = {
  model: null,
  temperature: null,
  maxTokens: null,
  variants: 1,
  secondOpinion: false,
};

/** The brand that an installation begins with, in the time zone of its machine. */
export function firstBrand(timeZone: string): Omit<Brand, 'id'> {
  return {
    slug: 'main',
    name: 'My brand',
    timeZone,
    language: 'en',
    voice: emptyVoice,
    modelSettings: PLAIN_MODEL,
    callToAction: null,
    invitations: {},
    disclosure: 'label',
    onWriterFailure: 'offline',
    controller: { name: 'My brand', contact: '', privacyUrl: null },
    filter: OPEN_FILTER,
    budget: NO_BUDGET,
    paused: false,
  };
}

/** What the brand says in `language` to invite readers to answer; null = nothing of its own. */
export function ownInvitation(brand: Brand, language: string): string | null {
  return brand.invitations[language] ?? (language === brand.language ? brand.callToAction : null);
}

/** Every line of the brand's own that may stand in a post and says nothing about an article. */
export function ownLines(brand: Brand): string[] {
  return [...Object.values(brand.invitations), ...(brand.callToAction === null ? [] : [brand.callToAction])];
}
