import { isDeepStrictEqual } from 'node:util';
import { fateOf } from '../../src/domain/article.ts';
import type { DeliveryState } from '../../src/domain/delivery.ts';
import { localDate, type Schedule } from '../../src/domain/schedule.ts';
import { HOUR, MINUTE } from '../../src/lib/clock.ts';
import type { Played } from './play.ts';
import type { Script } from './script.ts';
import type { Stage } from './stage.ts';

const ZONE = 'Europe/Riga';

interface DeliveryRow {
  id: number;
  post_id: number;
  channel_id: number;
  part: number;
  parts: number;
  reply_to: string | null;
  state: DeliveryState;
  due_at: string;
  fence: number;
  remote_id: string | null;
  reason: string | null;
}
interface AttemptRow {
  id: string;
  delivery_id: number;
  fence: number;
  started_at: string;
  body: string;
}
interface OutcomeRow {
  attempt_id: string;
  outcome: string;
  by: string;
  remote_id: string | null;
}

/** What is broken after a play, in words; empty when every promise was kept. */
export async function broken(stage: Stage, script: Script, played: Played): Promise<string[]> {
  const rows = async <T>(table: string, order = 'id') =>
    (await stage.sql(`SELECT to_jsonb(t) AS row FROM ${table} t ORDER BY ${order}`)).map(({ row }) => row as T);
  const [deliveries, attempts, outcomes] = [
    await rows<DeliveryRow>('delivery'),
    await rows<AttemptRow>('attempt', 'delivery_id, fence'),
    await rows<OutcomeRow>('attempt_outcome'),
  ];
  const approved = await rows<{ id: number }>("(SELECT id FROM post WHERE state = 'approved')");
  const removed = new Set(
    (await rows<{ id: number }>("(SELECT id FROM channel WHERE state = 'removed')")).map(({ id }) => id),
  );
  const { messages, reached } = played.network;
  const problems = [...played.faults];

  // At most one copy, unless a person said "again".
  for (const { id, post_id, channel_id, part } of deliveries) {
    const copies = messages.filter((message) => message.deliveryId === id).length;
    const allowed = 1 + (played.again.get(id) ?? 0);
    if (copies > allowed)
      problems.push(
        `TWICE: readers see ${copies} copies of post ${post_id} on channel ${channel_id}, part ${part} (delivery ${id}); ${allowed} allowed`,
      );
  }
  if (new Set(reached).size !== reached.length) problems.push('TWICE: one attempt reached a platform twice');

  // Nothing lost, nothing stuck.
  for (const { id } of approved)
    if (!deliveries.some((delivery) => delivery.post_id === id && delivery.part === 1))
      problems.push(`LOST: post ${id} is approved and has no delivery`);
  for (const delivery of deliveries) {
    const { id, state, part, parts, post_id, reason } = delivery;
    if (state === 'intent') problems.push(`STUCK: delivery ${id} is an intent without an end`);
    if (state === 'waiting' && !removed.has(delivery.channel_id))
      problems.push(`STUCK: delivery ${id} still waits, due ${delivery.due_at}, at ${played.now.toISOString()}`);
    if ((state === 'unclear' || state === 'rejected' || state === 'dropped') && !reason)
      problems.push(`SILENT: delivery ${id} is ${state} without a reason`);
    if (
      state === 'confirmed' &&
      part < parts &&
      delivery.remote_id &&
      !deliveries.some((next) => next.post_id === post_id && next.part === part + 1)
    )
      problems.push(`LOST: the thread of post ${post_id} ends after part ${part} of ${parts}`);
  }

  // The ledger is whole, only grows, and says of the world what is true.
  if (!played.early.every((row) => outcomes.some((outcome) => isDeepStrictEqual(outcome, row))))
    problems.push('LEDGER: outcomes were changed after they were written');
  for (const { id, fence, state, remote_id } of deliveries) {
    const own = attempts.filter((attempt) => attempt.delivery_id === id);
    if (
      !isDeepStrictEqual(
        own.map((attempt) => attempt.fence),
        Array.from({ length: fence }, (_, index) => index + 1),
      )
    )
      problems.push(`LEDGER: delivery ${id} has fence ${fence} and attempts ${own.map((attempt) => attempt.fence)}`);
    const told = outcomes.filter((outcome) => outcome.attempt_id === own.at(-1)?.id);
    // "Not sent" that comes after the attempt was given up is kept, and moves nothing: a person decides.
    const last = told.findLast(
      ({ outcome, by }) => outcome !== 'not-sent' || by !== 'crier' || (state === 'waiting' && fence > 0),
    );
    const says = state === 'waiting' ? 'not-sent' : state;
    // Whatever a platform says after a person's last word is kept, and moves nothing.
    const isPersons = state === 'dropped' || played.there.has(id);
    if (own.length > 0 && !isPersons && last?.outcome !== says)
      problems.push(`LEDGER: delivery ${id} is ${state}, its last attempt says ${last?.outcome ?? 'nothing'}`);
    if (
      state === 'confirmed' &&
      !played.there.has(id) &&
      !messages.some((message) => message.deliveryId === id && message.remoteId === remote_id)
    )
      problems.push(`UNTRUE: delivery ${id} is confirmed as ${remote_id}, which nobody sees`);
  }
  for (const attempt of attempts) {
    const seen = messages.some((message) => message.attemptId === attempt.id);
    for (const { outcome, by } of outcomes.filter((one) => one.attempt_id === attempt.id)) {
      if (by !== 'crier') continue;
      if ((outcome === 'not-sent' || outcome === 'rejected') && seen)
        problems.push(
          `UNTRUE: attempt ${attempt.fence} of delivery ${attempt.delivery_id} is ${outcome}, but readers see it`,
        );
      if (outcome === 'confirmed' && !seen)
        problems.push(
          `UNTRUE: attempt ${attempt.fence} of delivery ${attempt.delivery_id} is confirmed, but nobody sees it`,
        );
    }
  }
  for (const message of messages) {
    const attempt = attempts.find(({ id }) => id === message.attemptId);
    if (attempt === undefined)
      problems.push(`LEDGER: message ${message.remoteId} was sent without an attempt on record`);
    else if (attempt.body !== message.text)
      problems.push(`LEDGER: message ${message.remoteId} is not what was to be sent`);
  }
  for (const id of reached)
    if (!attempts.some((attempt) => attempt.id === id))
      problems.push('LEDGER: a send went out without an attempt on record');

  // A thread is in order: each part answers one of the part before it, which was there first.
  for (const [index, message] of messages.entries()) {
    const delivery = deliveries.find(({ id }) => id === message.deliveryId);
    if (delivery === undefined || delivery.part === 1) continue;
    const before = messages.slice(0, index).find(({ remoteId }) => remoteId === message.replyTo);
    const ofPart = deliveries.find(({ id }) => id === before?.deliveryId);
    if (ofPart?.post_id !== delivery.post_id || ofPart.part !== delivery.part - 1)
      problems.push(
        `ORDER: part ${delivery.part} of post ${delivery.post_id} does not follow part ${delivery.part - 1}`,
      );
  }

  for (const fate of await rows<{ brand_id: number; article_id: number; state: string; waiting_for: string | null }>(
    'fate',
  )) {
    const store = stage.stores[0];
    const standing = (await store?.posts.standing(fate.brand_id, fate.article_id)) ?? [];
    const due = fateOf(standing);
    if (fate.state !== due.state || fate.waiting_for !== due.waitingFor)
      problems.push(
        `FATE: article ${fate.article_id} is ${fate.state} ${fate.waiting_for}, its posts say ${due.state} ${due.waitingFor}`,
      );
  }
  if (script.time === 'calm') problems.push(...unscheduled(stage, script, played, deliveries));
  return problems;
}

