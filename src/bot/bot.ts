import { PlatformError } from '../lib/errors.ts';
import { followsChat, takeLinks } from '../pipeline/collect/index.ts';
import { takeEngagement } from '../pipeline/measure/index.ts';
import type { Ports } from '../ports/app.ts';
import type { ChatMessage, IncomingEvent } from '../ports/chat.ts';
import type { Tables } from '../ports/store/index.ts';
import { leadTalk } from './lead-talk.ts';

/** Tries of an answer before it is given up; what the person said is stored by then. */
const ANSWER_TRIES = 3;

export interface Bot {
  /** Handles one stored update once. */
  handle(updateId: number, signal: AbortSignal): Promise<void>;
  /** Receives from every platform that has a chat, until `signal` aborts. */
  listen(signal: AbortSignal): Promise<void>;
}

/** The bot over the platforms' chats. Updates are stored before they are handled. */
export function createBot(ports: Ports): Bot {
  const { store, platforms, clock, log } = ports;
  return {
    async listen(signal) {
      await Promise.all(
        platforms.all.map((platform) =>
          platform.chat?.listen(async (update) => {
            const { event } = update;
            const chat = event.kind === 'links' ? { platform: platform.name, address: event.address } : null;
            if (chat === null || (await followsChat(ports, chat)))
              await store.updates.add(platform.name, update, clock.now());
          }, signal),
        ),
      );
    },
    async handle(updateId, signal) {
      // In one commit, so that what a person said is kept once however often the job comes, and whole or not at all.
      const handled = await store.transaction(async (tables) => {
        const taken = await tables.updates.take(updateId);
        if (taken === null) return null;
        const { platform, update } = taken;
        const answers = await answer(within(ports, tables), platform, update.event);
        await tables.updates.done(updateId, clock.now());
        return { platform, answers };
      });
      if (handled === null) return;
      const { platform, answers } = handled;
      const chat = platforms.get(platform)?.chat;
      for (const { to, message } of answers) {
        for (let attempt = 1; chat !== undefined && attempt <= ANSWER_TRIES; attempt++) {
          try {
            await chat.send(to, message, signal);
            break;
          } catch (error) {
            // Only the kind: a platform's words about a private chat may name the person.
            const kind = error instanceof PlatformError ? error.kind : 'unknown';
            if (attempt === ANSWER_TRIES || signal.aborted) log.error({ platform, kind }, 'answer could not be sent');
          }
        }
      }
    },
  };
}

/** The ports inside an open transaction: who asks for one of their own joins it. */
function within(ports: Ports, tables: Tables): Ports {
  return { ...ports, store: { ...ports.store, ...tables, transaction: (work) => work(tables) } };
}

async function answer(
  ports: Ports,
  platform: string,
  event: IncomingEvent,
): Promise<{ to: string; message: ChatMessage }[]> {
  if (event.kind === 'engagement' || event.kind === 'engagement-changed') {
    await takeEngagement(ports, platform, event);
    return [];
  }
  if (event.kind === 'links') {
    await takeLinks(ports, platform, event);
    return [];
  }
  const messages = await leadTalk(ports, platform, event);
  return messages.map((message) => ({ to: event.to, message }));
}
