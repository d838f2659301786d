/**
 * Makes one call of many: what is asked while an earlier call is under way goes together in the next. Each caller gets the
 * result of its own item; when a call fails, all who were in it hear so.
 */
export function gathered<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  limits: {
    /** Items in one call. */
    readonly itemsMax: number;
    /** Calls under way at once; one where not given. */
    readonly callsMax?: number;
  },
): (item: Item) => Promise<Result> {
  const { itemsMax, callsMax = 1 } = limits;
  const waiting: { readonly item: Item; readonly settle: PromiseWithResolvers<Result> }[] = [];
  let calls = 0;
  const go = async () => {
    calls++;
    // Whoever asks in the same turn goes along.
    await Promise.resolve();
    while (waiting.length > 0) {
      const some = waiting.splice(0, itemsMax);
      try {
        const results = await run(some.map(({ item }) => item));
        for (const [index, { settle }] of some.entries()) settle.resolve(results[index] as Result);
      } catch (error) {
        for (const { settle } of some) settle.reject(error);
      }
    }
    calls--;
  };
  return (item) => {
    const settle = Promise.withResolvers<Result>();
    waiting.push({ item, settle });
    if (calls < callsMax) void go();
    return settle.promise;
  };
}
