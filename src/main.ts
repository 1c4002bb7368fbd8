import { createReadStream } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Crier waits most of the time: an idle process of 160 MB is worth more than the last tenth of speed (docs/benchmarks.md).
for (const flag of ['--optimize-for-size', '--max-semi-space-size=2']) setFlagsFromString(flag);

// What Node makes of our files is kept, so that the next start need not make it again.
enableCompileCache();

const [{ loadConfig }, { runCli, terminalStatus }, { messageOf }, { factsOf }, { stopSignal }, { standardOutput }] =
  await Promise.all([
    import('./config.ts'),
    import('./cli/index.ts'),
    import('./lib/errors.ts'),
    import('./wiring/facts.ts'),
    import('./wiring/stop-signal.ts'),
    import('./wiring/standard-output.ts'),
  ]);

try {
  process.loadEnvFile();
} catch (error) {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
    process.stderr.write(`The file .env can't be read (${messageOf(error)}).\n`);
    process.exit(2);
  }
}

const { version } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const signal = stopSignal();
const output = standardOutput();
const status = terminalStatus(process.stderr);

/** The database and everything else, for a command that ends by itself. */
async function openForCommand() {
  const { open } = await import('./wiring/open.ts');
  return open(loadConfig(process.env), { version, progress: status, works: false, patient: false, signal });
}

const exitCode = await runCli(process.argv.slice(2), {
  version,
  channelExamples: ['telegram:@name', 'discord:112233445566778899', 'x:account', 'preview:telegram'],
  async open() {
    const { ports, outlines, scheduler, close } = await openForCommand();
    return { ...ports, outlines, depths: scheduler.depths, close };
  },
  async openWithoutStore() {
    const { openOutside } = await import('./wiring/open.ts');
    const outside = await openOutside(loadConfig(process.env), version);
    return { ...outside.ports, close: outside.close };
  },
  async start({ role }, printLine) {
    const { start } = await import('./wiring/start.ts');
    await start(loadConfig(process.env), {
      role,
      version,
      // A server goes on when nobody reads what it says any more.
      print: (line) => {
        if (output.problem() === null) printLine(line);
      },
      signal,
    });
  },
  async runOnce() {
    const { runOnce } = await import('./wiring/run-once.ts');
    const opened = await openForCommand();
    try {
      return await runOnce(opened, signal);
    } finally {
      await opened.close();
    }
  },
  async backup(path) {
    const { writeBackup } = await import('./wiring/backup.ts');
    const named = path ?? `crier-${new Date().toISOString().replace(/[:.]/gu, '-')}.backup`;
    return writeBackup(loadConfig(process.env), named, { version, progress: status, signal });
  },
  async restore(path) {
    const { readBackup } = await import('./wiring/backup.ts');
    return readBackup(loadConfig(process.env), path, { version, progress: status, signal });
  },
  facts() {
    return factsOf(loadConfig(process.env));
  },
  print: output.print,
  printError: (line) => {
    if (output.problem() !== 'EPIPE') process.stderr.write(`${line}\n`);
  },
  status,
  readStdin: () => process.stdin.setEncoding('utf8'),
  readFile: (path) => readFile(path, 'utf8'),
  streamFile: (path) => createReadStream(path, 'utf8'),
  writeFile: (path, text) => writeFile(path, text),
  isTTY: process.stdin.isTTY ?? false,
  columns: process.stdout.isTTY ? process.stdout.columns : null,
  signal,
});
// Who closed our output has what they wanted.
process.exitCode = output.problem() === 'EPIPE' ? 0 : exitCode;
