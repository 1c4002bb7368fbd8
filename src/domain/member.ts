/** A person of the brand. */
export interface Member {
  id: number;
  brandId: number;
  name: string;
  role: Role;
  /** Language of the interface. */
  language: string;
}

/** owner: everything; marketer: sources, channels, posts, leads; manager: reads reports and leads. */
export type Role = 'owner' | 'marketer' | 'manager';

const RANK: Record<Role, number> = { manager: 0, marketer: 1, owner: 2 };

/** Whether `role` may do what `needed` may do. */
export function mayActAs(role: Role, needed: Role): boolean {
  return RANK[role] >= RANK[needed];
}
