import { z } from 'zod';
import type { GroundingFailure } from '../domain/post.ts';
import { plainLine } from '../lib/text.ts';
import type { WriteRequest, WriteTarget, WrittenText } from '../ports/writer.ts';
import { otherLanguage } from './language.ts';
import { languageName } from './prompt.ts';
import { type Sanitised, sanitise, sanitiseHashtag } from './sanitise.ts';
import type { Source } from './source.ts';
import { typesetText } from './typography.ts';
import { whole } from './whole.ts';

/** What a model must answer. */
const postSchema = z.object({
  target: z.string(),
  headline: z.string(),
  body: z.string(),
  hashtags: z.array(z.string()),
});
const answerSchema = z.object({ posts: z.array(postSchema) });
type AnswerPost = z.infer<typeof postSchema>;

/** No answer to a sane request is longer; what is, is not read. */
const LONGEST_ANSWER = 200_000;
const PROBLEMS_TOLD = 12;

/** A model's answer read: the texts, or the faults to tell it. Faults name targets and fields, never the text. */
export type Answer = { ok: true; texts: WrittenText[] } | { ok: false; problems: string[] };

/** The form of the answer as a strict JSON Schema that allows only the request's targets. */
export function jsonSchema(request: WriteRequest): Record<string, unknown> {
  const ids = request.targets.map((target) => target.id);
  const post = z.strictObject({ ...postSchema.shape, target: z.enum(ids) });
  const { $schema: _, ...schema } = z.toJSONSchema(z.strictObject({ posts: z.array(post) }));
  return schema;
}

/** Reads `content` as JSON, cleans every text and holds it against its target. */
export async function readAnswer(content: string, request: WriteRequest, source: Source): Promise<Answer> {
  const parsed = parse(content);
  if (parsed === null) return { ok: false, problems: ['it is not one complete JSON object'] };
  const result = answerSchema.safeParse(parsed);
  if (!result.success) return { ok: false, problems: result.error.issues.slice(0, PROBLEMS_TOLD).map(issueLine) };
  const problems: string[] = [];
  const texts: WrittenText[] = [];
  for (const target of request.targets) {
    const posts = result.data.posts.filter((post) => post.target === target.id);
    const [post] = posts;
    if (post === undefined || posts.length > 1) {
      problems.push(`target ${target.id} ${post === undefined ? 'is missing' : 'is there more than once'}`);
      continue;
    }
    const text = typesetText(cleaned(post, target, source), request.language);
    problems.push(...(await faults(text, target, request)));
    texts.push(text);
  }
  return problems.length === 0 ? { ok: true, texts } : { ok: false, problems: problems.slice(0, PROBLEMS_TOLD) };
}

/** The JSON object in `content`, without the fences, thoughts and courtesies that models put around it. */
function parse(content: string): unknown {
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

function cleaned(post: AnswerPost, target: WriteTarget, source: Source): WrittenText {
  const removed: GroundingFailure[] = [];
  const take = ({ text, removed: more }: Sanitised) => {
    removed.push(...more);
    return text;
  };
  const headline = plainLine(take(sanitise(post.headline, source)));
  const body = take(sanitise(post.body, source));
  const tags = post.hashtags.map(sanitiseHashtag).filter((tag) => tag !== '');
  const hashtags = [...new Map(tags.map((tag) => [tag.toLowerCase(), tag])).values()].slice(0, target.hashtags);
  return { target: target.id, headline, body, hashtags, removed };
}

async function faults(text: WrittenText, target: WriteTarget, request: WriteRequest): Promise<string[]> {
  const problems: string[] = [];
  const said = `${text.headline}\n${text.body}`.trim();
  if (said === '' || (text.body === '' && request.article.text.trim() !== '')) {
    problems.push(`target ${target.id} has no body`);
    return problems;
  }
  const length = target.count(whole(text));
  if (length > target.limit)
    problems.push(
      `target ${target.id} has ${length} ${target.unit} (headline, body and hashtags together), its limit is ${target.limit}: make it shorter`,
    );
  const other = await otherLanguage(said, request.language);
  if (other !== null)
    problems.push(`target ${target.id} is not written in ${languageName(request.language)}: write it in that language`);
  return problems;
}
