import type { Member, Role } from '../../domain/member.ts';

export interface Members {
  list(brandId: number): Promise<Member[]>;
  /** The brand's owner; made when there is none. */
  owner(brandId: number): Promise<Member>;
  add(member: { brandId: number; name: string; role: Role; language: string }): Promise<Member>;
  /** Stores the hash of a one-time login token. */
  addLogin(memberId: number, tokenHash: string, expiresAt: Date): Promise<void>;
  /** Takes the token: who it is for, once; null when unknown, used or expired. */
  takeLogin(tokenHash: string, now: Date): Promise<Member | null>;
  addSession(memberId: number, sessionHash: string, expiresAt: Date): Promise<void>;
  bySession(sessionHash: string, now: Date): Promise<Member | null>;
  endSession(sessionHash: string): Promise<void>;
}
