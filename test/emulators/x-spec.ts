import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { sharedPath } from '../support/shared.ts';

/** The operations of X's API that Crier uses, by the specification's own names. */
export type XOperation = 'createPosts' | 'getPostsByIds' | 'getUsersMe' | 'getUsersPosts';

/** Where X's specification lies; null = absent, and nothing is validated. */
export const xSpecPath = sharedPath('specs', 'x-openapi.bot-subset.json');

const PLACES: Record<XOperation, string> = {
  createPosts: '/paths/~12~1tweets/post',
  getPostsByIds: '/paths/~12~1tweets/get',
  getUsersMe: '/paths/~12~1users~1me/get',
  getUsersPosts: '/paths/~12~1users~1{id}~1tweets/get',
};

/** Where the request or its answer is not as X's OpenAPI file says, one line each. */
export function specViolations(
  operation: XOperation,
  request: { query: Record<string, string>; body: string },
  answer: { status: number; data: unknown },
): string[] {
  const spec = specification();
  if (!spec) return [];
  const place = PLACES[operation];
  const found: string[] = [];
  const hold = (pointer: string, value: unknown, what: string) => {
    const validate = spec.schema(pointer);
    if (!validate(value)) found.push(`${operation} ${what}: ${spec.words(validate)}`);
  };

  const parameters = spec.parameters(place);
  for (const [name, value] of Object.entries(request.query)) {
    const known = parameters.find((parameter) => parameter.name === name);
    if (!known) found.push(`${operation} request: no parameter is called ${name}`);
    else
      hold(
        known.pointer,
        known.isList ? value.split(',') : known.isNumber ? Number(value) : value,
        `parameter ${name}`,
      );
  }
  for (const { name, required } of parameters)
    if (required && !(name in request.query)) found.push(`${operation} request: ${name} is missing`);
  if (operation === 'createPosts')
    hold(`${place}/requestBody/content/application~1json/schema`, parsed(request.body), 'request');

  const statusPlace = operation === 'createPosts' ? '201' : '200';
  if (answer.status < 400) {
    if (String(answer.status) !== statusPlace) found.push(`${operation} answer: status ${answer.status}`);
    hold(`${place}/responses/${statusPlace}/content/application~1json/schema`, answer.data, 'answer');
  } else if ((answer.data as { type?: string }).type?.startsWith('https://api.x.com/'))
    // Problems of type about:blank and of the older host are real too, but not in the specification.
    hold(`${place}/responses/default/content/application~1problem+json/schema`, answer.data, 'problem');
  return found;
}

interface Specification {
  schema(pointer: string): ValidateFunction;
  words(validate: ValidateFunction): string;
  parameters(place: string): { name: string; required: boolean; isList: boolean; isNumber: boolean; pointer: string }[];
}

let loaded: Specification | null | undefined;
function specification(): Specification | null {
  loaded ??= xSpecPath ? load(xSpecPath) : null;
  return loaded;
}

interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema: { type?: string };
}

function load(path: string): Specification {
  const document = JSON.parse(readFileSync(path, 'utf8')) as object;
  // OpenAPI 3.0 schemas are close to draft-7; their own keywords (example, discriminator) and formats are let be.
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  ajv.addSchema(document, 'x');
  const at = (pointer: string): unknown =>
    pointer
      .split('/')
      .slice(1)
      .reduce<unknown>(
        (value, key) => (value as Record<string, unknown>)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
        document,
      );
  const compiled = new Map<string, ValidateFunction>();
  return {
    schema: (pointer) => {
      const known = compiled.get(pointer) ?? ajv.compile({ $ref: `x#${encodeURI(pointer)}` });
      compiled.set(pointer, known);
      return known;
    },
    words: (validate) => ajv.errorsText(validate.errors),
    parameters: (place) =>
      ((at(`${place}/parameters`) ?? []) as Parameter[]).flatMap((given, index) => {
        const pointer = given.$ref ? given.$ref.slice(1) : `${place}/parameters/${index}`;
        const { name, in: where, required = false, schema } = at(pointer) as Parameter;
        if (where === 'path') return [];
        const { type } = schema;
        return { name, required, isList: type === 'array', isNumber: type === 'integer', pointer: `${pointer}/schema` };
      }),
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
