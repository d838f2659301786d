import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { Engine } from "./engine.ts";

let folder: TemporaryFolder;
let engine: Engine;

before(async () => {
  folder = makeTemporaryFolder();
  engine = await Engine.open({
    directory: `${folder.path}/events`,
    setUp: ["CREATE DATABASE IF NOT EXISTS trailwarden"],
  });
});
after(async () => {
  await engine[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

const endless = "SELECT count() FROM numbers(1000000000000) WHERE NOT ignore(sipHash64(number))";
const text = { format: "TabSeparated" };

async function answerTo(sql: string): Promise<string> {
  return (await engine.query(sql, { ...text, signal: AbortSignal.timeout(20_000) })).toString().trim();
}

test("a query that nobody waits for any more is stopped, and the engine answers the next", async () => {
  const stop = new AbortController();
  const long = engine.query(endless, { ...text, signal: stop.signal });
  assert.equal(await answerTo("SELECT 1"), "1");
  stop.abort();
  await assert.rejects(long, { code: "store-query-cancelled" });
  assert.equal(
    await answerTo(
      "SELECT count() FROM system.processes WHERE query LIKE '%1000000000000%' AND query NOT LIKE '%system.processes%'",
    ),
    "0",
  );
});

test("a query cancelled before it began is never run", async () => {
  await assert.rejects(engine.query("SELECT 1", { ...text, signal: AbortSignal.abort() }), {
    name: "AbortError",
  });
});

test("long queries on some lanes do not keep short ones waiting", async () => {
  const stop = new AbortController();
  const long = Array.from({ length: 4 }, () => engine.query(endless, { ...text, signal: stop.signal }));
  for (const query of long) query.catch(() => undefined);
  for (let number = 0; number < 5; number++) assert.equal(await answerTo(`SELECT ${number}`), String(number));
  stop.abort();
  const results = await Promise.allSettled(long);
  assert.ok(results.every(({ status }) => status === "rejected"));
});

test("who reads a stream slowly, or not at all, keeps nobody else waiting", async () => {
  const slow = engine.stream(
    "SELECT number, repeat('x', 1000) FROM numbers(3000000) SETTINGS max_block_size = 1000",
    text,
  );
  await slow.next();
  await slow.next();
  // let the engine get as far ahead of this reader as it may
  for (let number = 0; number < 200; number++) assert.equal(await answerTo(`SELECT ${number}`), String(number));
  await slow.return();
  assert.equal(await answerTo("SELECT 'still here'"), "still here");
});

test("a stream brings everything in order, however slowly it is read", async () => {
  let rest = "";
  let next = 0;
  for await (const chunk of engine.stream("SELECT number FROM numbers(400000) SETTINGS max_block_size = 10000", text)) {
    const lines = (rest + chunk.toString()).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) assert.equal(Number(line), next++);
    await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(next, 400_000);
});

test("a query that fails in the middle of a stream says so", async () => {
  const failing = engine.stream(
    "SELECT throwIf(number = 500000, 'on purpose') FROM numbers(1000000) SETTINGS max_block_size = 1000",
    text,
  );
  await assert.rejects(async () => {
    for await (const chunk of failing) assert.ok(chunk.length > 0);
  }, /on purpose/);
  assert.equal(await answerTo("SELECT 2"), "2");
});

test("a query may not take more memory than it is allowed", async () => {
  await assert.rejects(
    answerTo(
      "SELECT length(groupArray(repeat('x', 1000000))) FROM numbers(100000) SETTINGS max_memory_usage = 100000000",
    ),
    { code: "store-query-too-large" },
  );
  await assert.rejects(answerTo(`${endless} SETTINGS max_execution_time = 0.2`), {
    code: "store-query-too-long",
  });
  await assert.rejects(answerTo("SELECT nonsense FROM nowhere"), { code: "store-query-failed" });
  assert.equal(await answerTo("SELECT 3"), "3");
});

test("a second engine on the same folder is refused and leaves the first alone", async () => {
  await assert.rejects(Engine.open({ directory: `${folder.path}/events`, setUp: [] }), {
    code: "store-in-use",
  });
  assert.equal(await answerTo("SELECT 4"), "4");
});

test("when the engine's process dies, what was asked of it fails clearly, and the next question starts another", async () => {
  const mortal = await Engine.open({ directory: `${folder.path}/mortal`, setUp: [] });
  await mortal.query("SELECT 0", text);
  const waiting = [
    mortal.query(endless, text),
    mortal.execute("CREATE DATABASE x"),
    Array.fromAsync(mortal.stream("SELECT repeat('x', 100000) FROM numbers(1000000)", text)),
  ];
  const settled = Promise.allSettled(waiting);
  process.kill(mortal.processId ?? 0, "SIGKILL");
  for (const result of await settled) {
    if (result.status === "rejected") assert.equal((result.reason as { code: string }).code, "store-unavailable");
  }
  const first = mortal.processId;
  const answers = await Promise.all(
    [1, 2, 3].map(async (number) => (await mortal.query(`SELECT ${number}`, text)).toString()),
  );
  assert.deepEqual(answers, ["1\n", "2\n", "3\n"]);
  assert.notEqual(mortal.processId, first);
  await mortal[Symbol.asyncDispose]();
});

test("an engine that dies before it answered anything is not started again", async () => {
  const stillborn = await Engine.open({ directory: `${folder.path}/stillborn`, setUp: [] });
  const asked = stillborn.query(endless, text);
  process.kill(stillborn.processId ?? 0, "SIGKILL");
  await assert.rejects(asked, {
    code: "store-unavailable",
    message: "The event engine ended (SIGKILL)",
  });
  await assert.rejects(stillborn.query("SELECT 1", text), { code: "store-unavailable" });
  await stillborn[Symbol.asyncDispose]();
});

test("no engine outlives the one who started it", async () => {
  const short = await Engine.open({ directory: `${folder.path}/short`, setUp: [] });
  const { processId } = short;
  await short[Symbol.asyncDispose]();
  assert.throws(() => process.kill(processId ?? 0, 0), { code: "ESRCH" });
});

test("when nothing was asked for a while it is at rest, once, and answers afterwards", async () => {
  let rests = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  const onRest = () => {
    rests += 1;
    resolve();
  };
  await using quiet = await Engine.open({ directory: `${folder.path}/quiet`, setUp: [], restAfterMs: 20, onRest });
  for await (const _ of quiet.stream("SELECT number FROM numbers(1000)", { format: "TSV" }));
  await promise;
  assert.equal(rests, 1);
  assert.equal((await quiet.query("SELECT 1", { format: "TSV" })).toString(), "1\n");
});
