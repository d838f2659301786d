/** Does something with each, so many at once; ends with the first that rejects, when those under way have ended. */
export async function forEachAtOnce<Item>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = items[Symbol.iterator]();
  const failure: { error?: unknown } = {};
  const worker = async () => {
    for (let next = left.next(); next.done !== true && !("error" in failure); next = left.next()) {
      try {
        await work(next.value);
      } catch (error) {
        if (!("error" in failure)) failure.error = error;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if ("error" in failure) throw failure.error;
}
