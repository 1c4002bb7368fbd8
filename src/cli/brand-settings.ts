import type { Brand, Disclosure } from '../domain/brand.ts';
import { FILTER_SETTINGS } from '../domain/filter-setting.ts';
import { UsageError } from '../lib/errors.ts';
import { primaryLanguage } from '../lib/language.ts';
import { plainLine } from '../lib/text.ts';
import { BUDGET_SETTINGS } from './budget-settings.ts';
import { MODEL_SETTINGS, VOICE_SETTINGS } from './writer-settings.ts';

/** One setting of a brand as `brand set KEY=VALUE` takes it. */
export interface BrandSetting {
  key: string;
  /** What it is for and what it takes. */
  meaning: string;
  read(brand: Brand): string;
  /** The brand with it; throws UsageError. An empty value clears it where that is allowed. */
  change(brand: Brand, value: string): Brand;
}

const DISCLOSURES: readonly Disclosure[] = ['label', 'editorial'];
/** Languages that Crier speaks to readers; others take `cta-CODE` too. */
const CTA_LANGUAGES = ['en', 'lv', 'ru', 'de', 'lt', 'et'];
const FAILURES: readonly Brand['onWriterFailure'][] = ['offline', 'review'];

/** Every setting, in the order in which it is shown. */
export const BRAND_SETTINGS: readonly BrandSetting[] = [
  {
    key: 'name',
    meaning: 'the name readers know',
    read: (brand) => brand.name,
    change: (brand, value) => ({ ...brand, name: line('name', value, 100, true) }),
  },
  {
    key: 'language',
    meaning: 'language code where nothing else says one, such as lv',
    read: (brand) => brand.language,
    change: (brand, value) => ({
      ...brand,
      language: primaryLanguage(value) ?? fault('language', 'wants a language code like lv, en or ru'),
    }),
  },
  {
    key: 'timezone',
    meaning: 'its time zone, such as Europe/Riga',
    read: (brand) => brand.timeZone,
    change: (brand, value) => ({ ...brand, timeZone: timeZone(value) }),
  },
  {
    key: 'tone',
    meaning: 'how the brand sounds',
    read: (brand) => brand.voice.tone,
    change: (brand, value) => ({ ...brand, voice: { ...brand.voice, tone: line('tone', value, 500) } }),
  },
  {
    key: 'audience',
    meaning: 'who it speaks to',
    read: (brand) => brand.voice.audience,
    change: (brand, value) => ({ ...brand, voice: { ...brand.voice, audience: line('audience', value, 500) } }),
  },
  ...VOICE_SETTINGS.map(({ read, change, ...setting }) => ({
    ...setting,
    read: (brand: Brand) => read(brand.voice),
    change: (brand: Brand, value: string) => ({ ...brand, voice: change(brand.voice, value) }),
  })),
  {
    key: 'cta',
    meaning: 'one line in the brand’s language that invites readers to answer; empty = Crier’s own words',
    read: (brand) => brand.callToAction ?? '',
    change: (brand, value) => ({ ...brand, callToAction: line('cta', value, 100) || null }),
  },
  ...CTA_LANGUAGES.map((language) => ({
    key: `cta-${language}`,
    meaning: `the same for posts in ${new Intl.DisplayNames(['en'], { type: 'language' }).of(language)}`,
    read: (brand: Brand) => brand.invitations[language] ?? '',
    change: (brand: Brand, value: string) => {
      const { [language]: _, ...others } = brand.invitations;
      const text = line(`cta-${language}`, value, 100);
      return { ...brand, invitations: text === '' ? others : { ...others, [language]: text } };
    },
  })),
  {
    key: 'controller-name',
    meaning: 'who answers for personal data, on the lead form',
    read: (brand) => brand.controller.name,
    change: (brand, value) => ({
      ...brand,
      controller: { ...brand.controller, name: line('controller-name', value, 200) },
    }),
  },
  {
    key: 'controller-contact',
    meaning: 'how to reach them: address, e-mail or telephone',
    read: (brand) => brand.controller.contact,
    change: (brand, value) => ({
      ...brand,
      controller: { ...brand.controller, contact: line('controller-contact', value, 300) },
    }),
  },
  {
    key: 'privacy-url',
    meaning: 'address of the privacy policy; empty = none',
    read: (brand) => brand.controller.privacyUrl ?? '',
    change: (brand, value) => ({ ...brand, controller: { ...brand.controller, privacyUrl: webAddress(value) } }),
  },
  {
    key: 'disclosure',
    meaning:
      'how posts say that a machine wrote them: label, or editorial (until somebody has checked the substance); a channel may differ',
    read: (brand) => brand.disclosure,
    change: (brand, value) => ({ ...brand, disclosure: oneOf('disclosure', value, DISCLOSURES) }),
  },
  {
    key: 'on-writer-failure',
    meaning: 'when the model fails: offline (post the excerpt) or review (a person decides)',
    read: (brand) => brand.onWriterFailure,
    change: (brand, value) => ({ ...brand, onWriterFailure: oneOf('on-writer-failure', value, FAILURES) }),
  },
  ...MODEL_SETTINGS.map(({ read, change, ...setting }) => ({
    ...setting,
    read: (brand: Brand) => read(brand.modelSettings),
    change: (brand: Brand, value: string) => ({ ...brand, modelSettings: change(brand.modelSettings, value) }),
  })),
  ...BUDGET_SETTINGS,
  ...FILTER_SETTINGS.map(({ key, meaning, read, change }) => ({
    key: `filter-${key}`,
    meaning: `for every source: ${meaning}`,
    read: (brand: Brand) => read(brand.filter),
    change: (brand: Brand, value: string) => ({ ...brand, filter: change(brand.filter, value) }),
  })),
];

