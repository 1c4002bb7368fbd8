import type { Edit, Writing } from '../../domain/writing.ts';

export interface Writings {
  /** Gives its id. */
  add(writing: Omit<Writing, 'id'>): Promise<number>;
  /** Keeps what a person made of a post; a later edit of the same post keeps the writer's text as the one before. */
  keepEdit(edit: Edit): Promise<void>;
  /** The brand's latest edits, the oldest of them first. */
  lastEdits(brandId: number, limit: number): Promise<Edit[]>;
}
