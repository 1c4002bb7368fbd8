import { createHash } from 'node:crypto';
import type { Delivery, Outcome } from '../domain/delivery.ts';
import { nextLookAt } from '../domain/read-back.ts';
import type { Deliveries } from '../ports/store/index.ts';
import type { Context } from './context.ts';
import { Prisma, type Delivery as Row } from './generated/client.ts';
import { toDelivery } from './rows.ts';
import { storable } from './storable.ts';
import { isFree } from './worker.ts';

/** A whole row of `delivery` as Prisma names its columns. */
const ROW = Prisma.raw(`delivery.id, delivery.post_id AS "postId", delivery.channel_id AS "channelId", delivery.part,
  delivery.parts, delivery.reply_to AS "replyTo", delivery.state,
  delivery.due_at AS "dueAt", delivery.fence, delivery.claimed_by AS "claimedBy", delivery.remote_id AS "remoteId",
  delivery.url, delivery.reason, delivery.confirmed_at AS "confirmedAt", delivery.next_measure_at AS "nextMeasureAt",
  delivery.look_at AS "lookAt", delivery.looks, delivery.changed_at AS "changedAt"`);

/** Who writes outcomes that no person gave. */
const CRIER = 'crier';

/**
 * The append-only ledger of attempts and the moves it allows. Every step is one statement, hence one commit: a delivery
 * in state intent always has its attempt, and an outcome is never kept without its move or moved without being kept.
 */