/** The brand after all of `KEY=VALUE…`. UsageError that names every fault at once; then nothing is changed. */
export function changeBrand(brand: Brand, assignments: readonly string[]): Brand {
  let changed = brand;
  const faults: string[] = [];
  for (const assignment of assignments) {
    const [, key, value] = /^([a-z-]+)=(.*)$/su.exec(assignment) ?? [];
    const setting = BRAND_SETTINGS.find((one) => one.key === key);
    if (setting === undefined || value === undefined) {
      faults.push(
        key === undefined ? `"${assignment}" is not of the form KEY=VALUE.` : `There is no setting "${key}".`,
      );
      continue;
    }
    try {
      changed = setting.change(changed, value);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      faults.push(error.message);
    }
  }
  if (faults.length > 0) {
    const keys = BRAND_SETTINGS.map((one) => one.key).join(', ');
    throw new UsageError(faults.join('\n'), { cure: `Nothing was changed. Settings: ${keys}` });
  }
  return changed;
}

function line(key: string, value: string, limit: number, wanted = false): string {
  const text = plainLine(value);
  if (wanted && text === '') fault(key, 'must not be empty');
  if (text.length > limit) fault(key, `takes at most ${limit} characters, not ${text.length}`);
  return text;
}

function timeZone(value: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value.trim() }).resolvedOptions().timeZone;
  } catch {
    return fault('timezone', 'wants a name of the IANA list like Europe/Riga');
  }
}

function webAddress(value: string): string | null {
  const text = value.trim();
  if (text === '') return null;
  if (!/^https?:\/\/./iu.test(text) || !URL.canParse(text))
    fault('privacy-url', 'wants an address that begins with https://');
  return new URL(text).href;
}

function oneOf<Value extends string>(key: string, value: string, values: readonly Value[]): Value {
  return values.find((one) => one === value.trim()) ?? fault(key, `is one of ${values.join(', ')}`);
}

function fault(key: string, problem: string): never {
  throw new UsageError(`${key} ${problem}.`);
}
