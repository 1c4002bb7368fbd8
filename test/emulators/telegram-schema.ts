import { readFileSync } from 'node:fs';
import { sharedPath } from '../support/shared.ts';

/** Says what is wrong with a value under a definition's name (`method:sendMessage`, `result:getMe`, `Update`); null = right. */
export type Validator = (definition: string, value: unknown) => string | null;

let loading: Promise<Validator | null> | null = null;

/** The Bot API's own description; null when it isn't there, and then nothing is validated. Takes about a second, once. */
export function loadTelegramSchema(): Promise<Validator | null> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Validator | null> {
  const path = sharedPath('specs', 'telegram.schema.json');
  if (path === null) return null;
  const { Ajv2020 } = await import('ajv/dist/2020.js');
  const ajv = new Ajv2020({ strict: false });
  const schema = JSON.parse(readFileSync(path, 'utf8')) as { $id: string; $defs: Record<string, unknown> };
  ajv.addSchema(schema);
  const compiled = (definition: string) => ajv.getSchema(`${schema.$id}#/$defs/${encodeURIComponent(definition)}`);
  // The big ones before the first request: compiling stops the whole process, and with it the deadlines under test.
  for (const method of ['sendMessage', 'getUpdates', 'getChat', 'getChatMember', 'getMe'])
    for (const part of ['method', 'result']) compiled(`${part}:${method}`);
  return (definition, value) => {
    if (!Object.hasOwn(schema.$defs, definition)) return `${definition} is not in the Bot API`;
    const validate = compiled(definition);
    if (!validate) return `${definition} could not be compiled`;
    return validate(value) ? null : `${definition}: ${ajv.errorsText(validate.errors)}`;
  };
}
