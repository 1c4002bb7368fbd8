/** Lists of feeds as feed readers exchange them (OPML). Failures are FetchError. */
export interface Outlines {
  /** The list at a web address, through the guarded fetch. */
  fetch(url: string, signal: AbortSignal): Promise<Outline[]>;
  /** The list in a file's text. */
  read(text: string, signal: AbortSignal): Promise<Outline[]>;
  /** The list as OPML 2.0; each tag is a folder, a feed with several stands in each of them. */
  write(outlines: readonly Outline[], head: { title: string; createdAt: Date }): string;
}

/** One feed of a list, in the list's order. */
export interface Outline {
  /** As the list gives it; null when it names none. */
  url: string | null;
  title: string | null;
  /** The folders it lies in, outermost first. */
  tags: readonly string[];
}
