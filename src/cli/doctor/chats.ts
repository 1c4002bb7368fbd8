import { sourceName } from '../../domain/chat-source.ts';
import { SECOND } from '../../lib/clock.ts';
import { AppError, messageOf } from '../../lib/errors.ts';
import { parseChat } from '../../pipeline/collect/index.ts';
import type { BrandCall } from '../session.ts';
import { type Finding, failed, ok } from './finding.ts';

const ASK_MS = 15 * SECOND;

/** Whether the bot still hears each chat that is a source: rights that are taken away make no noise. */
export async function examineChats(
  { ports, brand }: Pick<BrandCall, 'ports' | 'brand'>,
  signal: AbortSignal,
): Promise<Finding[]> {
  const sources = await ports.store.sources.list(brand.id);
  const chats = sources.filter(({ state, feed }) => state === 'active' && feed.kind === 'chat');
  return Promise.all(
    chats.map(async (source): Promise<Finding> => {
      const check = `source ${source.id}`;
      const name = sourceName(source);
      const chat = parseChat(ports, source.feed.url);
      const hears = chat === null ? undefined : ports.platforms.get(chat.platform)?.chat?.hears;
      if (chat === null || hears === undefined) {
        const missing = ports.platforms.known.find((one) => one.name === chat?.platform)?.missing;
        return failed(check, `${name}: its platform is not configured`, missing ?? `crier source remove ${source.id}`);
      }
      try {
        const until = AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]);
        const { problems } = await hears(chat.address, until);
        if (problems.length === 0) return ok(check, `${name}: links that people put there are heard`);
        const told = problems.map(({ problem }) => problem).join(' ');
        return failed(check, `${name}: ${told}`, problems.map(({ cure }) => cure).join(' '));
      } catch (error) {
        if (signal.aborted) throw error;
        const cure = error instanceof AppError && error.cure ? error.cure : 'Try again later.';
        return failed(check, `${name}: the platform could not be asked: ${messageOf(error)}`, cure);
      }
    }),
  );
}
