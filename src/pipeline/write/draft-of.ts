import type { Article } from '../../domain/article.ts';
import { type Brand, ownInvitation, ownLines } from '../../domain/brand.ts';
import { labelPolicy, PLAIN_STYLE } from '../../domain/channel.ts';
import type { Alternative, Link, PostCard } from '../../domain/post.ts';
import { postWords } from '../../domain/wording.ts';
import { languageName } from '../../lib/language-name.ts';
import { escapeHtml } from '../../lib/text.ts';
import { isLoopback } from '../../lib/url.ts';
import type { Platform } from '../../ports/platform.ts';
import type { Written, WrittenText } from '../../ports/writer.ts';
import { linkUrl, newCode } from '../links.ts';
import { samenessOf } from '../sameness.ts';
import type { Draft, Place, WritePorts } from './drafts.ts';

/** The writer's words as a post of one place: with links, invitation and label, in the platform's form, and checked. Pure. */
export function draftOf(
  ports: WritePorts,
  platform: Platform,
  order: {
    brand: Brand;
    article: Article;
    place: Place;
    language: string;
    text: WrittenText;
    written: Written;
    costMicros: number | null;
    concern: string | null;
  },
): Draft {
  const { brand, article, place, text, written } = order;
  const { style = PLAIN_STYLE } = place;
  const form = platform.form(place.address, style);
  const offline = written.writer === ports.writers.offline.name;
  // The offline writer can't translate: its words are the article's, so Crier's own are too.
  const spoken = offline && article.language !== 'und' ? article.language : order.language;
  const words = postWords(spoken);
  const links: Draft['links'] = [];
  const linked = style.links !== 'none' && place.linked !== false;
  const tracked = tracksReaders(ports, platform);
  // Nobody is asked for personal data before it is said who answers for it (GDPR, art. 13).
  const invites = linked && tracked && (platform.local || brand.controller.contact !== '');
  const address = (kind: Link['kind'], target: string): string => {
    const link = { code: newCode(), kind, target };
    links.push(link);
    return linkUrl(ports.settings, link);
  };
  // What may go out by itself carries the label whatever the policy; only a person can answer for leaving it out.
  const exempt = labelPolicy({ style }, brand) === 'exempt' && place.auto !== true;
  const label = exempt ? null : offline ? words.excerpt : words.aiWritten;
  const invitation = ownInvitation(brand, spoken) ?? words.answer;
  const url = tracked && linked ? address('article', article.url) : article.url;
  const parts = {
    link: linked ? { url, label: words.readMore } : null,
    callToAction: invites ? { text: invitation, url: address('lead', article.url) } : null,
    aiLabel: label,
  };
  const compose = ({ headline, body, hashtags }: Pick<WrittenText, 'headline' | 'body' | 'hashtags'>) =>
    form.compose({ headline, body, hashtags, ...parts });
  const composed = compose(text);
  const other = text.alternative ? { wrote: text.alternative, composed: compose(text.alternative) } : null;
  const kept = links.filter((link) =>
    [composed, other?.composed].some((one) => one?.includes(linkUrl(ports.settings, link))),
  );
  const judge = (wrote: Omit<WrittenText, 'target'>, whole: string): Alternative => {
    // The brand's own invitation is no claim about the article, so it is left out of what is compared with it.
    const claims = form.plainText(whole).replace(parts.callToAction?.text ?? '', '');
    const found = ports.writers.ground(article, claims, [
      article.url,
      ...kept.map((link) => linkUrl(ports.settings, link)),
    ]);
    const failures = [...(wrote.removed ?? []), ...found.failures];
    const problems = form.check(whole);
    const refused = problems.length > 0 ? `${platform.name} would refuse it: ${problems.join('; ')}` : null;
    return {
      text: whole,
      grounding: { ok: failures.length === 0, failures },
      sameness: samenessOf(platform, form, whole, [label, invitation, ...ownLines(brand)]),
      reason: wrote.concern ?? refused,
    };
  };
  const { reason, ...judged } = judge(text, composed);
  return {
    place,
    language: order.language,
    ...judged,
    format: form.format,
    costMicros: order.costMicros,
    writer: written.writer,
    brief: written.brief ?? null,
    alternative: other && judge(other.wrote, other.composed),
    concern: order.concern ?? (offline ? untranslated(article, place.language) : null) ?? reason,
    links: kept,
    label,
    card: cardOf(article, composed, url),
  };
}

/** Why an offline writer's text may not go out by itself where another language than the article's is wanted; null = it may. */
function untranslated(article: Article, language: string | null): string | null {
  if (language === null || language === article.language) return null;
  const wanted = languageName(language);
  return article.language === 'und'
    ? `nobody could tell the article’s language, and this channel wants ${wanted}: look before it goes out`
    : `this is in ${languageName(article.language)} and the channel wants ${wanted}; the offline writer can’t translate: translate it, or reject it`;
}

/** What previews can show of the article; null where the post does not lead to it. */
function cardOf(article: Article, composed: string, url: string): PostCard | null {
  if (!composed.includes(url) && !composed.includes(escapeHtml(url))) return null;
  return { url, title: article.title, siteName: article.siteName, imageUrl: article.imageUrl };
}

/** A link that only this machine can open must not stand in a post that others read: then the article's own address does. */
function tracksReaders(ports: WritePorts, platform: Platform): boolean {
  return platform.local || !isLoopback(ports.settings.publicUrl);
}
