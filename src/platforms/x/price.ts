import { entities } from './weight.ts';

/** X's pay-per-use prices of February 2026, in millionths of a US dollar. */
const POST = 15_000;
const POST_WITH_URL = 200_000;

/** What X charges for a post: much more for one with a URL, and a bare domain (`foo.dev/x`) is one too. */
export function priceMicros(text: string): number {
  const hasUrl = /https?:\/\//iu.test(text) || entities(text).some((entity) => 'url' in entity);
  return hasUrl ? POST_WITH_URL : POST;
}
