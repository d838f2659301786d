import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { DatabaseSync } from "node:sqlite";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { hour, noon, object, onEveryEngine } from "./engines.fixture.ts";
import { openState } from "./open-state.ts";
import type { SourceRow } from "./source-table.ts";

const source: SourceRow = {
  name: "main",
  type: "queue",
  settings: { queueUrl: "https://sqs.example/1/logs", list: [1, "ä"] },
  isPaused: false,
  createdAt: noon,
  changedAt: noon,
};

await onEveryEngine("state", ({ name, makePlace }) => {
  test("sources last with their settings, secrets, figures and memory, and go with all of it", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.sources.add(source);
      await assert.rejects(state.sources.add({ ...source, type: "bucket" }), { code: "source-exists" });
      await state.sources.setSecrets("main", { token: "geheim" });
      await state.sources.setFigures("main", {
        ...(await state.sources.figures("main")),
        events: 7,
        lastEventAt: noon,
      });
      await state.sources.remember(
        "main",
        new Map<string, unknown>([
          ["day/2", { done: true }],
          ["day/1", 5],
          ["x", null],
        ]),
      );
      await state.sources.change("main", { isPaused: true }, noon + 1);
    }
    await using state = await place.open();
    const { sources } = state;
    assert.deepEqual(await sources.list(), [{ ...source, isPaused: true, changedAt: noon + 1 }]);
    assert.deepEqual(await sources.secrets("main"), { token: "geheim" });
    const figures = await sources.figures("main");
    assert.deepEqual([figures.events, figures.lastEventAt, figures.firstFileAt], [7, noon, undefined]);
    assert.deepEqual(
      [...(await sources.memory("main", "day/"))],
      [
        ["day/1", 5],
        ["day/2", { done: true }],
      ],
    );
    await sources.forget("main", ["day/1"]);
    assert.deepEqual([...(await sources.memory("main")).keys()], ["day/2", "x"]);
    await sources.remove("main");
    assert.equal(await sources.get("main"), undefined);
    assert.deepEqual(await sources.secrets("main"), {});
    assert.equal((await sources.memory("main")).size, 0);
  });

  test("messages that are set aside keep their text, once", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const message = {
      id: "m1",
      source: "main",
      body: '{"odd":"\u{1f600}"}',
      reason: "odd",
      received: 3,
      setAsideAt: noon,
    };
    await state.sources.setAside(message);
    await state.sources.setAside({ ...message, reason: "again" });
    await state.sources.setAside({ ...message, id: "m2" });
    assert.equal(await state.sources.asideCount("main"), 2);
    assert.deepEqual(await state.sources.aside("main", { limit: 1 }), [message]);
    assert.deepEqual(
      (await state.sources.aside("main", { after: "m1", limit: 9 })).map(({ id }) => id),
      ["m2"],
    );
    await state.sources.dropAside("main", ["m1", "unknown"]);
    assert.equal(await state.sources.asideCount("main"), 1);
  });

  test("accounts are brought up to date and remember when they were first seen", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const account = {
      id: "111122223333",
      name: "",
      email: "",
      status: "UNKNOWN",
      organizationId: undefined,
      source: "main",
      firstSeenAt: noon,
      seenAt: noon,
    };
    await state.accounts.keep([account]);
    const known = { ...account, name: "Payments", status: "ACTIVE", organizationId: "o-1", seenAt: noon + 5 };
    await state.accounts.keep([{ ...known, firstSeenAt: noon + 5 }]);
    assert.deepEqual(await state.accounts.list(), [known]);
  });

  test("filters have one name each and count what they dropped", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const filter = { name: "noise", query: "readOnly:true", createdAt: noon, dropped: 0, lastDroppedAt: undefined };
    await state.filters.add(filter);
    await assert.rejects(state.filters.add(filter), { code: "filter-exists" });
    await Promise.all([1, 2, 3].map((events) => state.filters.countDropped("noise", events, noon + events)));
    const [kept] = await state.filters.list();
    assert.equal(kept?.dropped, 6);
    assert.ok(kept.lastDroppedAt !== undefined);
    assert.deepEqual([await state.filters.remove("noise"), await state.filters.remove("noise")], [true, false]);
  });

  test("an object is known once, with the lists that it stands in and what became of it", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { ledger } = state;
    const [first] = await ledger.note("noticed", [object(1)], noon);
    assert.deepEqual([first?.state, first?.noticedAt, first?.listedAt], ["waiting", noon, undefined]);
    const [second] = await ledger.note("listed", [object(1, { sizeBytes: 90, version: "a" })], noon + 1);
    assert.deepEqual([second?.noticedAt, second?.listedAt, second?.sizeBytes], [noon, noon + 1, 90]);
    await ledger.markFailing([{ name: object(1).name, problem: "AccessDenied", nextTryAt: noon + 60 }], noon + 2);
    const [third] = await ledger.entries([object(1).name]);
    assert.deepEqual([third?.state, third?.tries, third?.nextTryAt], ["failing", 1, noon + 60]);
    await ledger.markRead([{ name: object(1).name, records: 12, version: "a" }], noon + 3);
    const [fourth] = await ledger.entries([object(1).name]);
    assert.deepEqual([fourth?.state, fourth?.tries, fourth?.problem, fourth?.records], ["read", 0, undefined, 12]);
    await ledger.markFailing([{ name: object(1).name, problem: "late", nextTryAt: 1 }], noon + 4);
    const [same] = await ledger.note("listed", [object(1, { version: "a" })], noon + 5);
    assert.equal(same?.state, "read");
    const [overwritten] = await ledger.note("listed", [object(1, { version: "b" })], noon + 6);
    assert.deepEqual([overwritten?.state, overwritten?.version], ["waiting", "b"]);
    assert.deepEqual(await ledger.entries(["s3://logs/unknown"]), []);
  });

  test("thousands of objects, some twice and some known, are noted at once and answered in order", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    await state.ledger.note("noticed", [object(7)], noon);
    const objects = Array.from({ length: 2_300 }, (_, number) => object(number % 2_100));
    const entries = await state.ledger.note("noticed", objects, noon + 1);
    assert.deepEqual(
      entries.map(({ name }) => name),
      objects.map(({ name }) => name),
    );
    assert.equal(entries[7]?.noticedAt, noon);
    assert.equal((await state.ledger.totals({})).known, 2_100);
  });

  test("the counts of hours agree with the rows, whatever happened to them", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { ledger } = state;
    const at = (number: number) =>
      object(number, {
        hour: noon - (number % 3) * hour,
        accountId: number % 2 === 0 ? "111122223333" : "444455556666",
        source: number % 5 === 0 ? "other" : "queue",
      });
    const all = Array.from({ length: 60 }, (_, number) => at(number));
    const named = (from: number, to: number) => all.slice(from, to).map(({ name: path }) => path);
    await ledger.note("noticed", all.slice(0, 40), noon);
    await ledger.note("listed", all.slice(20, 60), noon);
    await ledger.markRead(
      named(0, 30).map((path) => ({ name: path, records: 1, version: "1" })),
      noon,
    );
    await ledger.markFailing(
      named(25, 40).map((path) => ({ name: path, problem: "no", nextTryAt: noon })),
      noon,
    );
    await ledger.markLeftOut(
      named(35, 45).map((path) => ({ name: path, problem: "not selected" })),
      noon,
    );
    await ledger.note("listed", [{ ...at(3), version: "2" }], noon);
    assert.deepEqual(await ledger.totals({}), {
      known: 50,
      read: 29,
      waiting: 16,
      failing: 5,
      leftOut: 10,
      noticed: 35,
      listed: 31,
      named: 0,
      digests: { known: 0, read: 0, failing: 0 },
    });
    const hours = await ledger.hours({}, 100);
    assert.equal(hours.length, 6);
    assert.deepEqual([hours[0]?.hour, hours.at(-1)?.hour], [noon, noon - 2 * hour]);
    assert.equal(
      hours.reduce((sum, { known }) => sum + known, 0),
      50,
    );
    const some = { accountId: "444455556666", from: noon - hour, to: noon + hour };
    const missing = await ledger.missing(some, { limit: 100 });
    const totals = await ledger.totals(some);
    assert.equal(missing.length, totals.waiting + totals.failing);
    assert.ok(missing.every(({ accountId, hour: of }) => accountId === some.accountId && of >= some.from));
    assert.equal((await ledger.totals({ source: "other" })).known, 10);
    assert.equal(await ledger.takeUpAgain({}, ["left out", "failing"]), 15);
    const again = await ledger.totals({});
    assert.deepEqual([again.waiting, again.failing, again.leftOut], [31, 0, 0]);
  });

  test("what is due comes in the order of its time, and pages of the missing follow one another", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const { ledger } = state;
    for (const number of [3, 1, 2]) await ledger.note("noticed", [object(number)], noon + number);
    await ledger.note("noticed", [object(4), object(5)], noon);
    await ledger.markFailing([{ name: object(4).name, problem: "no", nextTryAt: noon + 2 }], noon);
    await ledger.markRead([{ name: object(5).name, records: 0, version: "" }], noon);
    const due = await ledger.due("queue", { now: noon + 2, heardBefore: noon + 2, limit: 10 });
    assert.deepEqual(new Set(due.map(({ name: path }) => path)), new Set([1, 2, 4].map((n) => object(n).name)));
    assert.equal(due[0]?.name, object(1).name);
    assert.deepEqual(await ledger.due("other", { now: noon, heardBefore: noon + 9, limit: 10 }), []);
    const page = await ledger.missing({}, { limit: 2 });
    const rest = await ledger.missing({}, { limit: 9, after: page.at(-1)?.name ?? "" });
    assert.deepEqual(
      [...page, ...rest].map(({ name: path }) => path),
      [1, 2, 3, 4].map((number) => object(number).name),
    );
  });

  test("names below a prefix are given byte by byte, odd characters too", async () => {
    await using place = await makePlace();
    await using state = await place.open();
    const names = ["s3://b/a", "s3://b/a/1", "s3://b/a/%_", "s3://b/A/1", "s3://b/a/\u{1f600}", "s3://b/a0"];
    await state.ledger.note(
      "listed",
      names.map((path) => object(1, { name: path })),
      noon,
    );
    const known = await state.ledger.known("s3://b/a/");
    assert.deepEqual(new Set(known.keys()), new Set(["s3://b/a/1", "s3://b/a/%_", "s3://b/a/\u{1f600}"]));
  });

  test("many who write at once leave exact counts", async () => {
    await using place = await makePlace();
    await using one = await place.open();
    await using two =
      name === "Postgres" ? await place.open() : { ledger: one.ledger, [Symbol.asyncDispose]: async () => undefined };
    await Promise.all(
      Array.from({ length: 20 }, (_, turn) =>
        (turn % 2 === 0 ? one : two).ledger.note(
          "noticed",
          Array.from({ length: 30 }, (__, number) => object(number)),
          noon,
        ),
      ),
    );
    assert.equal((await one.ledger.totals({})).known, 30);
  });

  test("a state of a newer program is refused and left as it is", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await state.sources.add(source);
    }
    await place.run("INSERT INTO kysely_migration (name, timestamp) VALUES ('999-future', '2027-01-01T00:00:00Z')");
    await assert.rejects(place.open(), { code: "state-newer" });
  });
});

