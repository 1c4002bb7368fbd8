import { readFileSync } from 'node:fs';
import { sharedPath } from '../support/shared.ts';

const PATH = sharedPath('specs', 'openai-openapi.bot-subset.json');

/** Null when the spec is there; otherwise why requests and answers can't be held against it. */
export const openAiSpecMissing = PATH === null ? 'shared/specs/openai-openapi.bot-subset.json is absent' : null;

/** Says what is wrong with `data` as the named schema; null when nothing is, or when the spec is absent. */
export type SpecCheck = (schema: string, data: unknown) => string | null;

let checking: Promise<SpecCheck> | undefined;

/** Compiles the spec once per process. */
export function openAiSpec(): Promise<SpecCheck> {
  checking ??= load();
  return checking;
}

async function load(): Promise<SpecCheck> {
  if (PATH === null) return () => null;
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema(repaired(JSON.parse(readFileSync(PATH, 'utf8'))) as object, 'openai');
  return (schema, data) => {
    const validate = ajv.getSchema(`openai#/components/schemas/${schema}`);
    if (validate === undefined) return `the spec has no ${schema}`;
    return validate(data) ? null : ajv.errorsText(validate.errors);
  };
}

/** The file says `nullable` where no `type` stands, which JSON Schema doesn't know, and `discriminator` without use. */
function repaired(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(repaired);
  if (typeof node !== 'object' || node === null) return node;
  const { discriminator: _, ...rest } = node as Record<string, unknown>;
  const inner = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, repaired(value)]));
  if (inner.nullable !== true || 'type' in inner) return inner;
  const { nullable: __, ...schema } = inner;
  return { anyOf: [schema, { type: 'null' }] };
}
