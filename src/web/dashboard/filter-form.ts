import { html } from 'hono/html';
import type { Filter } from '../../domain/filter.ts';
import { FILTER_SETTINGS } from '../../domain/filter-setting.ts';
import { changedBy } from '../../domain/setting.ts';
import { UsageError } from '../../lib/errors.ts';
import { requireJudge } from '../../pipeline/collect/index.ts';
import type { Ports } from '../../ports/app.ts';
import type { Html } from '../page.ts';

/** A filter as somebody types it: values by the setting's key, and what is wrong with each that can't be used. */
export interface FilterDraft {
  filter: Filter;
  values: Readonly<Record<string, string>>;
  faults: ReadonlyMap<string, string>;
}

/** How each part is asked for; a part without words of its own is shown with those of the command line. */
const FIELDS: Record<string, { label: string; help: string; many?: true }> = {
  require: {
    label: 'Only with one of these words',
    help: 'Whole words in title or text, parted by commas or on lines of their own; * stands for any ending: solar, wind*, stock market. Empty: any article.',
    many: true,
  },
  exclude: {
    label: 'Never with one of these words',
    help: 'An article that holds one of them is left out: casino*, horoscope.',
    many: true,
  },
  language: {
    label: 'Only in these languages',
    help: 'Their codes, parted by commas: lv, en, ru. Empty: any language.',
  },
  'max-age': {
    label: 'Not older than',
    help: 'Counted when the article comes in: 90m, 48h, 7d or 2w. Empty: any age.',
  },
  'min-length': {
    label: 'At least this long',
    help: 'Characters of the article’s text; 500 is about a short paragraph or two. Empty: any length.',
  },
  category: {
    label: 'Only in one of these categories',
    help: 'As the feed names them; words and * as above. Articles of feeds without categories are then all left out.',
    many: true,
  },
  'exclude-category': {
    label: 'Never in one of these categories',
    help: 'As the feed names them: Sport, Sponsored*.',
    many: true,
  },
  'ignore-diacritics': {
    label: 'Letters without their marks count as the same',
    help: 'ā counts as a, ё as е, in words and categories.',
  },
  about: {
    label: 'Only if it is about',
    help: 'In your own words: energy for small firms. The model is asked about each article that passes all else, which costs a little. Empty: any subject.',
  },
};

/** What somebody sent from the form, on top of the filter that is in force. */
export function draftOf(
  ports: Pick<Ports, 'writers'>,
  filter: Filter,
  sent: Readonly<Record<string, unknown>>,
): FilterDraft {
  const values: Record<string, string> = {};
  for (const { key, read } of FILTER_SETTINGS) {
    const value = sent[key];
    values[key] = typeof value === 'string' ? value : read(filter);
  }
  const { next, faults } = changedBy(FILTER_SETTINGS, filter, values);
  try {
    if (next.about !== filter.about) requireJudge(ports, next);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    faults.set('about', [error.message, error.cure].filter(Boolean).join(' '));
  }
  return { values, filter: next, faults };
}

/** The form of one filter. `action` takes it; below it, `preview` shows what it would do and follows what is typed. */
export function filterForm(action: string, draft: FilterDraft, preview: Html): Html {
  const ask = `${action}/preview`;
  return html`<form class="filter" method="post" action="${action}" hx-post="${ask}" hx-trigger="input delay:400ms" hx-sync="this:replace" hx-target="#trial" hx-swap="outerHTML">
    ${
      draft.faults.size > 0
        ? html`<p class="faults" role="alert">Nothing was changed: ${draft.faults.size === 1 ? 'one field' : `${draft.faults.size} fields`} can’t be used as ${draft.faults.size === 1 ? 'it is' : 'they are'}.</p>`
        : ''
    }
    <div class="filter-fields">${FILTER_SETTINGS.map(({ key, meaning }) => field(key, meaning, draft))}</div>
    <p class="filter-deeds"><button class="primary">Save</button> <button formaction="${ask}">Preview</button></p>
    ${preview}
  </form>`;
}

function field(key: string, meaning: string, { values, faults }: FilterDraft): Html {
  const { label, help, many } = FIELDS[key] ?? { label: key, help: meaning };
  const value = values[key] ?? '';
  const fault = faults.get(key);
  const about = html`id="filter-${key}" name="${key}" aria-describedby="help-${key}"${fault ? html` aria-invalid="true"` : ''}`;
  const words = html`<small id="help-${key}">${fault ? html`<b class="fault">${faultWords(fault, key)}</b> ` : ''}${help}</small>`;
  if (key === 'ignore-diacritics')
    return html`<div class="field tick"><input type="hidden" name="${key}" value="no"><input type="checkbox" ${about} value="yes"${value === 'yes' ? html` checked` : ''}> <label for="filter-${key}">${label}</label>${words}</div>`;
  return html`<div class="field"><label for="filter-${key}">${label}</label>${
    many
      ? html`<textarea ${about} rows="2" spellcheck="false">${value}</textarea>`
      : html`<input ${about} value="${value}" autocomplete="off"${key === 'min-length' ? html` inputmode="numeric"` : ''}>`
  }${words}</div>`;
}

/** What is wrong, each with the name of its field. */
export function faultLines({ faults }: FilterDraft): string[] {
  return [...faults].map(([key, fault]) => `${FIELDS[key]?.label ?? key}: ${faultWords(fault, key)}`);
}

/** `max-age: "soon" is not a time…` → `“soon” is not a time…`: the field says which part it is about. */
function faultWords(fault: string, key: string): string {
  const words = fault.startsWith(`${key}: `) ? fault.slice(key.length + 2) : fault;
  return words.replace(/"([^"]*)"/gu, '“$1”');
}
