import type { LabelPolicy } from '../domain/channel.ts';
import type { Post } from '../domain/post.ts';
import type { PlatformForm } from '../ports/platform.ts';

/** Whether people see `label` in the text: as a line of its own, whatever else stands there. */
export function carriesLabel(form: PlatformForm, text: string, label: string): boolean {
  return lineOf(form, text, label) >= 0;
}

/** The text with its label line, put at the end where it is missing. */
export function withLabel(form: PlatformForm, text: string, label: string): string {
  return carriesLabel(form, text, label) ? text : `${text.trimEnd()}\n\n${form.label(label)}`;
}

/** The text without its label line. */
export function withoutLabel(form: PlatformForm, text: string, label: string): string {
  const lines = text.split('\n');
  const at = lineOf(form, text, label);
  if (at < 0) return text;
  lines.splice(at, 1);
  return lines
    .join('\n')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/**
 * Why a text may not go out without its label, in words for a person; null = it may. Posts that go out by themselves
 * (`auto`) always carry one; a person may leave it out only where the channel is exempt or an editorial review is on record.
 */
export function labelProblem(form: PlatformForm, post: Post, policy: LabelPolicy, auto: boolean): string | null {
  if (post.label === null)
    return auto && post.substanceBy === null
      ? 'it does not say that a machine wrote it, and nobody has approved it'
      : null;
  if (!auto && policy === 'exempt') return null;
  if (carriesLabel(form, post.text, post.label)) return null;
  return `it must say that a machine wrote it; put the line back: ${form.label(post.label)}`;
}

function lineOf(form: PlatformForm, text: string, label: string): number {
  const wanted = bare(form.plainText(form.label(label)));
  return text.split('\n').findIndex((line) => bare(form.plainText(line)) === wanted);
}

function bare(line: string): string {
  return line.replace(/[\s\p{Cf}]+/gu, ' ').trim();
}
