import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const at = (path: string) => resolve(import.meta.dirname, '../..', 'src', path);

/** What a process of its own logs with these secrets. */
function logged(level: string | null, statement: string, secrets: string[]): string {
  const { stderr } = spawnSync(
    process.execPath,
    [
      '--input-type=module-typescript',
      '--eval',
      `import { createLog } from ${JSON.stringify(at('wiring/log.ts'))};
      import { Secret } from ${JSON.stringify(at('lib/secret.ts'))};
      const secrets = ${JSON.stringify(secrets)};
      const log = createLog(${JSON.stringify(level)}, secrets.map((secret) => new Secret(secret)));
      ${statement}`,
    ],
    { encoding: 'utf8' },
  );
  return stderr;
}

test('a secret is cut out of whatever field it got into, in every usual spelling', () => {
  const token = '123456:AA-canary/"token"+x';
  const database = 'postgresql://crier:p%40ss-canary@db.example/crier';
  const text = logged(
    'info',
    `const [token, database] = secrets;
    log.info({ reason: 'GET /bot' + token + '/getMe failed', deep: { url: 'https://x.example/?t=' + encodeURIComponent(token) } }, 'one');
    log.child({ token }).warn({ database }, 'two');
    log.error({ reason: 'password p@ss-canary of crier, p%40ss-canary' }, 'three');`,
    [token, database],
  );
  expect(text.trim().split('\n')).toHaveLength(3);
  expect(text).not.toContain('canary');
  for (const line of text.trim().split('\n')) expect(JSON.parse(line)).toMatchObject({ at: expect.any(String) });
  expect(text).toContain('"level":"error"');
});

test('without a level there is info, and a line below the level is not written', () => {
  const statement = `log.debug({}, 'no'); log.info({ postId: 1 }, 'yes');`;
  expect(logged(null, statement, [])).toContain('"message":"yes"');
  expect(logged(null, statement, [])).not.toContain('"no"');
  expect(logged('warn', statement, [])).toBe('');
});
