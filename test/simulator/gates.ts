import { setImmediate } from 'node:timers/promises';
import type { Store, Tables } from '../../src/ports/store/index.ts';

/** How a call goes: done and answered; done, but the answer is lost; done, and the process dies before it hears of it. */
export type How = 'answered' | 'answer lost' | 'dies after';

/** A verb or a person at work: it stands still at each call of the store or a platform until it is given a turn. */
export interface Task {
  readonly worker: number;
  readonly what: string;
  ended: boolean;
  /** A dead one's calls do nothing any more. */
  dead: boolean;
}

/** A call that waits for its turn. */
export interface Call {
  readonly task: Task;
  readonly name: string;
  /** Not to be made before, in milliseconds of the simulated clock. */
  readonly notBefore: number;
  go(how: How, chance: number): void;
  end(error: Error): void;
}

/** What a call of a process that died ends with; nothing that follows reaches the store or a platform. */
class Dead extends Error {}

/** As when the connection breaks between a statement's end and its answer. */
class AnswerLost extends Error {
  constructor() {
    super('Connection terminated unexpectedly');
  }
}

/** Of nouns that the simulated world doesn't have, the sweep finds nothing: they need not be asked. */
const ABSENT = new Set([
  'sources.dueFeeds',
  'subscriptions.due',
  'articles.toRecheck',
  'updates.waiting',
  'fates.waiting',
  'fates.many',
]);

/** Polled so often while a call takes longer than it should: it may wait for a lock. */
const LOOK_MS = 3;

export interface Gates {
  /** Calls that wait for their turn, oldest first. */
  readonly waiting: readonly Call[];
  /** Starts `work` over a store whose every call waits for its turn. */
  start(task: Task, real: Store, work: (store: Store) => Promise<unknown>): Promise<void>;
  /** Has a call wait for its turn. `chance` is in [0, 1). */
  call<T>(task: Task, name: string, make: (chance: number) => Promise<T>, notBefore?: number): Promise<T>;
  /** Gives a call its turn and comes back when everything stands still again. */
  turn(call: Call, how: How, chance: number): Promise<void>;
  /** Ends every task of a worker; `cut` takes its connections away. */
  kill(worker: number, cut: () => Promise<void>): Promise<void>;
  /** Waits until everything stands still: at a gate, at its end, or at a lock that another one holds. */
  rest(): Promise<void>;
}

/**
 * The scheduler of the simulation: one call at a time, in the order that the script says. A call that waits for a lock of
 * another one's transaction stands still too (`lockWaits` counts such), and goes on when that one commits.
 */
export function createGates(lockWaits: () => Promise<number>, failed: (task: Task, error: unknown) => void): Gates {
  const waiting: Call[] = [];
  /** Calls that are being made. */
  let running = 0;
  let onMove = () => {};
  const runs = (more: 1 | -1) => {
    running += more;
    if (more < 0) onMove();
  };

  function pause(task: Task, name: string, notBefore = 0): Promise<{ how: How; chance: number }> {
    return new Promise((resolve, reject) => {
      if (task.dead) return reject(new Dead());
      waiting.push({
        task,
        name,
        notBefore,
        go: (how, chance) => resolve({ how, chance }),
        end: reject,
      });
    });
  }

  function heard(task: Task, how: How): void {
    if (how === 'dies after') task.dead = true;
    if (task.dead) throw new Dead();
    if (how === 'answer lost') throw new AnswerLost();
  }

  async function call<T>(task: Task, name: string, make: (chance: number) => Promise<T>, notBefore?: number) {
    const { how, chance } = await pause(task, name, notBefore);
    runs(1);
    try {
      const value = await make(chance);
      heard(task, how);
      return value;
    } finally {
      runs(-1);
    }
  }

  function gated(task: Task, tables: Tables): Tables {
    const nouns = Object.entries(tables).filter(([, noun]) => typeof noun === 'object');
    return Object.fromEntries(
      nouns.map(([noun, verbs]) => [
        noun,
        Object.fromEntries(
          Object.entries(verbs as Record<string, (...given: unknown[]) => Promise<unknown>>).map(([verb, make]) => {
            const name = `${noun}.${verb}`;
            return [
              verb,
              ABSENT.has(name) ? async () => [] : (...given: unknown[]) => call(task, name, () => make(...given)),
            ];
          }),
        ),
      ]),
    ) as unknown as Tables;
  }

  async function transaction<T>(task: Task, real: Store, work: (tables: Tables) => Promise<T>): Promise<T> {
    await pause(task, 'BEGIN');
    let end: How = 'answered';
    runs(1);
    try {
      const value = await real.transaction(async (tables) => {
        runs(-1);
        try {
          const made = await work(gated(task, tables));
          end = (await pause(task, 'COMMIT')).how;
          return made;
        } finally {
          runs(1);
        }
      });
      heard(task, end);
      return value;
    } finally {
      runs(-1);
    }
  }

  /** Whether a call came back, or stood still at a gate, before it took longer than it should. */
  function moved(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), LOOK_MS);
      onMove = () => {
        clearTimeout(timer);
        resolve(true);
      };
    });
  }

  async function rest(): Promise<void> {
    for (;;) {
      await setImmediate();
      if (running === 0) return;
      if (!(await moved()) && (await lockWaits()) >= running) return;
    }
  }

  return {
    waiting,
    async start(task, real, work) {
      const store: Store = {
        ...real,
        ...gated(task, real),
        transaction: (inside) => transaction(task, real, inside),
      };
      work(store)
        .catch((error: unknown) => {
          if (!task.dead) failed(task, error);
        })
        .finally(() => {
          task.ended = true;
        });
      await rest();
    },
    call,
    async turn(one, how, chance) {
      waiting.splice(waiting.indexOf(one), 1);
      one.go(how, chance);
      await rest();
    },
    async kill(worker, cut) {
      const theirs = waiting.filter(({ task }) => task.worker === worker);
      for (const one of theirs) one.task.dead = true;
      await cut();
      for (const one of theirs) {
        waiting.splice(waiting.indexOf(one), 1);
        one.end(new Dead());
      }
      await rest();
    },
    rest,
  };
}
