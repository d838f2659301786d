/** What a piece of work tells while it goes on, passed on only as fast as it is read, and only the latest of it. */
export async function* latestTold<Told, Result>(
  work: (tell: (told: Told) => void) => Promise<Result>,
): AsyncGenerator<Told, Result, undefined> {
  let latest: { readonly told: Told } | undefined;
  let wake: () => void = () => undefined;
  let finished = false;
  const running = work((told) => {
    latest = { told };
    wake();
  }).finally(() => {
    finished = true;
    wake();
  });
  running.catch(() => undefined);
  while (!finished) {
    if (latest !== undefined) {
      const { told } = latest;
      latest = undefined;
      yield told;
      continue;
    }
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  return await running;
}