export function createLedger({
  db,
  worker,
}: Context): Pick<Deliveries, 'begin' | 'repeat' | 'finish' | 'resolve' | 'abandonDead'> {
  return {
    async begin(id, attempt, now, probing = false) {
      const owner = await worker.id();
      const body = storable(attempt.body);
      const bodyHash = createHash('sha256').update(body).digest('hex');
      const [row] = await db.$queryRaw<(Row & { troubled: boolean })[]>`
        WITH begun AS (
          UPDATE delivery
          SET state = 'intent', fence = fence + 1, claimed_by = ${owner}, reason = NULL, changed_at = ${now}
          FROM channel JOIN brand ON brand.id = channel.brand_id
          WHERE delivery.id = ${id} AND delivery.state = 'waiting' AND delivery.due_at <= ${now}
            AND channel.id = delivery.channel_id AND channel.state = 'active' AND NOT brand.paused
            AND (${probing} OR NOT EXISTS (
              SELECT 1 FROM breaker WHERE breaker.platform = channel.platform AND open_until IS NOT NULL))
          RETURNING ${ROW}
        ), tried AS (
          INSERT INTO attempt (id, delivery_id, fence, started_at, body, body_hash)
          SELECT ${attempt.id}::uuid, id, fence, ${now}::timestamptz, ${body}, ${bodyHash} FROM begun
        )
        SELECT begun.*, EXISTS (
          SELECT 1 FROM breaker JOIN channel USING (platform) WHERE channel.id = begun."channelId") AS troubled
        FROM begun`;
      if (!row) return null;
      const { troubled, ...whole } = row;
      const delivery = toDelivery(whole);
      return {
        delivery,
        troubled,
        attempt: { id: attempt.id, deliveryId: id, fence: delivery.fence, startedAt: now, body },
      };
    },
    async repeat({ id, fence }, attemptId, now) {
      const owner = await worker.id();
      const [row] = await db.$queryRaw<(Row & { body: string })[]>`
        WITH begun AS (
          UPDATE delivery
          SET state = 'intent', fence = delivery.fence + 1, claimed_by = ${owner}, look_at = NULL, changed_at = ${now}
          FROM channel JOIN brand ON brand.id = channel.brand_id
          WHERE delivery.id = ${id} AND delivery.fence = ${fence} AND delivery.state = 'unclear'
            AND channel.id = delivery.channel_id AND channel.state = 'active' AND NOT brand.paused
          RETURNING ${ROW}
        ), tried AS (
          INSERT INTO attempt (id, delivery_id, fence, started_at, body, body_hash)
          SELECT ${attemptId}::uuid, begun.id, begun.fence, ${now}::timestamptz, attempt.body, attempt.body_hash
          FROM begun JOIN attempt ON attempt.delivery_id = begun.id AND attempt.fence = ${fence}
          RETURNING body
        )
        SELECT begun.*, tried.body FROM begun CROSS JOIN tried`;
      if (!row) return null;
      const { body, ...whole } = row;
      const delivery = toDelivery(whole);
      return {
        delivery,
        attempt: { id: attemptId, deliveryId: id, fence: delivery.fence, startedAt: now, body },
      };
    },
    async finish(attempt, outcome, next, now, by = CRIER) {
      // An answer that comes after the attempt was given up as unclear is the best evidence there can be of it.
      const late = outcome.kind === 'confirmed' || outcome.kind === 'rejected';
      // It also spares a second copy where a person has said "send again" and nothing has been sent yet.
      // An unclear one that comes after another word on the attempt, perhaps a person's, says nothing: it isn't kept.
      const moved = await db.$queryRaw<{ id: number }[]>`
        WITH said AS (
          INSERT INTO attempt_outcome (attempt_id, at, outcome, reason, remote_id, by)
          SELECT ${attempt.id}::uuid, ${now}::timestamptz, ${outcome.kind}, ${reasonOf(outcome)},
            ${remoteIdOf(outcome)}, ${by}
          WHERE ${outcome.kind} <> 'unclear'
            OR NOT EXISTS (SELECT 1 FROM attempt_outcome WHERE attempt_id = ${attempt.id}::uuid)
        )
        UPDATE delivery SET ${columns(next)}
        WHERE id = ${attempt.deliveryId} AND fence = ${attempt.fence}
          AND (state = 'intent' OR (state = 'unclear' AND ${late}) OR (state = 'waiting' AND ${outcome.kind} = 'confirmed'))
        RETURNING id`;
      return moved.length === 1;
    },
    async resolve(next, by, outcome, now) {
      const moved = await db.$queryRaw<{ id: number }[]>`
        WITH settled AS (
          UPDATE delivery SET ${columns(next)} WHERE id = ${next.id} AND fence = ${next.fence} AND state = 'unclear'
          RETURNING id
        ), said AS (
          INSERT INTO attempt_outcome (attempt_id, at, outcome, reason, remote_id, by)
          SELECT attempt.id, ${now}::timestamptz, ${outcome.kind}, ${reasonOf(outcome)}, ${remoteIdOf(outcome)},
            ${storable(by)}
          FROM settled JOIN attempt ON attempt.delivery_id = settled.id AND attempt.fence = ${next.fence}
        )
        SELECT id FROM settled`;
      return moved.length === 1;
    },
    async abandonDead(olderThan, reason, now) {
      const rows = await db.$queryRaw<Row[]>`
        WITH given_up AS (
          UPDATE delivery SET state = 'unclear', reason = ${reason}, claimed_by = NULL, look_at = ${now}, looks = 0,
            changed_at = ${now}
          WHERE state = 'intent' AND (changed_at < ${olderThan} OR ${isFree('delivery.claimed_by')})
          RETURNING ${ROW}
        ), said AS (
          INSERT INTO attempt_outcome (attempt_id, at, outcome, reason, by)
          SELECT attempt.id, ${now}::timestamptz, 'unclear', ${reason}, ${CRIER}
          FROM given_up JOIN attempt ON attempt.delivery_id = given_up.id AND attempt.fence = given_up.fence
        )
        SELECT * FROM given_up ORDER BY id`;
      return rows.map(toDelivery);
    },
  };
}

/** What a settled delivery is written as. Its claim ends; fence and next measure stay; an unclear one is looked for. */
function columns(next: Delivery): Prisma.Sql {
  const { state, dueAt, remoteId, url, reason, confirmedAt, changedAt } = storable(next);
  const lookAt = state === 'unclear' ? nextLookAt(0, changedAt) : null;
  return Prisma.sql`looks = 0, look_at = ${lookAt}, state = ${state}, due_at = ${dueAt}, remote_id = ${remoteId}, url = ${url}, reason = ${reason},
    confirmed_at = ${confirmedAt}, changed_at = ${changedAt}, claimed_by = NULL`;
}

function reasonOf(outcome: Outcome): string | null {
  if (outcome.kind === 'confirmed') return null;
  return storable(outcome.kind === 'rejected' ? `${outcome.reason} ${outcome.cure}`.trim() : outcome.reason);
}

function remoteIdOf(outcome: Outcome): string | null {
  return outcome.kind === 'confirmed' ? storable(outcome.remoteId) : null;
}
