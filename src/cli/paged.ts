/** Gives the pages of a list, one after the other, to its end or to so many items. */
export async function* pagesOf<Item>(
  limit: number,
  ask: (
    after: string | undefined,
    atOnce: number,
  ) => Promise<{ readonly items: readonly Item[]; readonly next: string | null }>,
): AsyncGenerator<readonly Item[]> {
  let [left, after]: [number, string | undefined] = [limit, undefined];
  while (left > 0) {
    const { items, next } = await ask(after, Math.min(left, pageMax));
    if (items.length > 0) yield items;
    left -= items.length;
    if (next === null || items.length === 0) return;
    after = next;
  }
}

const pageMax = 500;
