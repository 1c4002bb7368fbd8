/** What is to be done, as stored in the queue: a wake-up. Whether it is still due, the store decides. */
export type Job =
  /** Every feed that is due. */
  | { verb: 'poll' }
  /** One feed, whether due or not. */
  | { verb: 'collect'; feedId: number }
  /** Whatever is due for one feed's subscription at its hub. */
  | { verb: 'push'; feedId: number }
  | { verb: 'read'; articleId: number }
  /** Whether an article is what a filter wants, by a model. */
  | { verb: 'judge'; fateId: number }
  | { verb: 'write'; fateId: number }
  | { verb: 'review'; postId: number }
  | { verb: 'deliver'; deliveryId: number }
  /** One channel: whether Crier may post there. */
  | { verb: 'check'; channelId: number }
  /** One unclear delivery: whether it is there. */
  | { verb: 'look'; deliveryId: number }
  | { verb: 'measure'; deliveryId: number }
  | { verb: 'qualify'; updateId: number }
  /** Looks for what has become due, or was left behind by a process that died, and enqueues it. */
  | { verb: 'sweep' };

export type VerbName = Job['verb'];

/** Puts jobs into the queue. Inside a transaction they exist from its commit on. */
export interface Jobs {
  /** `startAfter` only for what is due within minutes. A job equal to one that waits already is not added again. */
  send(jobs: readonly Job[], options?: { startAfter?: Date }): Promise<void>;
}

/** Takes jobs out and hands them to the verbs. */
export interface Queue {
  readonly jobs: Jobs;
  /** Works every queue until stopped. */
  start(handle: JobHandler): Promise<void>;
  /** Works what waits now, and what that makes due, then returns how many jobs it did. For `run --once`. */
  drain(handle: JobHandler, signal: AbortSignal): Promise<number>;
  /** Waiting and failed jobs, by verb. */
  depths(): Promise<{ verb: VerbName; waiting: number; active: number; failed: number }[]>;
  stop(): Promise<void>;
}

/** Rejects to have the job tried again later. */
export type JobHandler = (job: Job, signal: AbortSignal) => Promise<void>;
