import assert from "node:assert/strict";
import { test } from "node:test";
import { ndjsonOnceBegun } from "./ndjson.ts";

const never = new AbortController().signal;
const told = (error: unknown) => ({ failed: error instanceof Error ? error.message : String(error) });

async function* failing(after: number): AsyncGenerator<object, void, undefined> {
  for (let count = 0; count < after; count++) yield { count };
  throw new Error("broken");
}

test("what fails before the first value is thrown, and what fails later is the last line", async () => {
  await assert.rejects(
    ndjsonOnceBegun<object>(() => failing(0), told, never),
    /broken/,
  );
  const response = await ndjsonOnceBegun<object>(() => failing(2), told, never);
  assert.equal(response.headers.get("content-type"), "application/x-ndjson");
  assert.equal(await response.text(), '{"count":0}\n{"count":1}\n{"failed":"broken"}\n');
});

test("nothing at all is an empty body", async () => {
  async function* none(): AsyncGenerator<object, void, undefined> {
    // It has nothing to say.
  }
  assert.equal(await (await ndjsonOnceBegun<object>(none, told, never)).text(), "");
});

/** Says one thing, then waits until it is stopped. */
function waiting() {
  const ended = Promise.withResolvers<string>();
  async function* produce(signal: AbortSignal): AsyncGenerator<object, void, undefined> {
    try {
      yield { kind: "begun" };
      signal.throwIfAborted();
      await new Promise((_, reject) => {
        signal.addEventListener("abort", () => reject(new Error("stopped")), { once: true });
      });
    } finally {
      ended.resolve(signal.aborted ? "stopped" : "let go");
    }
  }
  return { produce, ended: ended.promise };
}

test("a reader that leaves stops the producer, in the middle of its work too", async () => {
  const { produce, ended } = waiting();
  const response = await ndjsonOnceBegun<object>(produce, told, never);
  const reader = response.body?.getReader();
  assert.equal(Buffer.from((await reader?.read())?.value ?? []).toString(), '{"kind":"begun"}\n');
  void reader?.read();
  await reader?.cancel();
  assert.equal(await ended, "stopped");
});

test("who leaves before the answer has begun stops the producer as well", async () => {
  const { produce, ended } = waiting();
  const leaving = new AbortController();
  const response = await ndjsonOnceBegun<object>(produce, told, leaving.signal);
  leaving.abort();
  await response.text();
  assert.equal(await ended, "stopped");
});
