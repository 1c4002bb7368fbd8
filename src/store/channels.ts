import { type Channel, type ChannelStyle, PLAIN_STYLE } from '../domain/channel.ts';
import { after, MINUTE } from '../lib/clock.ts';
import type { Channels } from '../ports/store/index.ts';
import { type Context, json } from './context.ts';
import { toChannel } from './rows.ts';
import { scheduleJson } from './schedule-json.ts';
import { storable } from './storable.ts';

/** How seldom rights are asked for, and how long before a post. */
const CHECK_MS = 15 * MINUTE;

/** Channels in PostgreSQL. */
export function createChannels({ db }: Context): Channels {
  return {
    async list(brandId) {
      const rows = await db.channel.findMany({
        where: { brandId, state: { not: 'removed' } },
        orderBy: { id: 'asc' },
      });
      return rows.map(toChannel);
    },
    async get(id) {
      const row = await db.channel.findUnique({ where: { id } });
      return row && toChannel(row);
    },
    async find(brandId, platform, address) {
      const key = storable({ brandId, platform, address });
      const row = await db.channel.findUnique({ where: { brandId_platform_address: key } });
      return row && toChannel(row);
    },
    async byAddress(platform, address) {
      const rows = await db.channel.findMany({
        where: { ...storable({ platform, address }), state: { not: 'removed' } },
        orderBy: { id: 'asc' },
      });
      return rows.map(toChannel);
    },
    async add(channel) {
      const { createdAt, ...settings } = columns(channel);
      const { brandId, platform, address } = settings;
      const row = await db.channel.upsert({
        where: { brandId_platform_address: { brandId, platform, address } },
        create: { ...settings, createdAt },
        update: settings,
      });
      return toChannel(row);
    },
    async save(channel) {
      await db.channel.updateMany({ where: { id: channel.id }, data: columns(channel) });
    },
    async lock(id) {
      await db.$queryRaw`SELECT 1 FROM channel WHERE id = ${id} FOR NO KEY UPDATE`;
      const row = await db.channel.findUnique({ where: { id } });
      return row && toChannel(row);
    },
    async changeState(id, from, state, reason) {
      const { count } = await db.channel.updateMany({ where: { id, state: from }, data: storable({ state, reason }) });
      return count === 1;
    },
    async toCheck(now, limit) {
      const rows = await db.channel.findMany({
        where: {
          brand: { paused: false },
          AND: [
            { OR: [{ checkedAt: null }, { checkedAt: { lte: after(now, -CHECK_MS) } }] },
            {
              OR: [
                { state: 'attention' },
                {
                  state: 'active',
                  deliveries: { some: { state: 'waiting', dueAt: { gt: now, lte: after(now, CHECK_MS) } } },
                },
              ],
            },
          ],
        },
        orderBy: [{ checkedAt: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
        take: limit,
        select: { id: true },
      });
      return rows.map((row) => row.id);
    },
    async takeCheck(id, now) {
      const { count } = await db.channel.updateMany({
        where: {
          id,
          state: { in: ['active', 'attention'] },
          OR: [{ checkedAt: null }, { checkedAt: { lte: after(now, -CHECK_MS) } }],
        },
        data: { checkedAt: now },
      });
      return count === 1;
    },
    async move(platform, from, to) {
      await db.$executeRaw`
        UPDATE channel SET address = ${storable(to)} WHERE platform = ${platform} AND address = ${storable(from)}
          AND NOT EXISTS (SELECT 1 FROM channel other WHERE other.brand_id = channel.brand_id
            AND other.platform = channel.platform AND other.address = ${storable(to)})`;
    },
    async setState(id, state, reason) {
      await db.channel.updateMany({ where: { id }, data: storable({ state, reason }) });
    },
  };
}

function columns(channel: Omit<Channel, 'id' | 'style'> & { style?: ChannelStyle }) {
  const { brandId, platform, address, name, language, auto, state, reason, createdAt } = channel;
  const style = json(notPlain(channel.style ?? PLAIN_STYLE));
  const schedule = scheduleJson(channel.schedule);
  const budgetMonthMicros = channel.budgetMonthMicros ?? null;
  return storable({
    ...{
      brandId,
      platform,
      address,
      name,
      language,
      auto,
      state,
      reason,
      style,
      schedule,
      budgetMonthMicros,
      createdAt,
    },
  });
}

/** What a later default must not change is kept; the rest isn't. */
function notPlain(style: ChannelStyle): Partial<ChannelStyle> {
  return Object.fromEntries(
    Object.entries(style).filter(([key, value]) => value !== PLAIN_STYLE[key as keyof ChannelStyle]),
  );
}
