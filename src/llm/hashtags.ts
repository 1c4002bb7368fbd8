import type { Article } from '../domain/article.ts';
import { ground } from './grounding.ts';
import { keyNames } from './key-names.ts';
import { sanitiseHashtag } from './sanitise.ts';
import type { Sentence } from './sentences.ts';
import type { GroundingArticle } from './source.ts';
import { topics } from './topics.ts';

const LONGEST = 28;
/** Written together, nobody sees where its words end: McDonald, AMAs, "WASI API". */
const IRREGULAR = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}|\p{L}\p{N}|\p{Lu}{2} \p{Lu}/u;
/** What feeds file everything under. */
const NO_TOPIC =
  /^(?:news|world|home|top|latest|general|uncategori[sz]ed|other|blog|articles?|featured|main|video|photos?|ziņas|jaunumi|aktuāli|raksti|citi|новости|главная|главное|статьи|разное|лента|без рубрики|nachrichten|aktuell|allgemein|startseite|naujienos|kita|uudised|muu)$/iu;

/** Up to `most` hashtags (without #) from the article's categories and the names and topics it keeps naming, in its own language. */
export function hashtagsOf(
  article: GroundingArticle & Pick<Article, 'categories' | 'language'>,
  all: readonly Sentence[],
  most: number,
): string[] {
  if (most <= 0) return [];
  const text = ` ${all.map((one) => one.text.toLowerCase()).join(' ')}`;
  const filed = (article.categories ?? [])
    .map((category) => category.split(/[/>»]/u).at(-1)?.trim() ?? '')
    // A site files in its own words; those that the article uses too are what it is about.
    .filter((category) => !NO_TOPIC.test(category) && text.includes(` ${category.toLowerCase().slice(0, 5)}`));
  const tags = new Map<string, string>();
  const names = keyNames(article.title, all, article.language);
  const nouns = article.language === 'en' ? topics(article.title, all) : [];
  for (const name of [...filed, ...names, ...nouns]) {
    if (tags.size >= most) break;
    const tag = tagOf(name);
    const key = tag.toLowerCase();
    // "Festival" beside "LightFestival", „Rechte“ beside „Recht“ say nothing more.
    const said = [...tags.keys()].some(
      (other) => other.includes(key) || (key.startsWith(other) && key.length - other.length <= 2),
    );
    if (tag === '' || said) continue;
    const unproven = filed.includes(name) || IRREGULAR.test(name);
    if (!unproven || ground(article, `#${tag}`, []).ok) tags.set(key, tag);
  }
  return [...tags.values()];
}

/** "Māla upe" → MālaUpe; a single word keeps its letters but begins with a capital. */
function tagOf(name: string): string {
  const words = name.split(/[^\p{L}\p{M}\p{N}_]+/u).filter(Boolean);
  if (words.length > 4) return '';
  const tag = sanitiseHashtag(words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''));
  return tag.length >= 2 && tag.length <= LONGEST ? tag : '';
}