/** What went out at a time that its channel's schedule forbids. What a person sent again goes when they say so. */
function unscheduled(stage: Stage, script: Script, played: Played, deliveries: readonly DeliveryRow[]): string[] {
  const problems: string[] = [];
  for (const [index, channelId] of stage.scene.channelIds.entries()) {
    const schedule = script.schedules[index] as Schedule;
    const planned = played.network.messages.filter((message) =>
      deliveries.some(
        ({ id, channel_id, part, state }) =>
          id === message.deliveryId &&
          channel_id === channelId &&
          part === 1 &&
          state !== 'dropped' &&
          !played.again.has(id) &&
          !played.there.has(id),
      ),
    );
    const onDay = new Map<string, number>();
    for (const [place, { at, deliveryId }] of planned.entries()) {
      const local = localTime(at);
      const { quiet, perDay, gapMs, slots, jitterMs } = schedule;
      if (
        quiet !== null &&
        (quiet.from < quiet.to ? local >= quiet.from && local < quiet.to : local >= quiet.from || local < quiet.to)
      )
        problems.push(`SCHEDULE: delivery ${deliveryId} went out at ${local}, in quiet hours`);
      const day = localDate(at, ZONE);
      onDay.set(day, (onDay.get(day) ?? 0) + 1);
      if (perDay !== null && (onDay.get(day) ?? 0) > perDay)
        problems.push(`SCHEDULE: more than ${perDay} posts on ${day} (delivery ${deliveryId})`);
      const before = planned[place - 1];
      if (before !== undefined && at.getTime() - before.at.getTime() < gapMs - MINUTE)
        problems.push(
          `SCHEDULE: deliveries ${before.deliveryId} and ${deliveryId} are ${(at.getTime() - before.at.getTime()) / MINUTE} min apart`,
        );
      if (
        schedule.catchUp === 'none' &&
        slots.length > 0 &&
        !slots.some(({ time }) => within(time, at, jitterMs + 11 * MINUTE))
      )
        problems.push(`SCHEDULE: delivery ${deliveryId} went out at ${local}, in no slot`);
    }
  }
  return problems;
}

const FORMAT = new Intl.DateTimeFormat('en-GB', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const localTime = (at: Date) => FORMAT.format(at);

/** Whether the local time came at most so long before; a time that a clock change skips came an hour later. */
function within(time: string, at: Date, lateMs: number): boolean {
  const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
  const late = ((minutes(localTime(at)) - minutes(time)) * MINUTE + 24 * HOUR) % (24 * HOUR);
  const moved = localDate(at, ZONE) === '2027-03-28' && time > '03:00' && time < '04:00' ? HOUR : 0;
  return late - moved >= 0 && late - moved <= lateMs;
}
