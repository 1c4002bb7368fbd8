/** One line of the table, and what it says nothing of. */
export interface Part {
  name: string;
  met: number;
  of: number;
  /** Expectations about things that the product doesn't take up. */
  left: number;
  misses: Miss[];
  note?: string;
}

export interface Miss {
  file: string;
  path: string;
  expected: string;
  actual: string | null;
  reason: string;
}
