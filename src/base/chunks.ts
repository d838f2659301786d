/** Many in lots of so many, the last one smaller. */
export function* chunksOf<Item>(all: readonly Item[], size: number): Generator<readonly Item[], void, undefined> {
  for (let at = 0; at < all.length; at += size) yield all.slice(at, at + size);
}
