import { html } from 'hono/html';
import { type Channel, channelRef } from '../../domain/channel.ts';
import { CHANNEL_SETTINGS, type ChannelSetting } from '../../domain/channel-settings.ts';
import { mayActAs } from '../../domain/member.ts';
import type { Schedule } from '../../domain/schedule.ts';
import { SCHEDULE_SETTINGS } from '../../domain/schedule-setting.ts';
import type { Setting } from '../../domain/setting.ts';
import type { PostView } from '../../ports/store/index.ts';
import { look } from '../look.ts';
import { type Html, page } from '../page.ts';
import type { DashboardTools } from './story.ts';

/** What a person sees of the settings: how they are called here. */
const TITLES: Record<string, string> = {
  name: 'Name',
  language: 'Language',
  auto: 'Approval',
  label: 'AI label',
  'exempt-reason': 'Why no label is due',
  links: 'Links',
  colour: 'Colour of the box',
  thread: 'Threads',
  'budget-month': 'Budget a month',
};

const SCHEDULE_TITLES: Record<string, string> = {
  slots: 'Times',
  quiet: 'Quiet hours',
  gap: 'Time between posts',
  'per-day': 'Posts a day',
  jitter: 'Jitter',
  expires: 'Old news',
  'catch-up': 'After a standstill',
};

/** Values that were refused, by key, and why. */
interface Refused {
  values: Readonly<Record<string, string>>;
  problem: string;
}
export interface ChannelDraft {
  settings?: Refused;
  schedule?: Refused;
}

/** The settings of one channel with its latest post as they make it look, and when its posts go out. */
export function channelPage(
  tools: DashboardTools,
  channel: Channel,
  latest: PostView | null,
  { settings, schedule }: ChannelDraft,
): Html {
  const changes = mayActAs(tools.member.role, 'marketer');
  return page(
    { title: `${channel.name} · Channels · Crier`, viewer: tools },
    html`<section>
      <p><a href="/#channels">All channels</a></p>
      <h1>${channel.name}</h1>
      <p>${channelRef(channel)}</p>
      <div class="edit">
        <form method="post" action="/channels/${channel.id}" class="settings">
          ${faultLine(settings)}
          <fieldset ${changes ? '' : 'disabled'}><legend class="visually-hidden">Settings</legend>
          ${CHANNEL_SETTINGS.map((setting) => field(setting, settings?.values[setting.key] ?? setting.read(channel)))}
          </fieldset>
          ${changes ? html`<button class="primary">Save</button>` : ''}
          <p class="small">They count for posts that are written from now on; how the box looks and the budget also for those that aren’t sent yet.</p>
        </form>
        <div>${
          latest === null
            ? html`<p class="empty">No post yet. The latest one is shown here as it will look.</p>`
            : html`<h2>The latest post, as it looks now</h2><div class="shown" lang="${latest.post.language}" tabindex="0" role="group" aria-label="The latest post">${look(tools.ports, channel, latest.post, latest.delivery?.confirmedAt ?? null)}</div>`
        }</div>
      </div>
      <h2 id="schedule">When its posts go out</h2>
      <form method="post" action="/channels/${channel.id}/schedule" class="settings">
        ${faultLine(schedule)}
        <fieldset ${changes ? '' : 'disabled'}><legend class="visually-hidden">Schedule</legend>
        ${SCHEDULE_SETTINGS.map((setting) => scheduleField(setting, schedule?.values[setting.key] ?? setting.read(channel.schedule)))}
        </fieldset>
        ${changes ? html`<button class="primary">Save</button>` : ''}
        <p class="small">Times are on the brand’s clock, ${tools.brand.timeZone}. Posts that wait already are planned anew.</p>
      </form>
    </section>`,
  );
}

function faultLine(refused: Refused | undefined): Html | '' {
  return refused === undefined ? '' : html`<p class="faults" role="alert">${refused.problem}</p>`;
}

function scheduleField({ key, meaning }: Setting<Schedule>, value: string): Html {
  return html`<p><label for="set-${key}">${SCHEDULE_TITLES[key] ?? key}</label><span class="small" id="hint-${key}">${meaning}</span>
    <input id="set-${key}" name="${key}" value="${value}" maxlength="1000" autocomplete="off" aria-describedby="hint-${key}"></p>`;
}

function field(setting: ChannelSetting, value: string): Html {
  const { key, meaning, choices } = setting;
  const title = TITLES[key] ?? 'Preview of the article';
  const hint = html`<span class="small" id="hint-${key}">${meaning}</span>`;
  if (choices === null)
    return html`<p><label for="set-${key}">${title}</label>${hint}
      <input id="set-${key}" name="${key}" value="${value}" maxlength="300" autocomplete="off" aria-describedby="hint-${key}"></p>`;
  return html`<p><label for="set-${key}">${title}</label>${hint}
    <select id="set-${key}" name="${key}" aria-describedby="hint-${key}">${Object.entries(choices).map(
      ([choice, means]) =>
        html`<option value="${choice}" ${choice === value ? 'selected' : ''}>${choice}: ${means}</option>`,
    )}</select></p>`;
}
