import { z } from 'zod';
import type { Brief } from '../domain/writing.ts';
import type { WriteRequest, WrittenText } from '../ports/writer.ts';
import { briefShape, readBrief, saidBriefSchema } from './brief.ts';
import { cleaned, faults, shortfalls } from './post-text.ts';
import type { Allowed } from './sanitise.ts';
import { typesetText } from './typography.ts';

/** What a model must answer for one post. */
const wordsShape = { headline: z.string(), body: z.string(), hashtags: z.array(z.string()) };
const postSchema = z.object({
  target: z.string(),
  ...wordsShape,
  second: z.object(wordsShape).nullish().catch(null),
});
const answerSchema = z.object({ posts: z.array(postSchema) });

/** No answer to a sane request is longer; what is, is not read. */
const LONGEST_ANSWER = 200_000;
const PROBLEMS_TOLD = 12;

/**
 * A model's answer read. `problems` of one that can't be used name targets and fields, never the text, so that they may
 * be logged; `shortfalls` are what else it should mend, in words for the model alone.
 */
export type Answer =
  | { ok: true; texts: WrittenText[]; brief: Brief; shortfalls: string[] }
  | { ok: false; problems: string[]; shortfalls: string[] };

/** The form of the answer as a strict JSON Schema that allows only the request's targets. */
export function jsonSchema({ targets, brand }: WriteRequest): Record<string, unknown> {
  const ids = targets.map((target) => target.id);
  const second = brand.modelSettings.variants > 1 && { second: z.strictObject(wordsShape) };
  const post = z.strictObject({ target: z.enum(ids), ...wordsShape, ...second });
  const claims = z.array(z.strictObject(briefShape.claims.element.shape));
  const { $schema: _, ...schema } = z.toJSONSchema(z.strictObject({ ...briefShape, claims, posts: z.array(post) }));
  return schema;
}

/** Reads `content` as JSON, cleans every text and holds it against its target. */
export async function readAnswer(content: string, request: WriteRequest, allowed: Allowed): Promise<Answer> {
  const parsed = parseObject(content);
  if (parsed === null) return unusable(['it is not one complete JSON object']);
  const result = answerSchema.safeParse(parsed);
  if (!result.success) return unusable(result.error.issues.map(issueLine));
  const problems: string[] = [];
  const lacking: string[] = [];
  const texts: WrittenText[] = [];
  for (const target of request.targets) {
    const posts = result.data.posts.filter((post) => post.target === target.id);
    const [post] = posts;
    if (post === undefined || posts.length > 1) {
      problems.push(`target ${target.id} ${post === undefined ? 'is missing' : 'is there more than once'}`);
      continue;
    }
    const text: WrittenText = { target: target.id, ...typesetText(cleaned(post, target, allowed), request.language) };
    problems.push(...(await faults(text, target, request)));
    const { told: asked, concern } = shortfalls(text, target, request);
    lacking.push(...asked);
    if (concern !== null) text.concern = concern;
    if (request.brand.modelSettings.variants > 1) {
      const second = post.second ? typesetText(cleaned(post.second, target, allowed), request.language) : null;
      const missing = second === null ? ['is missing'] : await faults(second, target, request);
      if (second !== null && missing.length === 0) {
        const { concern: other } = shortfalls(second, target, request);
        text.alternative = { ...second, ...(other !== null && { concern: other }) };
      } else lacking.push(`the second text of target ${target.id} is missing or can't be used`);
    }
    texts.push(text);
  }
  if (problems.length > 0) return unusable(problems, lacking);
  const brief = await readBrief(saidBriefSchema.parse(parsed), request, allowed);
  return { ok: true, texts, brief, shortfalls: told(lacking) };
}

function unusable(problems: readonly string[], lacking: readonly string[] = []): Answer {
  return { ok: false, problems: told(problems), shortfalls: told(lacking) };
}

function told(problems: readonly string[]): string[] {
  return [...new Set(problems)].slice(0, PROBLEMS_TOLD);
}

/** The JSON object in `content`, without the fences, thoughts and courtesies that models put around it; null = none. */
export function parseObject(content: string): object | null {
  if (content.length > LONGEST_ANSWER) return null;
  const said = content.slice(content.lastIndexOf('</think>') + 1);
  const start = said.indexOf('{');
  const end = said.lastIndexOf('}');
  if (start < 0 || end < start) return null;
  try {
    return JSON.parse(said.slice(start, end + 1));
  } catch {
    return null;
  }
}

function issueLine({ path, code }: z.core.$ZodIssue): string {
  const where = path.length === 0 ? 'the answer' : path.map(String).join('.');
  return `${where} does not have the required form (${code})`;
}
