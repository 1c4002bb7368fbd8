import { type Budget, NO_BUDGET } from './budget.ts';
import { type Filter, OPEN_FILTER } from './filter.ts';

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
  /** One line that invites readers to answer; its link leads to the lead form. Null = none. */
  callToAction: string | null;
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

/** How the brand sounds; every field may be empty. */
export interface Voice {
  audience: string;
  tone: string;
  use: string[];
  avoid: string[];
}

/** How posts say that a machine wrote them. */
export type Disclosure = 'label' | 'editorial' | 'exempt';

/** Who answers for personal data (GDPR art. 13), shown on the lead form and by the bot. */
export interface Controller {
  name: string;
  contact: string;
  privacyUrl: string | null;
}

export const emptyVoice: Voice = { audience: '', tone: '', use: [], avoid: [] };

/** The brand that an installation begins with, in the time zone of its machine. */
export function firstBrand(timeZone: string): Omit<Brand, 'id'> {
  return {
    slug: 'main',
    name: 'My brand',
    timeZone,
    language: 'en',
    voice: emptyVoice,
    callToAction: null,
    disclosure: 'label',
    onWriterFailure: 'offline',
    controller: { name: 'My brand', contact: '', privacyUrl: null },
    filter: OPEN_FILTER,
    budget: NO_BUDGET,
    paused: false,
  };
}
