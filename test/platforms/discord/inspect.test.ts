import { afterEach, describe, expect, test } from 'vitest';
import { PlatformError } from '../../../src/lib/errors.ts';
import { RIGHTS, rightsIn, type Standing } from '../../../src/platforms/discord/permissions.ts';
import { type DiscordUnderTest, discordWithEmulator, never } from './setup.ts';

let its: DiscordUnderTest;

describe('inspect', () => {
  afterEach(async () => {
    await its.emulator.close();
    expect(its.emulator.violations).toEqual([]);
  });
  const inspected = () => its.discord.inspect(its.emulator.channelId, never);

  test('a channel with every right has a name and no problem', async () => {
    its = await discordWithEmulator();
    expect(await inspected()).toEqual({
      title: '#news (Harbour)',
      problems: [],
      notes: ['Reactions and replies are counted.'],
    });
    expect(its.emulator.requests.map((one) => one.method)).toEqual(['GET', 'GET', 'GET', 'GET']);
  });

  test.each(['role', 'channel'] as const)('a right that the %s takes away is named', async (by) => {
    its = await discordWithEmulator();
    its.emulator.world.deny('Send Messages', by);
    its.emulator.world.deny('Read Message History', by);
    const { problems, notes } = await inspected();
    expect(problems).toEqual([
      { problem: 'The bot has no "Send Messages" in this channel.', cure: expect.stringContaining('"Send Messages"') },
    ]);
    expect(notes).toEqual([expect.stringContaining('Read Message History is missing')]);
  });

  test('a channel that the bot can not see says how to invite it', async () => {
    its = await discordWithEmulator();
    its.emulator.world.deny('View Channel', 'channel');
    const { problems } = await inspected();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.problem).toContain('View Channel');
    expect(problems[0]?.cure).toContain(`client_id=${its.emulator.botId}&scope=bot&permissions=68608`);
  });

  test('a channel that does not exist is a problem, not an error', async () => {
    its = await discordWithEmulator();
    const { problems } = await its.discord.inspect('700000000000000099', never);
    expect(problems).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('no channel with this id') }),
    ]);
  });

  test('a thread asks for its own right', async () => {
    its = await discordWithEmulator();
    its.emulator.world.setChannelType(11);
    expect((await inspected()).problems).toEqual([]);
    its.emulator.world.deny('Send Messages in Threads', 'role');
    expect((await inspected()).problems).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('Send Messages in Threads') }),
    ]);
  });

  test('a forum is no channel to write to', async () => {
    its = await discordWithEmulator();
    its.emulator.world.setChannelType(15);
    expect((await inspected()).problems).toEqual([
      expect.objectContaining({ cure: expect.stringContaining('text channel') }),
    ]);
  });

  test('a bot in time-out is told until when', async () => {
    its = await discordWithEmulator();
    its.emulator.world.timeOutBot(new Date('2026-11-23T11:00:00Z'));
    expect((await inspected()).problems).toEqual([
      expect.objectContaining({ problem: expect.stringContaining('2026-11-23T11:00') }),
    ]);
    its.clock.set(new Date('2026-11-23T12:00:00Z'));
    expect((await inspected()).problems).toEqual([]);
  });

  test.each([
    ['a wrong token', { sayToken: 'wrong' }, 'ok', 'unauthorized'],
    ['a 429', {}, '429', 'rate-limited'],
    ['a 500', {}, '500', 'unavailable'],
    ['nobody there', {}, 'refused', 'unavailable'],
  ] as const)('%s throws a PlatformError', async (_, options, fault, kind) => {
    its = await discordWithEmulator(options);
    its.emulator.next(fault, { on: 'GET /users/@me' });
    const thrown = await inspected().catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(PlatformError);
    expect(thrown).toMatchObject({ kind });
    expect(String(thrown)).not.toContain('wrong');
  });
});

describe('the rights of a member', () => {
  const { viewChannel, sendMessages, administrator } = RIGHTS;
  const standing = (more: Partial<Standing> = {}): Standing => ({
    guild: {
      id: '1',
      owner_id: '9',
      roles: [
        { id: '1', permissions: String(viewChannel) },
        { id: '2', permissions: String(sendMessages) },
        { id: '3', permissions: String(administrator) },
      ],
    },
    member: { id: '5', roles: ['2'] },
    overwrites: [],
    ...more,
  });
  const rule = (id: string, allow: bigint, deny: bigint) => ({ id, allow: String(allow), deny: String(deny) });

  test.each<[string, Partial<Standing>, bigint]>([
    ['roles add up', {}, viewChannel | sendMessages],
    ['only own roles count', { member: { id: '5', roles: [] } }, viewChannel],
    ['the channel takes from everyone', { overwrites: [rule('1', 0n, viewChannel)] }, sendMessages],
    [
      'a role wins over everyone',
      { overwrites: [rule('2', viewChannel, 0n), rule('1', 0n, viewChannel)] },
      viewChannel | sendMessages,
    ],
    [
      'among roles allowing wins',
      {
        member: { id: '5', roles: ['2', '4'] },
        overwrites: [rule('2', sendMessages, 0n), rule('4', 0n, sendMessages)],
      },
      viewChannel | sendMessages,
    ],
    [
      'the member wins over roles',
      { overwrites: [rule('5', 0n, sendMessages), rule('2', sendMessages, 0n)] },
      viewChannel,
    ],
    [
      'another member’s overwrite is not ours',
      { overwrites: [rule('6', 0n, sendMessages)] },
      viewChannel | sendMessages,
    ],
  ])('%s', (_, more, expected) => {
    expect(rightsIn(standing(more))).toBe(expected);
  });

  test('owner and administrator may everything, whatever the channel says', () => {
    const overwrites = [rule('5', 0n, viewChannel)];
    for (const member of [
      { id: '9', roles: [] },
      { id: '5', roles: ['3'] },
    ])
      expect(rightsIn(standing({ member, overwrites })) & viewChannel).toBe(viewChannel);
  });
});
