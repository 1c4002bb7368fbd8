/** The most that one question to the store asks for. */
const PAGE = 200;

/** Reads a list of the store, newest first, page after page, up to `limit`. `idOf` names what the next page begins before. */
export async function* pages<Item>(
  read: (page: { limit: number; before?: number }) => Promise<Item[]>,
  idOf: (item: Item) => number,
  limit: number,
): AsyncGenerator<Item> {
  let left = limit;
  let before: number | undefined;
  while (left > 0) {
    const wanted = Math.min(PAGE, left);
    const page = await read({ limit: wanted, ...(before === undefined ? {} : { before }) });
    yield* page;
    const last = page.at(-1);
    if (page.length < wanted || last === undefined) return;
    left -= page.length;
    before = idOf(last);
  }
}

/** Does `work` for every item, `atOnce` at a time, and gives the results in the order of the items. */
export async function* inOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  let next = 0;
  const begin = () => {
    const item = items[next];
    if (next++ >= items.length) return;
    const promise = work(item as Item);
    promise.catch(() => {}); // it is awaited in its turn; until then it must not count as unhandled
    running.push(promise);
  };
  for (let count = 0; count < atOnce; count++) begin();
  for (let first = running.shift(); first !== undefined; first = running.shift()) {
    yield await first;
    begin();
  }
}

/** Does `work` for every item, `atOnce` at a time, and gives each result as soon as it is there. */
export async function* asDone<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running = new Map<number, Promise<{ index: number; result: Result }>>();
  let next = 0;
  const begin = () => {
    const index = next++;
    if (index >= items.length) return;
    const promise = work(items[index] as Item).then((result) => ({ index, result }));
    promise.catch(() => {}); // another may fail first
    running.set(index, promise);
  };
  for (let count = 0; count < atOnce; count++) begin();
  while (running.size > 0) {
    const { index, result } = await Promise.race(running.values());
    running.delete(index);
    begin();
    yield result;
  }
}

/** All of them. */
export async function collected<Item>(items: Iterable<Item> | AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
