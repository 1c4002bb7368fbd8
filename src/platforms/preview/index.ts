import { type ChannelStyle, PLAIN_STYLE } from '../../domain/channel.ts';
import type { Platform, PlatformForm } from '../../ports/platform.ts';
import { plainForm } from './compose.ts';
import { inspect } from './inspect.ts';
import { body, publish } from './publish.ts';

/**
 * The rehearsal: posts are written, reviewed and counted like any other, and stay here. Its address names whose form they
 * take: one of `forms`, alone or followed by `-` and anything (so that there can be several); any other name is plain text.
 */
export function createPreview({ forms }: { forms: Record<string, (style: ChannelStyle) => PlatformForm> }): Platform {
  const looksLike = (address: string): string | null => {
    const [name] = address.split('-', 1);
    return name !== undefined && Object.hasOwn(forms, name) ? name : null;
  };
  const form = (address: string, style = PLAIN_STYLE): PlatformForm =>
    forms[looksLike(address) ?? '']?.(style) ?? plainForm;
  return {
    name: 'preview',
    local: true,
    rehearsal: true,
    form,
    parseAddress,
    body,
    priceMicros: () => 0,
    publish,
    inspect: async (address) => inspect(address, looksLike(address)),
    engagementBatch: 1,
  };
}

function parseAddress(input: string): { address: string } | { error: string } {
  const address = input.trim().toLowerCase();
  if (/^[a-z0-9][a-z0-9_-]{0,39}$/u.test(address)) return { address };
  return { error: `"${input}" can't name a preview. Use up to 40 letters, digits, - and _, e.g. preview:main.` };
}
