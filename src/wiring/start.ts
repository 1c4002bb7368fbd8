import { createBot } from '../bot/index.ts';
import { issueLogin, type Role } from '../cli/index.ts';
import type { Config } from '../config.ts';
import { messageOf } from '../lib/errors.ts';
import { jobHandler } from '../pipeline/index.ts';
import { localUrl } from './local-url.ts';
import { type Opened, open } from './open.ts';
import { prepareSample } from './sample.ts';

/** Runs Crier until `signal` aborts: web, worker and chat, or the one that `role` names. Resolves after a clean stop. */
export async function start(
  config: Config,
  options: { role: Role; version: string; print(line: string): void; signal: AbortSignal },
): Promise<void> {
  const { role, print, signal } = options;
  const works = role === 'all' || role === 'worker';
  print(`Crier ${options.version} is starting.`);
  let opened: Opened;
  try {
    opened = await open(config, { version: options.version, progress: print, works, patient: true, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
    print('Stopped.');
    return;
  }
  const intake: (() => Promise<void>)[] = [];
  try {
    await run(config, opened, { ...options, works }, intake);
    print('Crier is stopping; what is being sent is finished. (Ctrl-C again: at once.)');
  } finally {
    // First nothing comes in any more, then the queue finishes what it has, then the database closes.
    await Promise.all(intake.map((end) => end()));
    await opened.close();
  }
}

/** Starts the parts and waits for `signal`. `intake` gets what ends the parts that others talk to. */
async function run(
  config: Config,
  { ports, scheduler }: Opened,
  { role, works, print, signal }: { role: Role; works: boolean; print(line: string): void; signal: AbortSignal },
  intake: (() => Promise<void>)[],
): Promise<void> {
  const does = (part: Role) => role === 'all' || role === part;
  let tour = false;
  if (does('web')) {
    const { createWeb, serveWeb } = await import('../web/index.ts');
    const web = await serveWeb(createWeb({ ports, queue: scheduler, mode: modeOf(config) }), config);
    intake.push(web.close);
    tour = await prepareSample(ports, localUrl(config.host, config.port));
  }
  const bot = createBot(ports);
  if (does('chat')) {
    const leaving = new AbortController();
    const chat = bot
      .listen(AbortSignal.any([signal, leaving.signal]))
      .catch((error) => ports.log.error({ reason: messageOf(error) }, 'chat ended'));
    intake.push(() => {
      leaving.abort();
      return chat;
    });
  }
  if (works) {
    await scheduler.start(jobHandler(ports, bot.handle));
    await ports.store.jobs.send([{ verb: 'sweep' }]);
  }
  if (does('web')) {
    const login = await issueLogin(ports, await ports.store.brands.default());
    print('');
    print(`Crier runs at ${ports.settings.publicUrl}`);
    print(`Log in once with this link (10 minutes): ${login.url}`);
    print('Another link: npm run crier -- login     Stop: Ctrl-C');
    if (tour)
      print(
        'This is a tour with sample articles; nothing leaves this machine. The dashboard says how to begin for real.',
      );
  } else print(`Crier runs as ${role}.`);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

/** Nothing leaves this machine while no platform is set; these three lines change that. */
function modeOf(config: Config): { preview: boolean; missing: string[] } {
  const missing = [
    ...(config.telegram === null ? ['TELEGRAM_BOT_TOKEN=123456789:the-token-from-BotFather'] : []),
    ...(config.publicUrl === null ? ['PUBLIC_URL=https://crier.example.com'] : []),
    ...(config.openai.apiKey === null && config.openai.baseUrl === null ? ['OPENAI_API_KEY=sk-your-key'] : []),
  ];
  return { preview: config.telegram === null && config.discord === null && config.x === null, missing };
}
