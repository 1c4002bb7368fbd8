/** Bits of Discord's permissions that Crier asks for (developer documentation, "Permissions"). */
export const RIGHTS = {
  administrator: 1n << 3n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  readMessageHistory: 1n << 16n,
  sendMessagesInThreads: 1n << 38n,
} as const;

/** What a member of a server may do, as the server, the member and the channel give it. */
export interface Standing {
  guild: { id: string; owner_id: string; roles: readonly { id: string; permissions: string }[] };
  member: { id: string; roles: readonly string[] };
  overwrites: readonly { id: string; allow: string; deny: string }[];
}

/** Every right of the member in the channel, as bits: roles first, then the channel's overwrites in Discord's order. */
export function rightsIn({ guild, member, overwrites }: Standing): bigint {
  const everything = ~0n;
  if (guild.owner_id === member.id) return everything;
  let rights = 0n;
  for (const role of guild.roles)
    if (role.id === guild.id || member.roles.includes(role.id)) rights |= BigInt(role.permissions);
  if (rights & RIGHTS.administrator) return everything;

  // The role of everyone has the server's id. Roles together: what any allows wins over what any denies.
  const layers = [[guild.id], member.roles, [member.id]];
  for (const ids of layers) {
    const layer = overwrites.filter((one) => ids.includes(one.id));
    for (const { deny } of layer) rights &= ~BigInt(deny);
    for (const { allow } of layer) rights |= BigInt(allow);
  }
  return rights;
}
