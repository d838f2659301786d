import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { EventStore } from "../store.ts";
import { digest, fileName, hour, logFile, makeProofsPlace, named, noon, verdict } from "./proofs.fixture.ts";

const place = makeProofsPlace();
let store: EventStore;

before(async () => {
  store = await place.open();
});
after(async () => {
  await store[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

const hostile = "s3://logs/it's \\ a\n\u0001 'name' 😀";

test("what digests say of a log file is found by its name and by the digest, and the last counts", async () => {
  await store.proofs.putNamed([named(1), named(2), named(3, { name: hostile })]);
  const again = named(2, { digest: digest(2).name, sha256: "bb".repeat(32) });
  await store.proofs.putNamed([again]);
  assert.deepEqual(
    await store.proofs.named([fileName(2), hostile, fileName(99)]),
    new Map([
      [fileName(2), again],
      [hostile, named(3, { name: hostile })],
    ]),
  );
  assert.deepEqual(
    (await store.proofs.namedBy(digest(1).name)).map(({ name }) => name),
    [fileName(1), hostile],
  );
  assert.deepEqual(await store.proofs.namedBy(digest(2).name), [again]);
  assert.deepEqual(await store.proofs.namedBy("nobody's"), []);
  assert.deepEqual(await store.proofs.named([]), new Map());
});

test("of verdicts on a log file the last counts, found by name and by id", async () => {
  const waiting = verdict(1, {
    verdict: "waiting",
    reason: "digest-not-due",
    dueAt: noon + hour,
    chainSince: undefined,
  });
  const largest = verdict(2, { name: hostile, logFile: "18446744073709551615" });
  await store.proofs.putVerdicts([waiting, largest, verdict(3, { logFile: "0", verdict: "missing" })]);
  assert.deepEqual(await store.proofs.verdicts([fileName(1)]), new Map([[fileName(1), waiting]]));
  await store.proofs.putVerdicts([verdict(1, { judgedAt: noon - hour })]);
  assert.deepEqual(
    await store.proofs.verdictsOf(["2", "18446744073709551615", "77", "0", "18446744073709551616", "1 OR 1"]),
    new Map([
      ["2", verdict(1, { judgedAt: noon - hour })],
      ["18446744073709551615", largest],
    ]),
  );
  await store.proofs.putVerdicts([verdict(1, { logFile: "222" })]);
  // Read anew: what was said of the first reading stays with it.
  assert.deepEqual((await store.proofs.verdictsOf(["2"])).get("2"), verdict(1, { judgedAt: noon - hour }));
  assert.equal((await store.proofs.verdicts([fileName(1)])).get(fileName(1))?.logFile, "222");
  assert.deepEqual((await store.proofs.verdicts([fileName(1), hostile])).size, 2);
});

test("more names than a statement may hold are asked for at once", async () => {
  const names = Array.from({ length: 6_000 }, (_, number) => fileName(number, "555566667777"));
  await store.proofs.putVerdicts(names.map((name, number) => verdict(number, { name, accountId: "555566667777" })));
  assert.equal((await store.proofs.verdicts(names)).size, 6_000);
  const ids = Array.from({ length: 30_000 }, (_, id) => String(10n ** 18n + BigInt(id)));
  assert.equal((await store.proofs.verdictsOf(ids)).size, 0);
});

test("verdicts are listed by delivery, page by page, and counted by the hour", async () => {
  const accountId = "888899990000";
  const rows = Array.from({ length: 120 }, (_, number) =>
    verdict(number, {
      name: fileName(119 - number, accountId),
      accountId,
      region: number % 2 === 0 ? "eu-central-1" : "us-east-1",
      verdict: number === 61 ? "broken" : "proven",
      deliveredAt: noon + Math.floor(number / 2) * 2 * 60_000,
    }),
  );
  await store.proofs.putVerdicts(rows);
  const seen: string[] = [];
  for (let last: string | undefined, page = rows; page.length > 0; last = page.at(-1)?.name) {
    page = await store.proofs.verdictList({ accountId }, { limit: 7, ...(last === undefined ? {} : { after: last }) });
    seen.push(...page.map(({ name }) => name));
  }
  const inOrder = rows.toSorted((a, b) => a.deliveredAt - b.deliveredAt || (a.name < b.name ? -1 : 1));
  assert.deepEqual(
    seen,
    inOrder.map(({ name }) => name),
  );
  assert.deepEqual(await store.proofs.verdictList({ accountId, verdicts: ["broken", "'"] }, { limit: 9 }), [rows[61]]);
  assert.deepEqual(await store.proofs.verdictList({ verdicts: [] }, { limit: 9 }), []);
  assert.deepEqual(await store.proofs.verdictList({ accountId }, { limit: 9, after: "nobody's" }), []);
  const east = { accountId, region: "us-east-1" };
  assert.deepEqual(await store.proofs.verdictHours(east), [
    { ...east, hour: noon, counts: { proven: 30 } },
    { ...east, hour: noon + hour, counts: { broken: 1, proven: 29 } },
  ]);
  assert.deepEqual(await store.proofs.verdictHours({ ...east, from: noon + hour, verdicts: ["broken"] }), [
    { ...east, hour: noon + hour, counts: { broken: 1 } },
  ]);
  assert.deepEqual(await store.proofs.verdictHours({ ...east, to: noon }), []);
  assert.deepEqual(await store.proofs.verdictHours(east, { spanMs: 24 * hour }), [
    { ...east, hour: noon - 12 * hour, counts: { broken: 1, proven: 59 } },
  ]);
  assert.equal((await store.proofs.verdictHours({ accountId }, { limit: 3 })).length, 3);
});

test("a sample is the same for the same seed, of what was proven and not looked at since", async () => {
  const accountId = "121212121212";
  const rows = Array.from({ length: 200 }, (_, number) =>
    verdict(number, {
      name: number === 0 ? "/home/somebody/file.json.gz" : fileName(number, accountId),
      accountId,
      judgedAt: number < 100 ? 1_000 : 2_000,
      verdict: number % 10 === 9 ? "broken" : "proven",
    }),
  );
  await store.proofs.putVerdicts(rows);
  const take = async (seed: number, limit = 20) =>
    (await store.proofs.sample({ before: 1_500, limit, seed })).map(({ name }) => name);
  const all = await take(1, 500);
  const expected = rows.filter((row, number) => row.verdict === "proven" && number > 0 && number < 100);
  assert.deepEqual(
    all,
    expected.map(({ name }) => name),
  );
  assert.equal((await take(1)).length, 20);
  assert.deepEqual(await take(1), await take(1));
  assert.notDeepEqual(await take(1), await take(2));
});

test("of log files that were read, those are unjudged that have no verdict or one that is asked for", async () => {
  const accountId = "343434343434";
  const own = (number: number, id: number) => ({ name: fileName(number, accountId), id: BigInt(id) });
  await store.acknowledge(
    [
      logFile(1, own(1, 710001)),
      logFile(0, own(2, 710002)),
      logFile(3, { ...own(3, 710003), gzipMembers: 2, bytesBehind: 77, note: "Cut off", deliveredAt: undefined }),
      logFile(4, own(4, 710004)),
      logFile(5, { ...own(5, 710005), kind: "digest" }),
      logFile(6, { id: 710006n, name: `/home/AWSLogs/${accountId}/CloudTrail/eu-central-1/2026/11/21/file.json.gz` }),
      logFile(7, { name: fileName(7, "565656565656"), id: 710007n }),
    ],
    [],
  );
  const said = (number: number, fields: object) => verdict(number, { name: fileName(number, accountId), ...fields });
  await store.proofs.putVerdicts([
    said(1, { logFile: "710001", verdict: "waiting" }),
    said(2, { logFile: "0", verdict: "missing" }),
    said(4, { logFile: "710004" }),
  ]);
  const ids = async (verdicts: readonly string[], page: { readonly after?: string; readonly limit: number }) =>
    (await store.proofs.unjudged({ accountId, verdicts }, page)).map((file) => file.logFile);
  assert.deepEqual(await ids([], { limit: 9 }), ["710003", "710002"]);
  assert.deepEqual(await ids(["waiting"], { limit: 9 }), ["710003", "710002", "710001"]);
  assert.deepEqual(await ids(["waiting"], { limit: 1, after: fileName(3, accountId) }), ["710002"]);
  assert.deepEqual(await ids(["waiting"], { limit: 9, after: fileName(2, accountId) }), ["710001"]);
  assert.deepEqual(await store.proofs.unjudged({ region: "mars-north-1", verdicts: [] }, { limit: 9 }), []);
  assert.deepEqual(
    (await store.proofs.unjudged({ accountId, verdicts: [], isUndated: true }, { limit: 9 })).map(
      ({ logFile: id }) => id,
    ),
    ["710003"],
  );
  const inTime = { accountId, verdicts: [], from: noon, to: noon + hour };
  assert.deepEqual((await store.proofs.unjudged(inTime, { limit: 9 })).length, 1);
  // Read anew: another id, and so no verdict on it.
  await store.acknowledge([logFile(4, { ...own(4, 720004), version: "2", readAt: noon + 2 * hour })], []);
  assert.deepEqual(await ids([], { limit: 9 }), ["710003", "710002", "720004"]);
  const anew = { accountId, verdicts: ["proven"], readSince: noon + 2 * hour };
  assert.deepEqual(
    (await store.proofs.unjudged(anew, { limit: 9 })).map(({ logFile: id }) => id),
    ["720004"],
  );
  assert.deepEqual(await store.proofs.readSpan(), {
    deliveredFrom: noon,
    deliveredTo: noon + 7 * 60_000,
    readUntil: noon + 2 * hour,
  });
  const files = await store.proofs.readLogFiles([
    fileName(3, accountId),
    fileName(4, accountId),
    fileName(5, accountId),
  ]);
  assert.deepEqual([...files.keys()].sort(), [fileName(3, accountId), fileName(4, accountId)]);
  assert.equal(files.get(fileName(4, accountId))?.logFile, "720004");
  assert.deepEqual(files.get(fileName(3, accountId)), {
    logFile: "710003",
    name: fileName(3, accountId),
    sha256: "3".padStart(64, "0"),
    gzipMembers: 2,
    bytesBehind: 77,
    note: "Cut off",
    deliveredAt: undefined,
    readAt: noon + hour,
    records: 0,
    stored: 0,
  });
  const details = await store.logFile("710003");
  assert.deepEqual([details?.gzipMembers, details?.bytesBehind], [2, 77]);
});
