import { afterEach, beforeEach, expect, test } from 'vitest';
import { HOUR, systemClock } from '../../../src/lib/clock.ts';
import { silentLog } from '../../../src/lib/log.ts';
import { createX } from '../../../src/platforms/x/index.ts';
import type { Trace } from '../../../src/ports/platform.ts';
import { BARE } from '../../contracts/platform.ts';
import { startXEmulator, type XEmulator } from '../../emulators/x.ts';

let emulator: XEmulator;
beforeEach(async () => {
  emulator = await startXEmulator();
});
afterEach(async () => {
  await emulator.close();
  expect(emulator.violations).toEqual([]);
});
const { signal } = new AbortController();
const x = () =>
  createX({ ...emulator.keys, apiBase: emulator.base, sendDeadlineMs: 1000 }, { log: silentLog, clock: systemClock });
const LINK = 'https://crier.lv/r/Ab3dE7x';
const TEXT = `Fish & chips < 5 € in Rīga\n\n${LINK}?a=1&b=2`;

async function lost(text = TEXT): Promise<Trace> {
  const post = { ...BARE, address: 'acmenews', text, attemptId: 'a', deliveryId: 7 };
  emulator.next('reset-after-accept');
  expect(await x().publish(post, signal)).toMatchObject({ kind: 'unclear' });
  return { address: 'acmenews', text, body: x().body(post), ownLinks: [], since: new Date() };
}
const look = (trace: Trace) => x().lookFor?.(trace, signal);
const found = () => {
  const id = emulator.posts.at(-1)?.id;
  return { kind: 'found', remoteId: id, url: `https://x.com/i/web/status/${id}` };
};

test('the text is found in the timeline although its links are wrapped and its & is escaped there', async () => {
  expect(await look(await lost())).toEqual(found());
});

test.each(['post.fields', 'tweet.fields'] as const)('X that only knows %s is understood too', async (dialect) => {
  emulator.dialect = dialect;
  expect(await look(await lost())).toEqual(found());
  // The specification names only one of the two.
  emulator.violations.length = 0;
});

test('a link that stands in no other post is enough, whatever X has made of the words', async () => {
  const trace = await lost(`Quay\n${LINK}`);
  const [post] = emulator.posts;
  if (post) post.text = `Quay!\n${LINK}`;
  expect(await look(trace)).toMatchObject({ kind: 'absent' });
  expect(await look({ ...trace, ownLinks: [LINK] })).toEqual(found());
});

test('an equal post from before the try is another one', async () => {
  const trace = await lost();
  const [post] = emulator.posts;
  if (post) post.at = new Date(Date.now() - HOUR);
  expect(await look(trace)).toEqual({ kind: 'absent', reason: "It is not in the account's timeline." });
});

test.each(['500', '429', '401', 'hang', 'bad-json'] as const)(
  'a timeline that answers %s tells nothing',
  async (fault) => {
    const trace = await lost();
    emulator.next('ok', fault);
    expect(await look(trace)).toMatchObject({
      kind: 'cannot-tell',
      reason: expect.stringContaining('could not be read'),
    });
  },
);
