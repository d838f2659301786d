import assert from "node:assert/strict";
import { test } from "node:test";
import { branchAt, branchOfKey, levelOf } from "./branch.ts";
import { dayFolder, dayOf, printDay, readDay } from "./days.ts";
import { discover } from "./discover.ts";
import { madeKey } from "./listing-place.fixture.ts";
import { MadeBucket } from "./made-bucket.fixture.ts";

const at = Date.UTC(2026, 10, 21, 12);

test("a folder is judged by where it lies", () => {
  for (const [path, level] of [
    ["", "above"],
    ["audit/", "above"],
    ["AWSLogs/", "logs"],
    ["audit/company/AWSLogs/", "logs"],
    ["AWSLogs/o-exampleorgid/", "organization"],
    ["AWSLogs/111122223333/", "account"],
    ["AWSLogs/o-exampleorgid/111122223333/", "account"],
    ["AWSLogs/111122223333/CloudTrail/", "kind"],
    ["AWSLogs/111122223333/CloudTrail-Insight/", "kind"],
    ["AWSLogs/111122223333/CloudTrail/eu-central-1/", "branch"],
    ["AWSLogs/111122223333/CloudTrail/eu-central-1/2026/", "below"],
    ["AWSLogs/111122223333/Config/", "foreign"],
    ["AWSLogs/111122223333/CloudTrail-Other/", "foreign"],
    ["AWSLogs/11112222/", "foreign"],
    ["AWSLogs/111122223333/CloudTrail/No Region/", "foreign"],
  ] as const) {
    assert.equal(levelOf(path), level, path);
  }
});

test("a branch is known from its path and from any key in it", () => {
  const path = "audit/AWSLogs/o-exampleorgid/111122223333/CloudTrail-Insight/us-east-1/";
  const fields = { prefix: "audit", organizationId: "o-exampleorgid", type: "CloudTrail-Insight", region: "us-east-1" };
  const branch = branchAt("logs", path);
  assert.deepEqual(branch, { bucket: "logs", path, accountId: "111122223333", kind: "insight", region: "us-east-1" });
  assert.deepEqual(branchOfKey("logs", madeKey(at, "a", fields)), branch);
  for (const key of ["", "readme.txt", path, `${path}2026/13/40/x.json.gz`]) {
    assert.equal(branchOfKey("logs", key), undefined, key);
  }
});

test("days are read and printed, and those that do not exist are none", () => {
  assert.equal(printDay(dayOf(at)), "2026-11-21");
  assert.equal(dayFolder(dayOf(at)), "2026/11/21/");
  assert.equal(readDay("2026-11-21"), dayOf(at));
  assert.equal(readDay("2024-02-29"), dayOf(Date.UTC(2024, 1, 29)));
  for (const date of ["2026-02-29", "2026-1-1", "", "2026-13-01", "today"])
    assert.equal(readDay(date), undefined, date);
});

test("a bucket full of other folders is not searched without end, and one account that is refused hides no other", async () => {
  const bucket = new MadeBucket(50);
  for (let number = 0; number < 400; number++) bucket.put(`data/${number}/deep/deeper/deepest/file`);
  bucket.put(madeKey(at, "a"));
  bucket.put(madeKey(at, "a", { accountId: "444455556666" }));
  bucket.onPage = (folder) => {
    if (folder.startsWith("AWSLogs/111122223333/")) throw new Error("Refused");
  };
  const options = {
    lister: bucket,
    signal: new AbortController().signal,
    whyNot: () => undefined,
  };
  const found = await discover({ bucket: "logs", prefix: "" }, options);
  assert.deepEqual(
    found.branches.map(({ accountId }) => accountId),
    ["444455556666"],
  );
  assert.deepEqual([found.isCut, found.failures.length], [true, 1]);
  assert.ok(bucket.asked.length < 300, `${bucket.asked.length} listings`);
  const narrow = await discover({ bucket: "logs", prefix: "AWSLogs/444455556666/CloudTrail/eu-central-1" }, options);
  assert.equal(narrow.branches.length, 1);
  await assert.rejects(discover({ bucket: "logs", prefix: "AWSLogs/111122223333/" }, options), /Refused/);
});
