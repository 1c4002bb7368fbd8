/**
 * Kills `crier run --once` at random instants and compares the ledger with what the platform saw.
 * `npm run kill -- --kills 100 --posts 200 --seed 1`. Ends with 1 when a post came twice or was lost.
 */
import { rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startTelegramEmulator } from '../test/emulators/telegram.ts';
import { crier, newDataDir } from '../test/support/crier.ts';
import { manyArticles, startFeedServer } from '../test/support/feed-server.ts';
import { killRun } from '../test/support/kill-run.ts';
import { seededRandom } from '../test/support/random.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    posts: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
  },
});
const kills = Number(values.kills);
const posts = Number(values.posts);
const stories = manyArticles(posts);
const folder = await newDataDir();
const [feed, telegram] = await Promise.all([
  startFeedServer(),
  startTelegramEmulator({ acceptAnyChat: true, validate: false }),
]);
const env = {
  DATA_DIR: folder,
  LOG_LEVEL: 'silent',
  FETCH_ALLOW_PRIVATE: feed.host,
  TELEGRAM_BOT_TOKEN: telegram.token,
  TELEGRAM_API_ROOT: telegram.root,
};
try {
  for (const args of [
    ['channel', 'add', 'telegram:-1001', '--auto', '--lang', 'en'],
    ['source', 'add', feed.feedUrl, '--first', 'all'],
  ]) {
    const { code, stdout, stderr } = await crier(args, env);
    if (code !== 0) throw new Error(stdout + stderr);
  }
  const started = performance.now();
  const report = await killRun({
    env,
    kills,
    posts,
    random: seededRandom(Number(values.seed)),
    seen: () => telegram.sent.map((message) => ({ text: message.plain, id: String(message.messageId) })),
    before(run) {
      // Equal shares of the stories appear before each run, so that every run has work in every stage.
      feed.articles.push(...stories.slice(feed.articles.length, Math.ceil(((run + 1) / (kills + 1)) * posts)));
      process.stderr.write(
        `\rrun ${run} of ${kills}, ${feed.articles.length} stories, ${telegram.sent.length} messages   `,
      );
    },
  });
  process.stderr.write('\n');
  console.log(
    JSON.stringify(
      { seed: Number(values.seed), seconds: Math.round((performance.now() - started) / 1000), ...report },
      null,
      2,
    ),
  );
  const lost = posts - report.confirmed - report.unclear;
  if (report.twice + report.phantom + report.unknown + lost > 0) {
    console.error(
      `Broken: ${report.twice} twice, ${lost} neither confirmed nor unclear, ${report.phantom} confirmed but not there, ${report.unknown} there but unknown.`,
    );
    process.exitCode = 1;
  }
} finally {
  await Promise.all([feed.close(), telegram.close()]);
  await rm(folder, { recursive: true, force: true });
}
