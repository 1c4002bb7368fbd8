import type pg from 'pg';
import { FILTERED } from '../domain/article.ts';

/** What a delivery says that waited when the backup was made. */
const MAYBE_SENT = 'restored from a backup: it waited then and may have been sent since; look into the channel';
const MAYBE_DECIDED = 'restored from a backup: it may have been sent since; look into the channel before approving';

/**
 * Takes care that nothing which may have gone out after the backup was made goes out again by itself: deliveries that
 * waited become unclear, articles that were to be written are filtered, posts in review wait for a person, and sources
 * begin anew without posting what they carry now. Inside a transaction, on tables as old as the backup: only columns of
 * the first migration are named here.
 */
export async function holdBack(client: pg.Client, now: Date): Promise<void> {
  await client.query('UPDATE feed SET claimed_by = NULL WHERE claimed_by IS NOT NULL');
  await client.query('UPDATE delivery SET claimed_by = NULL WHERE claimed_by IS NOT NULL');
  await client.query(
    `WITH maybe AS (
       UPDATE delivery SET state = 'unclear', fence = fence + 1, reason = $1, changed_at = $2
       WHERE state = 'waiting' RETURNING id, fence, post_id
     ), tried AS (
       INSERT INTO attempt (id, delivery_id, fence, started_at, body, body_hash)
       SELECT gen_random_uuid(), maybe.id, fence, $2, text, encode(sha256(convert_to(text, 'UTF8')), 'hex')
       FROM maybe JOIN post ON post.id = post_id RETURNING id
     )
     INSERT INTO attempt_outcome (attempt_id, at, outcome, reason, by) SELECT id, $2, 'unclear', $1, 'crier' FROM tried`,
    [MAYBE_SENT, now],
  );
  await client.query(`UPDATE post SET reason = $1 WHERE state = 'review'`, [MAYBE_DECIDED]);
  await client.query(
    `UPDATE fate SET state = 'filtered', waiting_for = NULL, reason = $1, changed_at = $2, claimed_by = NULL
     WHERE state = 'waiting' AND waiting_for IN ('page', 'relevance', 'writer', 'channel')`,
    [FILTERED.restored, now],
  );
  await client.query('UPDATE source SET started_at = NULL, first_posts = 0');
}
