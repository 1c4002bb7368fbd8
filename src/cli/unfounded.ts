import { markSpans } from '../domain/marking.ts';
import type { Grounding } from '../domain/post.ts';
import type { Output } from './output.ts';

/** Tells a person what a text claims beyond its article: a line each, then the text with the places marked ⟦so⟧. */
export function sayUnfounded(output: Output, text: string, { failures }: Grounding): void {
  for (const { kind, span, reason } of failures) output.say(`! ${kind} "${span}": ${reason}`);
  const spans = failures.map(({ span }) => span);
  output.say(`\n${markSpans(text, spans, '⟦', '⟧')}`);
}
