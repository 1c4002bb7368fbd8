import type { Command } from 'commander';
import { channelRef } from '../../domain/channel.ts';
import { OPEN_SCHEDULE } from '../../domain/schedule.ts';
import { SCHEDULE_SETTINGS } from '../../domain/schedule-setting.ts';
import { settingLines } from '../../domain/setting.ts';
import { scheduleChannel } from '../../pipeline/deliver/index.ts';
import { addCommand, brandOption } from '../command.ts';
import { findChannel } from '../find.ts';
import { changedByOptions } from '../options.ts';
import { channelRecord } from '../records.ts';
import type { BrandOptions, Session } from '../session.ts';

type ScheduleOptions = BrandOptions & { clear?: boolean } & Record<string, unknown>;

/** `channel schedule CHANNEL`: shows when its posts go out, or changes it. */
export function addChannelScheduleCommand(group: Command, session: Session): void {
  const command = addCommand(
    group,
    'schedule <channel>',
    'Show or change when a channel’s posts go out',
    'crier channel schedule 1 --slots "mon-fri 09:00 14:00; sat 11:00" --quiet 22:00-07:00 --expires 24h',
  );
  for (const { key, value, meaning } of SCHEDULE_SETTINGS) command.option(`--${key} ${value}`, meaning);
  command
    .option('--clear', 'post as soon as posts are approved again, but for what is named beside it')
    .addOption(brandOption())
    .addHelpText(
      'after',
      '\nTimes are on the brand’s clock (brand set time-zone). An empty value ("") clears one part.',
    )
    .action((input: string, options: ScheduleOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const channel = await findChannel(ports, brand, input);
        const before = options.clear ? OPEN_SCHEDULE : channel.schedule;
        const schedule = changedByOptions(SCHEDULE_SETTINGS, before, options);
        if (schedule !== channel.schedule) await scheduleChannel(ports, channel.id, schedule);
        output.record(channelRecord({ ...channel, schedule }));
        const lines = settingLines(SCHEDULE_SETTINGS, schedule);
        const name = `Channel ${channel.id}, ${channelRef(channel)}`;
        output.say(
          lines.length === 0
            ? `${name}: posts go out as soon as they are approved.`
            : `${name} (${brand.timeZone}):\n${lines.map((line) => `  ${line}`).join('\n')}`,
        );
      }),
    );
}
