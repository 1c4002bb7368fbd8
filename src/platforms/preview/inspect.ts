import type { ChannelInspection } from '../../ports/platform.ts';

/** Always ready. */
export function inspect(address: string, looksLike: string | null): ChannelInspection {
  return {
    title: `Preview ${address}`,
    problems: [],
    notes: [
      looksLike ? `Posts are written and shown as on ${looksLike}.` : 'Posts are shown as plain text.',
      'Nothing leaves this machine; only clicks on tracked links are measured.',
    ],
  };
}
