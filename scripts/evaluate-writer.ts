/**
 * How well the configured model writes: `OPENAI_API_KEY=… OPENAI_MODEL=… npm run evaluate:writer -- [ARTICLES.ndjson]
 * [--articles 10] [--languages lv,en,ru]`. Articles are what `crier article preview URL… --json` prints; without a file,
 * pages of the corpora. It asks the model, so it costs money. Nothing is stored or sent elsewhere.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadConfig } from '../src/config.ts';
import { evaluate, type GivenArticle } from './evaluate-writer/evaluate.ts';
import { tableOf } from './evaluate-writer/table.ts';

const shared = process.env.CRIER_SHARED ?? join(import.meta.dirname, '..', '..', 'shared');
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    articles: { type: 'string', default: '10' },
    languages: { type: 'string', default: 'en,lv,ru' },
  },
});

function given(): GivenArticle[] {
  const [file] = positionals;
  if (file !== undefined)
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  const pages: Record<string, { articleBody: string }> = JSON.parse(
    readFileSync(join(shared, 'corpora/articles/aeb/ground-truth.json'), 'utf8'),
  );
  return Object.values(pages).map(({ articleBody }) => ({
    title: articleBody.slice(0, 80).replace(/\s+/gu, ' '),
    text: articleBody,
    language: 'en',
  }));
}

const { openai } = loadConfig(process.env);
if (openai.apiKey === null && openai.baseUrl === null) {
  process.stderr.write('Set OPENAI_API_KEY, or OPENAI_BASE_URL for a local server.\n');
  process.exit(2);
}
const rows = await evaluate({
  openai,
  articles: given().slice(0, Number(values.articles)),
  languages: values.languages.split(','),
  progress: (line) => process.stderr.write(`${line}\n`),
});
process.stdout.write(`${tableOf(openai.model, rows)}\n`);