test("what failed because it was not there yet waits again as soon as it is listed", async () => {
  using folder = makeTemporaryFolder();
  await using state = await openState({ directory: folder.path });
  const early = object(1);
  await state.ledger.note("noticed", [early], noon);
  await state.ledger.markFailing([{ name: early.name, problem: "not there", nextTryAt: noon + hour }], noon);
  const [listed] = await state.ledger.note("listed", [early], noon + 1);
  assert.deepEqual([listed?.state, listed?.tries, listed?.listedAt], ["waiting", 0, noon + 1]);
  await state.ledger.markFailing([{ name: early.name, problem: "refused", nextTryAt: noon + hour }], noon + 2);
  const [again] = await state.ledger.note("listed", [early], noon + 3);
  assert.equal(again?.state, "failing");
  const { known, waiting, failing } = await state.ledger.totals({});
  assert.deepEqual([known, waiting, failing], [1, 0, 1]);
});

test("a state whose folder cannot be made is told with its place", async () => {
  const directory = fileURLToPath(import.meta.url);
  await assert.rejects(openState({ directory }), { code: "state-unavailable", message: /state\.int\.test\.ts/ });
});

test("a Postgres that does not answer is told without its password", async () => {
  const url = "postgres://who:geheim@127.0.0.1:1/db";
  await assert.rejects(openState({ directory: "unused", url }), (error: Error) => {
    assert.match(error.message, /127\.0\.0\.1:1\/db/);
    assert.doesNotMatch(error.message, /geheim/);
    return true;
  });
});

