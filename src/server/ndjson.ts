/** A body of JSON values, one a line, written as they come; the reader's leaving stops the writer. */
export function ndjsonResponse<T>(
  produce: (signal: AbortSignal) => AsyncIterable<T>,
  onError: (error: unknown) => T,
): Response {
  const lines = async function* (signal: AbortSignal) {
    try {
      for await (const value of produce(signal)) yield Buffer.from(`${JSON.stringify(value)}\n`);
    } catch (error) {
      if (!signal.aborted) yield Buffer.from(`${JSON.stringify(onError(error))}\n`);
    }
  };
  return streamResponse(lines, { "content-type": "application/x-ndjson" });
}

/**
 * The same, begun only when the first value is there: what fails before is thrown, so that it gets a status of its own.
 * `whoAsks` is aborted when the reader has left by then.
 */
export async function ndjsonOnceBegun<T>(
  produce: (signal: AbortSignal) => AsyncIterable<T>,
  onError: (error: unknown) => T,
  whoAsks: AbortSignal,
): Promise<Response> {
  const stop = new AbortController();
  const values = produce(AbortSignal.any([stop.signal, whoAsks]))[Symbol.asyncIterator]();
  const first = await values.next();
  return ndjsonResponse<T>(async function* (signal) {
    signal.addEventListener("abort", () => stop.abort(signal.reason), { once: true });
    try {
      for (let next = first; next.done !== true; next = await values.next()) yield next.value;
    } finally {
      stop.abort();
      await values.return?.();
    }
  }, onError);
}

export function streamResponse(
  produce: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  headers: Record<string, string>,
): Response {
  const stop = new AbortController();
  const chunks = produce(stop.signal)[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      try {
        const next = await chunks.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      } catch (error) {
        controller.error(error);
      }
    },
    async cancel() {
      stop.abort();
      await chunks.return?.();
    },
  });
  return new Response(body, { headers: { ...headers, "cache-control": "no-store" } });
}
