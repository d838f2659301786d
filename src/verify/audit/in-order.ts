/** Works on so many at once and gives the results in the order of what they were asked of; ends with the first that fails. */
export async function* inOrder<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, undefined> {
  const underWay: Promise<Result>[] = [];
  for await (const item of items) {
    const begun = work(item);
    // It may fail while an earlier one is still awaited; who awaits it hears of it.
    begun.catch(() => undefined);
    underWay.push(begun);
    const oldest = underWay.length >= atOnce ? underWay.shift() : undefined;
    if (oldest !== undefined) yield await oldest;
  }
  for (const one of underWay) yield await one;
}