test("what was noted before a kill is there after it", async () => {
  using folder = makeTemporaryFolder();
  const door = new URL("./index.ts", import.meta.url).href;
  const program = `
    const { openState } = await import(${JSON.stringify(door)});
    const state = await openState({ directory: ${JSON.stringify(folder.path)} });
    for (let number = Number(process.argv[1]); ; number++) {
      const name = "s3://b/" + number;
      await state.ledger.note("noticed", [{ name, bucket: "b", key: String(number), source: "q", accountId: "", region: "", kind: "log", hour: 0 }], 1);
      process.stdout.write(number + "\\n");
    }`;
  const acknowledged: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const child = spawn(process.execPath, ["--input-type=module", "-e", program, String(turn * 100_000)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.setEncoding("utf8");
    for await (const chunk of child.stdout as AsyncIterable<string>) {
      text += chunk;
      if (text.split("\n").length > 40 + turn * 30) break;
    }
    child.kill("SIGKILL");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    acknowledged.push(...text.split("\n").slice(0, -1).map(Number));
  }
  const database = new DatabaseSync(join(folder.path, "state", "state.sqlite"));
  assert.deepEqual({ ...database.prepare("PRAGMA integrity_check").get() }, { integrity_check: "ok" });
  database.close();
  await using state = await openState({ directory: folder.path });
  const entries = await state.ledger.entries(acknowledged.map((number) => `s3://b/${number}`));
  assert.equal(entries.length, acknowledged.length);
  const { known } = await state.ledger.totals({});
  assert.ok(known >= acknowledged.length);
});

test("two programs that open one folder and write into it wait for each other", async () => {
  using folder = makeTemporaryFolder();
  const door = new URL("./index.ts", import.meta.url).href;
  const program = `
    const { openState } = await import(${JSON.stringify(door)});
    await using state = await openState({ directory: ${JSON.stringify(folder.path)} });
    for (let turn = 0; turn < 50; turn++) {
      const objects = Array.from({ length: 20 }, (_, number) => {
        const key = turn + "/" + number;
        return { name: "s3://b/" + key, bucket: "b", key, source: "q", accountId: "", region: "", kind: "log", hour: 0 };
      });
      await state.ledger.note("noticed", objects, 1);
    }`;
  const children = [1, 2].map(() =>
    spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "ignore", "inherit"] }),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0] as number | null));
  assert.deepEqual(codes, [0, 0]);
  await using state = await openState({ directory: folder.path });
  const { known, noticed } = await state.ledger.totals({});
  assert.deepEqual([known, noticed], [1_000, 1_000]);
});
