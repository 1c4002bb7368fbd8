import { channelRef } from '../../domain/channel.ts';
import { MINUTE, SECOND } from '../../lib/clock.ts';
import { inspectChannel } from '../../pipeline/deliver/index.ts';
import type { BrandCall } from '../session.ts';
import { type Finding, failed, off, ok, warning } from './finding.ts';

type Parts = Pick<BrandCall, 'ports' | 'brand'>;

const INSPECT_MS = 15 * SECOND;
/** A due post without an attempt for longer than this is late. */
const LATE_SECONDS = (5 * MINUTE) / SECOND;

/** Each channel's rights, asked of its platform. */
export async function examineChannels({ ports, brand }: Parts, signal: AbortSignal): Promise<Finding[]> {
  const channels = await ports.store.channels.list(brand.id);
  if (channels.length === 0) return [warning('channels', 'none is connected', 'crier channel add PLATFORM:ADDRESS')];
  return Promise.all(
    channels.map(async (channel): Promise<Finding> => {
      const check = `channel ${channel.id}`;
      const told = `${channelRef(channel)} (${channel.name})`;
      if (channel.state === 'paused') return off(check, `${told} is paused`, `crier channel resume ${channel.id}`);
      const { problems, notes } = await inspectChannel(
        ports,
        channel,
        AbortSignal.any([signal, AbortSignal.timeout(INSPECT_MS)]),
      );
      if (problems.length > 0) {
        return failed(
          check,
          `${told}: ${problems.map((one) => one.problem).join(' ')}`,
          problems.map((one) => one.cure).join(' '),
        );
      }
      if (channel.state === 'attention')
        return warning(
          check,
          `${told} works again, but is marked: ${channel.reason ?? 'needs attention'}`,
          `crier channel check ${channel.id}`,
        );
      return ok(check, [`${told}: Crier may post there`, ...notes].join('; '));
    }),
  );
}

/** Sources that can't be read. */
export async function examineSources({ ports, brand }: Parts): Promise<Finding[]> {
  const sources = await ports.store.sources.list(brand.id);
  if (sources.length === 0) return [warning('sources', 'there is none', 'crier source add URL')];
  const troubled = sources.filter(
    (source) => source.state === 'active' && (source.feed.state === 'failing' || source.feed.state === 'gone'),
  );
  if (troubled.length === 0) return [ok('sources', `${sources.length}, none in trouble`)];
  return troubled.map((source) =>
    warning(
      `source ${source.id}`,
      `${source.feed.url}: ${source.feed.reason ?? source.feed.state}`,
      source.feed.state === 'gone'
        ? `crier source remove ${source.id}`
        : `It is tried again by itself. To see now: crier source preview ${source.feed.url}`,
    ),
  );
}

/** Posts that are stuck, and jobs that failed. */
export async function examineDeliveries({ ports, brand }: Parts): Promise<Finding[]> {
  const [health, counts, depths] = await Promise.all([
    ports.store.health(ports.clock.now()),
    ports.store.deliveries.counts(brand.id),
    ports.depths(),
  ]);
  const findings: Finding[] = (await ports.store.breakers.list())
    .filter((one) => one.openUntil !== null)
    .map(({ platform, reason, failures, openUntil }) =>
      warning(
        platform,
        `it has failed ${failures} times in a row, so nothing is sent there: ${reason}`,
        `Nothing is to be done: one post tries again at ${openUntil?.toISOString()}, the others follow.`,
      ),
    );
  if (counts.unclear > 0)
    findings.push(
      warning(
        'deliveries',
        `${counts.unclear} unclear: the platform did not say whether the post is there`,
        'crier delivery list --state unclear',
      ),
    );
  const late = health.oldestUnsentSeconds;
  if (late !== null && late > LATE_SECONDS) {
    findings.push(
      warning(
        'deliveries',
        `a post is due for ${Math.round(late / 60)} minutes and was not tried`,
        'Is it running? crier start, or crier run --once',
      ),
    );
  }
  if (findings.length === 0)
    findings.push(
      ok('deliveries', `${counts.confirmed} delivered, ${counts.waiting} waiting, ${counts.rejected} refused`),
    );
  const jobs = depths.filter((depth) => depth.failed > 0);
  findings.push(
    jobs.length === 0
      ? ok('queue', `${depths.reduce((sum, depth) => sum + depth.waiting, 0)} jobs waiting, none failed`)
      : warning(
          'queue',
          `jobs that failed: ${jobs.map((depth) => `${depth.failed} ${depth.verb}`).join(', ')}`,
          'The log says why. What they were about is tried again by itself.',
        ),
  );
  return findings;
}

/** What people of the brand should know: budgets that are used up, and the like. */
export async function examineNotices({ ports, brand }: Parts): Promise<Finding[]> {
  const notices = await ports.store.notices.current(brand.id, ports.clock.now());
  return notices.map(({ level, text }) => (level === 'stopped' ? failed : warning)('notice', text, 'crier brand show'));
}

/** Whether the lead form can say who answers for the data. */
export function examineController({ brand }: Pick<Parts, 'brand'>): Finding {
  const { name, contact } = brand.controller;
  if (name !== '' && contact !== '') return ok('lead form', `${name} answers for personal data`);
  return warning(
    'lead form',
    'It does not say who answers for personal data.',
    'crier brand set controller-name="…" controller-contact="…"',
  );
}
