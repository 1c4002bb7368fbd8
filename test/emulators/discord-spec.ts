import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { sharedPath } from '../support/shared.ts';

export interface DiscordSpec {
  /** False when the specification is absent or not wanted: then nothing is a violation. */
  checked: boolean;
  violations: string[];
  /** Null, or what is wrong with a JSON body; noted as a violation too. */
  checkRequest(method: string, path: string, body: string): string | null;
  checkAnswer(method: string, path: string, status: number, data: unknown): void;
}

interface Operation {
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, object>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}

interface Compiled {
  document: Document;
  problemOf(reference: string, data: unknown): string | null;
}
/** Compiling takes a second: once a process. */
const compiledFrom = new Map<string, Compiled>();

function compile(file: string): Compiled {
  const document = JSON.parse(readFileSync(file, 'utf8')) as Document;
  const ajv = new Ajv2020({ strict: false, formats: { int32: true, int64: true, snowflake: true, nonce: true } });
  addFormats.default(ajv);
  ajv.addSchema(document, 'discord');
  const validators = new Map<string, ValidateFunction>();
  return {
    document,
    problemOf(reference, data) {
      const validate = validators.get(reference) ?? ajv.compile({ $ref: reference });
      validators.set(reference, validate);
      return validate(data) ? null : ajv.errorsText(validate.errors);
    },
  };
}

function pointer(...keys: string[]): string {
  return `discord#/${keys.map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}
/** Where the schema of a JSON body or answer lies. */
function schemaOf(path: string, method: string, ...where: string[]): string {
  return pointer('paths', path, method.toLowerCase(), ...where, 'content', 'application/json', 'schema');
}

/** Checks against Discord's OpenAPI description, where it lies in the shared folder. */
export function createDiscordSpec(wanted: boolean): DiscordSpec {
  const violations: string[] = [];
  const file = wanted ? sharedPath('specs', 'discord-openapi.bot-subset.json') : null;
  if (file === null) return { checked: false, violations, checkRequest: () => null, checkAnswer: () => {} };
  const { document, problemOf } = compiledFrom.get(file) ?? compile(file);
  if (!compiledFrom.has(file)) {
    compiledFrom.set(file, { document, problemOf });
    // The large ones now, so that no request waits for them.
    const messages = '/channels/{channel_id}/messages';
    problemOf(schemaOf(messages, 'post', 'requestBody'), {});
    problemOf(schemaOf(messages, 'post', 'responses', '200'), {});
  }

  /** The path as the document writes it: literal segments before named ones. */
  function template(path: string): string | undefined {
    const segments = path.replace(/\?.*$/u, '').split('/');
    const fits = (named: string): boolean => {
      const others = named.split('/');
      return (
        others.length === segments.length && others.every((one, at) => one.startsWith('{') || one === segments[at])
      );
    };
    return Object.keys(document.paths)
      .filter(fits)
      .sort((left, right) => left.split('{').length - right.split('{').length)[0];
  }

  return {
    checked: true,
    violations,
    checkRequest(method, path, body) {
      const named = template(path);
      const operation = named === undefined ? undefined : document.paths[named]?.[method.toLowerCase()];
      if (named === undefined || operation === undefined) return null;
      const problem = problemOf(schemaOf(named, method, 'requestBody'), JSON.parse(body));
      if (problem !== null) violations.push(`request ${method} ${path}: ${problem}`);
      return problem;
    },
    checkAnswer(method, path, status, data) {
      const named = template(path);
      if (named === undefined || document.paths[named]?.[method.toLowerCase()] === undefined) {
        if (status < 400) violations.push(`answer ${method} ${path}: the specification has no such operation`);
        return;
      }
      // The subset describes no 5xx.
      if (status >= 500) return;
      const reference =
        status === 200
          ? schemaOf(named, method, 'responses', '200')
          : pointer('components', 'schemas', status === 429 ? 'RatelimitedResponse' : 'ErrorResponse');
      const problem = problemOf(reference, data);
      if (problem !== null) violations.push(`answer ${status} ${method} ${path}: ${problem}`);
    },
  };
}
