import { type Context, Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Channel } from '../../domain/channel.ts';
import { CHANNEL_SETTINGS } from '../../domain/channel-settings.ts';
import { SCHEDULE_SETTINGS } from '../../domain/schedule-setting.ts';
import { changedBy } from '../../domain/setting.ts';
import { UsageError } from '../../lib/errors.ts';
import { scheduleChannel, setChannel } from '../../pipeline/deliver/index.ts';
import type { Ports } from '../../ports/app.ts';
import { notFoundPage } from '../message-pages.ts';
import { type Env, requireRole } from '../session.ts';
import { type ChannelDraft, channelPage } from './channel-page.ts';
import { idOf } from './id.ts';

/** The page of each channel: its settings and its schedule. Managers see them, marketers change them. */
export function channelRoutes(ports: Ports): Hono<Env> {
  const app = new Hono<Env>();
  const small = bodyLimit({ maxSize: 16 * 1024 });

  app.get('/channels/:id', requireRole(ports, 'manager'), async (c) => {
    const channel = await channelOf(c);
    return channel === null ? noSuchChannel(c) : c.html(await shown(c, channel));
  });
  app.post('/channels/:id', requireRole(ports, 'marketer'), small, async (c) => {
    const channel = await channelOf(c);
    if (channel === null) return noSuchChannel(c);
    const values = await valuesOf(c, CHANNEL_SETTINGS);
    try {
      await setChannel(ports, channel.id, new Map(Object.entries(values)));
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return c.html(await shown(c, channel, { settings: { values, problem: error.message } }), 400);
    }
    return c.redirect(`/channels/${channel.id}`, 303);
  });
  app.post('/channels/:id/schedule', requireRole(ports, 'marketer'), small, async (c) => {
    const channel = await channelOf(c);
    if (channel === null) return noSuchChannel(c);
    const values = await valuesOf(c, SCHEDULE_SETTINGS);
    const { next, faults } = changedBy(SCHEDULE_SETTINGS, channel.schedule, values);
    if (faults.size > 0) {
      const problem = [...faults.values()].join(' ');
      return c.html(await shown(c, channel, { schedule: { values, problem } }), 400);
    }
    await scheduleChannel(ports, channel.id, next);
    return c.redirect(`/channels/${channel.id}#schedule`, 303);
  });

  async function channelOf(c: Context<Env>): Promise<Channel | null> {
    const channel = await ports.store.channels.get(idOf(c.req.param('id')) ?? 0);
    return channel?.brandId === c.var.brand.id && channel.state !== 'removed' ? channel : null;
  }
  /** Its latest post is looked for among the brand's newest. */
  async function shown(c: Context<Env>, channel: Channel, draft: ChannelDraft = {}) {
    const posts = await ports.store.posts.list({ brandId: c.var.brand.id, limit: 50 });
    const latest = posts.find((view) => view.channel.id === channel.id) ?? null;
    return channelPage({ ports, member: c.var.member, brand: c.var.brand }, channel, latest, draft);
  }
  return app;
}

function noSuchChannel(c: Context<Env>) {
  return c.html(notFoundPage('There is no such channel'), 404);
}

/** What was sent, by the settings' keys. */
async function valuesOf(c: Context<Env>, settings: readonly { key: string }[]): Promise<Record<string, string>> {
  const sent = await c.req.parseBody();
  return Object.fromEntries(
    settings.flatMap(({ key }) => (typeof sent[key] === 'string' ? [[key, sent[key]] as const] : [])),
  );
}
