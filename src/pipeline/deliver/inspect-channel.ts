import type { Channel } from '../../domain/channel.ts';
import { AppError, messageOf } from '../../lib/errors.ts';
import type { Platforms } from '../../ports/app.ts';

/** What a platform says of a channel. `asked` false = it could not be asked, so nothing is known of the rights. */
export interface ChannelCheck {
  asked: boolean;
  problems: { problem: string; cure: string }[];
  notes: string[];
}

/** Asks the platform whether Crier may post there. Never throws but on abort. */
export async function inspectChannel(
  { platforms }: { platforms: Platforms },
  channel: Channel,
  signal: AbortSignal,
): Promise<ChannelCheck> {
  const platform = platforms.get(channel.platform);
  if (platform === null) {
    const missing = platforms.known.find((one) => one.name === channel.platform)?.missing;
    const problem = `${channel.platform} is not configured.`;
    return {
      asked: false,
      problems: [{ problem, cure: `To use it: ${missing ?? 'set its keys in .env'}.` }],
      notes: [],
    };
  }
  try {
    const { problems, notes } = await platform.inspect(channel.address, signal);
    return { asked: true, problems, notes };
  } catch (error) {
    if (signal.aborted && !(error instanceof AppError)) throw error;
    const cure = error instanceof AppError ? (error.cure ?? '') : '';
    return { asked: false, problems: [{ problem: `It could not be asked: ${messageOf(error)}`, cure }], notes: [] };
  }
}
