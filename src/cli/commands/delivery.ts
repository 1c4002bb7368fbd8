import { type Command, Option } from 'commander';
import { channelRef } from '../../domain/channel.ts';
import type { DeliveryState } from '../../domain/delivery.ts';
import { UsageError } from '../../lib/errors.ts';
import { settleDelivery, type Verdict } from '../../pipeline/deliver/index.ts';
import { parseCount } from '../arguments.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import { findDelivery } from '../find.ts';
import { pages } from '../pages.ts';
import { deliveryRecord } from '../records.ts';
import { type BrandOptions, limitFor, type Session } from '../session.ts';
import { localTime } from '../times.ts';
import { deliveryWords } from '../words.ts';
import { BY } from './post.ts';

const STATES: readonly DeliveryState[] = ['waiting', 'intent', 'confirmed', 'rejected', 'unclear', 'dropped'];

/** `delivery list|settle`. */
export function addDeliveryCommands(program: Command, session: Session): void {
  const group = addGroup(program, 'delivery', 'What was sent where, and what came of it');

  addCommand(group, 'list', 'List deliveries, newest first', 'crier delivery list --state unclear')
    .addOption(new Option('--state <state>', 'only those').choices(STATES))
    .option('--limit <count>', 'how many, or "all" (20; with --json all)', parseCount)
    .addOption(brandOption())
    .action((options: BrandOptions & { state?: DeliveryState; limit?: number }) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const query = { brandId: brand.id, ...(options.state === undefined ? {} : { state: options.state }) };
        const deliveries = pages(
          (page) => ports.store.deliveries.list({ ...query, ...page }),
          (view) => view.delivery.id,
          limitFor(options),
        );
        await output.list(deliveries, {
          record: deliveryRecord,
          columns: [
            { title: 'ID', value: ({ delivery }) => delivery.id, align: 'right' },
            { title: 'POST', value: ({ delivery }) => delivery.postId, align: 'right' },
            { title: 'CHANNEL', value: ({ channel }) => channelRef(channel), max: 30 },
            { title: 'STATE', value: ({ delivery }) => deliveryWords(delivery.state) },
            { title: 'SINCE', value: ({ delivery }) => localTime(delivery.changedAt, brand.timeZone) },
            { title: 'TRIES', value: ({ attempts }) => attempts.length, align: 'right' },
            { title: 'WHERE OR WHY', value: ({ delivery }) => delivery.url ?? delivery.reason ?? '', max: 80 },
          ],
          empty:
            options.state === undefined
              ? 'Nothing was delivered yet. See what waits: crier post list'
              : `No delivery is ${deliveryWords(options.state)}.`,
        });
        if (options.state === 'unclear')
          output.say(
            'Crier looks for each by itself for 15 minutes. Otherwise look in the channel, then:\n' +
              '  crier delivery settle ID… --there   it is there: nothing is sent\n' +
              '  crier delivery settle ID… --again   it is not there: it is sent once more\n' +
              '  crier delivery settle ID… --drop    leave it: it is never sent again',
          );
      }),
    );

  addCommand(
    group,
    'settle <delivery...>',
    'Say what became of unclear deliveries, after a look into the channel',
    'crier delivery settle 7 --there',
  )
    .option('--there', 'the post is there: it counts as delivered, nothing is sent')
    .option('--url <url>', 'with --there, for one delivery: its address, so that its numbers can be read')
    .option('--again', 'it is not there: it is sent once more, now')
    .option('--drop', 'never mind where it is: it is never sent again')
    .addOption(brandOption())
    .action((inputs: string[], options: BrandOptions & VerdictOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const verdict = verdictOf(options);
        if (inputs.length > 1 && options.url !== undefined) throw new UsageError('--url goes with one delivery.');
        const views = await Promise.all(inputs.map((input) => findDelivery(ports, brand, input)));
        const faults: string[] = [];
        for (const { delivery } of views) {
          try {
            const settled = await settleDelivery(ports, delivery.id, verdict, BY, delivery.fence);
            output.record(deliveryRecord(await findDelivery(ports, brand, String(delivery.id))));
            output.say(`Delivery ${settled.id} is ${deliveryWords(settled.state)} now.`);
          } catch (error) {
            // The others are settled all the same.
            if (!(error instanceof UsageError)) throw error;
            faults.push(error.message);
          }
        }
        if (faults.length > 0) throw new UsageError(faults.join('\n'), { cure: 'See them with: crier delivery list' });
      }),
    );
}

interface VerdictOptions {
  there?: boolean;
  url?: string;
  again?: boolean;
  drop?: boolean;
}

function verdictOf(options: VerdictOptions): Verdict {
  const { there, url, again, drop } = options;
  if ([there, again, drop].filter(Boolean).length !== 1) {
    throw new UsageError('settle wants one of --there, --again and --drop.');
  }
  if (url !== undefined && !there) throw new UsageError('--url goes with --there.');
  if (url !== undefined && !(URL.canParse(url) && /^https?:/iu.test(url)))
    throw new UsageError(`"${url}" is not a web address.`);
  if (there) return url === undefined ? { kind: 'there' } : { kind: 'there', url };
  return again ? { kind: 'again' } : { kind: 'drop' };
}
