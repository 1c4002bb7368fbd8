import type { Command } from 'commander';
import { type Channel, channelRef } from '../../domain/channel.ts';
import { CHANNEL_SETTINGS } from '../../domain/channel-settings.ts';
import { dollars } from '../../domain/spending.ts';
import { UsageError } from '../../lib/errors.ts';
import { connectChannel, inspectChannel, rememberRights, setChannel } from '../../pipeline/deliver/index.ts';
import { parseLanguage } from '../arguments.ts';
import { addCommand, addGroup, brandOption } from '../command.ts';
import type { CliEdges } from '../edges.ts';
import { findChannel } from '../find.ts';
import { channelRecord } from '../records.ts';
import type { BrandOptions, Session } from '../session.ts';
import { addChannelScheduleCommand } from './channel-schedule.ts';

/** `channel add|list|set|check|schedule|pause|resume|remove`. */
export function addChannelCommands(program: Command, session: Session, edges: Pick<CliEdges, 'channelExamples'>): void {
  const group = addGroup(program, 'channel', 'Where the brand speaks');
  const example = edges.channelExamples[0] ?? 'PLATFORM:ADDRESS';

  addCommand(
    group,
    'add <channel>',
    'Connect a channel, PLATFORM:ADDRESS',
    `crier channel add ${example} --lang lv --auto`,
  )
    .option('--lang <language>', 'language of its posts; the article’s otherwise', parseLanguage)
    .option('--auto', 'posts that pass every check go out without a person')
    .addOption(brandOption())
    .addHelpText('after', `\nChannels:\n${edges.channelExamples.map((one) => `  ${one}`).join('\n')}`)
    .action((ref: string, options: BrandOptions & { lang?: string; auto?: boolean }) =>
      session.inBrand(options, async ({ ports, brand, output, signal }) => {
        const wish = { brandId: brand.id, ref, language: options.lang ?? null, auto: options.auto ?? false };
        const { channel, created, inspection } = await connectChannel(ports, wish, signal);
        output.record({ ...channelRecord(channel), created, problems: inspection.problems, notes: inspection.notes });
        output.say(
          `${created ? 'Connected' : 'Changed'} channel ${channel.id}, ${channelRef(channel)} (${channel.name}).`,
        );
        for (const { problem, cure } of inspection.problems) output.say(`! ${problem} ${cure}`);
        for (const note of inspection.notes) output.say(`  ${note}`);
        if (inspection.problems.length > 0)
          output.say(`Its posts wait until that is done. Then: crier channel check ${channel.id}`);
        else
          output.say(
            channel.auto
              ? 'New articles are posted there by themselves.'
              : 'Each post waits for crier post approve. To post by itself, add --auto.',
          );
      }),
    );

  addCommand(group, 'list', 'List the channels', 'crier channel list')
    .addOption(brandOption())
    .action((options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) =>
        output.list(await ports.store.channels.list(brand.id), {
          record: channelRecord,
          columns: [
            { title: 'ID', value: (channel) => channel.id, align: 'right' },
            { title: 'CHANNEL', value: channelRef, max: 40 },
            { title: 'NAME', value: (channel) => channel.name, max: 30 },
            { title: 'LANGUAGE', value: (channel) => channel.language ?? 'the article’s' },
            { title: 'POSTS GO OUT', value: (channel) => (channel.auto ? 'by themselves' : 'after review') },
            { title: 'STATE', value: stateOf },
            {
              title: 'BUDGET A MONTH',
              value: ({ budgetMonthMicros }) => (budgetMonthMicros == null ? '-' : dollars(budgetMonthMicros)),
            },
            { title: 'REASON', value: (channel) => channel.reason ?? '', max: 70 },
          ],
          empty: `Nothing yet. Connect a channel: crier channel add ${example}`,
        }),
      ),
    );

  addCommand(
    group,
    'set <channel> [key=value...]',
    'Change how a channel posts; without KEY=VALUE show its settings',
    `crier channel set ${example} links=none label=editorial`,
  )
    .addOption(brandOption())
    .addHelpText('after', `\nSettings:\n${CHANNEL_SETTINGS.map(helpOf).join('\n')}`)
    .action((input: string, assignments: string[], options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output }) => {
        const channel = await findChannel(ports, brand, input);
        const values = valuesOf(assignments);
        const changed = values.size === 0 ? channel : await setChannel(ports, channel.id, values);
        if (output.json) return output.record(channelRecord(changed));
        output.say(`Channel ${changed.id}, ${channelRef(changed)}${assignments.length > 0 ? ', changed' : ''}`);
        await output.list(CHANNEL_SETTINGS, {
          record: (setting) => ({ [setting.key]: setting.read(changed) }),
          columns: [
            { title: 'SETTING', value: (setting) => setting.key },
            { title: 'VALUE', value: (setting) => setting.read(changed) || '-', max: 40 },
            { title: 'MEANING', value: (setting) => setting.choices?.[setting.read(changed)] ?? setting.meaning },
          ],
          empty: '',
        });
      }),
    );

  addCommand(
    group,
    'check [channel...]',
    'Ask the platforms whether Crier may post; all channels, or by number or reference',
    'crier channel check',
  )
    .addOption(brandOption())
    .action((inputs: string[], options: BrandOptions) =>
      session.inBrand(options, async ({ ports, brand, output, signal, edges }) => {
        const channels =
          inputs.length === 0
            ? await ports.store.channels.list(brand.id)
            : await Promise.all(inputs.map((input) => findChannel(ports, brand, input)));
        if (channels.length === 0) output.say(`Nothing yet. Connect a channel: crier channel add ${example}`);
        let failed = false;
        for (const channel of channels) {
          edges.status(`Asking about ${channelRef(channel)} …`);
          const { problems, notes, asked } = await inspectChannel(ports, channel, signal);
          edges.status('');
          failed ||= problems.length > 0;
          const state = asked ? await rememberRights(ports.store.channels, channel, problems) : channel.state;
          output.record({ ...channelRecord({ ...channel, state }), ok: problems.length === 0, problems, notes });
          output.say(
            `${problems.length === 0 ? '✓' : '✗'} ${channelRef(channel)} (${channel.name}): ${problems.length === 0 ? 'Crier may post there' : 'Crier can’t post there'}`,
          );
          for (const { problem, cure } of problems) output.say(`    ${problem} ${cure}`);
          for (const note of notes) output.say(`    ${note}`);
        }
        return failed ? 1 : 0;
      }),
    );

  addChannelScheduleCommand(group, session);

  const changes = [
    { verb: 'pause', state: 'paused', done: 'Paused', summary: 'Pause channels: their posts wait' },
    { verb: 'resume', state: 'active', done: 'Active again:', summary: 'Resume channels' },
    { verb: 'remove', state: 'removed', done: 'Removed', summary: 'Disconnect channels; what was posted stays' },
  ] as const;
  for (const { verb, state, done, summary } of changes) {
    addCommand(group, `${verb} <channel...>`, `${summary}, by number or reference`, `crier channel ${verb} ${example}`)
      .addOption(brandOption())
      .action((inputs: string[], options: BrandOptions) =>
        session.inBrand(options, async ({ ports, brand, output }) => {
          const channels = await Promise.all(inputs.map((input) => findChannel(ports, brand, input)));
          for (const channel of channels) {
            await ports.store.channels.setState(channel.id, state, null);
            output.record(channelRecord({ ...channel, state, reason: null }));
            output.say(`${done} channel ${channel.id}, ${channelRef(channel)}.`);
          }
        }),
      );
  }
}

function helpOf({ key, meaning, choices }: (typeof CHANNEL_SETTINGS)[number]): string {
  const values = Object.entries(choices ?? {}).map(([value, means]) => `\n      ${value.padEnd(14)}${means}`);
  return `  ${key.padEnd(18)}${meaning}${values.join('')}`;
}

/** `links=none` → its two halves. UsageError for what is of another form. */
function valuesOf(assignments: readonly string[]): Map<string, string> {
  return new Map(
    assignments.map((assignment) => {
      const [, key, value] = /^([a-z-]+)=(.*)$/su.exec(assignment) ?? [];
      if (key === undefined || value === undefined)
        throw new UsageError(`"${assignment}" is not of the form KEY=VALUE.`, {
          cure: 'Nothing was changed. See the settings with: crier channel set --help',
        });
      return [key, value] as const;
    }),
  );
}

function stateOf(channel: Channel): string {
  return channel.state === 'attention' ? 'needs attention' : channel.state;
}
