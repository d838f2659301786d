import assert from "node:assert/strict";
import { test } from "node:test";
import { isMadeUpAccount, madeUpAccounts } from "./accounts.ts";
import { madeUpLogFiles, type MadeUpLogFile, type MadeUpOptions } from "./log-files.ts";
import type { MadeUpRecord } from "./record.ts";
import { madeUpStories } from "./stories/index.ts";

const now = Date.UTC(2026, 10, 20, 21, 30, 17);
const week = makeAll({ seed: "test", now, eventsPerDay: 1500 });
const records = week.flatMap((file) => file.records);

test("the same options make the same bytes, another seed makes others", () => {
  const options = { seed: 7, now, days: 1, eventsPerDay: 300 };
  assert.deepEqual(keysAndTexts(options), keysAndTexts(options));
  assert.notDeepEqual(keysAndTexts(options), keysAndTexts({ ...options, seed: 8 }));
});

test("object keys are those of CloudTrail, in the order of delivery, and no two are alike", () => {
  const shape =
    /^AWSLogs\/(\d{12})\/(CloudTrail(?:|-Insight|-NetworkActivity))\/([a-z0-9-]+)\/(\d{4})\/(\d\d)\/(\d\d)\/\1_\2_\3_\4\5\6T(\d{4})Z_\w{16}\.json\.gz$/;
  for (const { key } of week) assert.match(key, shape);
  assert.equal(new Set(week.map(({ key }) => key)).size, week.length);
  const stamps = week.map(({ key }) => key.split("_").at(-2) ?? "");
  assert.deepEqual(stamps, stamps.toSorted());
});

test("a file lies under the account and region that its records name, and is delivered after them", () => {
  for (const { key, records: inFile } of week) {
    const [, accountId, folder, region] = key.split("/");
    const stamp = key.split("_").at(-2) ?? "";
    for (const record of inFile) {
      assert.equal(record.recipientAccountId, accountId);
      assert.equal(record.awsRegion, region);
      assert.equal(record.eventCategory === "Insight", folder === "CloudTrail-Insight");
      assert.equal(record.eventCategory === "NetworkActivity", folder === "CloudTrail-NetworkActivity");
      assert.ok(record.eventTime.slice(0, 16).replace(/[-:]/g, "") <= stamp.slice(0, 13));
    }
  }
});

test("nothing happens after now or before the first day, and no event twice", () => {
  for (const { eventTime } of records) {
    assert.ok(Date.parse(eventTime) <= now);
    assert.ok(Date.parse(eventTime) >= now - 7 * 86_400_000 - 1000);
  }
  assert.equal(new Set(records.map(({ eventID }) => eventID)).size, records.length);
});

test("texts are minified and hold their records in CloudTrail's order of keys", () => {
  for (const { text, records: inFile } of week.slice(0, 200)) {
    assert.equal(text, JSON.stringify({ Records: inFile }));
    assert.equal(text, JSON.stringify(JSON.parse(text)));
  }
  const order =
    "eventVersion userIdentity eventTime eventSource eventName awsRegion sourceIPAddress userAgent errorCode errorMessage requestParameters responseElements additionalEventData requestID eventID readOnly resources eventType apiVersion managementEvent recipientAccountId serviceEventDetails sharedEventID insightDetails vpcEndpointId vpcEndpointAccountId eventCategory tlsDetails sessionCredentialFromConsole".split(
      " ",
    );
  for (const record of records) {
    const keys = writtenKeys(record);
    assert.deepEqual(
      keys,
      order.filter((key) => keys.includes(key)),
    );
  }
});

test("each story is found by its query, whatever the seed, in a whole week and when only a day is made up", () => {
  const kinds = [
    { seed: "test", now, eventsPerDay: 1500 },
    { seed: 20, now: now + 40_000_000 },
    { seed: "test", now, days: 1, eventsPerDay: 300 },
    { seed: 3, now: now - 90_000_000, days: 2, eventsPerDay: 300 },
  ];
  for (const options of kinds) {
    const made = makeAll(options).flatMap((file) => file.records);
    for (const { id, query, found } of madeUpStories) {
      const hits = made.filter((record) => fits(record, query)).length;
      assert.equal(hits, found, `${id} with ${JSON.stringify(options)}`);
    }
  }
});

test("the user Mary is created from the console, after a sign-in with MFA, by somebody the log names", () => {
  const created = records.find(
    (record) => record.eventName === "CreateUser" && fits(record, "requestParameters.userName:Mary"),
  );
  const signIn = records.findLast(
    (record) => record.eventName === "ConsoleLogin" && record.eventTime <= (created?.eventTime ?? ""),
  );
  assert.equal(created?.userIdentity?.["userName"], "hugo");
  assert.equal(created?.sessionCredentialFromConsole, "true");
  assert.equal(created?.sourceIPAddress, signIn?.sourceIPAddress);
  assert.equal(signIn?.additionalEventData?.["MFAUsed"], "Yes");
});

test("a call into another account is recorded in both under one sharedEventID", () => {
  const shared = records.filter((record) =>
    fits(record, "eventName:AssumeRole requestParameters.roleArn:*role/break-glass"),
  );
  assert.equal(new Set(shared.map((record) => record.sharedEventID)).size, 1);
  assert.equal(new Set(shared.map((record) => record.recipientAccountId)).size, 2);
  assert.deepEqual(shared.map((record) => record.userIdentity?.["type"]).toSorted(), ["AWSAccount", "AssumedRole"]);
});

test("whoever looks closely sees that it is made up: accounts, keys and addresses are those of documentation", () => {
  const text = week.map((file) => file.text).join("\n");
  for (const { recipientAccountId } of records) assert.ok(isMadeUpAccount(recipientAccountId));
  for (const [key] of text.matchAll(/\bA[KS]IA[A-Z0-9]+/g)) assert.match(key, /^A[KS]IA[A-Z2-7]{9}EXAMPLE$/);
  for (const [address] of text.matchAll(/(?<=")\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?=")/g)) {
    assert.match(address, /^(192\.0\.2|198\.51\.100|203\.0\.113|10\.20\.\d+)\.\d+$/);
  }
});

test("a week shows many services, all categories and all kinds of identity", () => {
  const values = (pick: (record: MadeUpRecord) => unknown) => new Set(records.map(pick));
  assert.ok(values((record) => record.eventName).size > 150);
  assert.ok(values((record) => record.eventSource).size > 30);
  assert.deepEqual([...values((record) => record.eventCategory)].toSorted(), [
    "Data",
    "Insight",
    "Management",
    "NetworkActivity",
  ]);
  const types = values((record) => record.userIdentity?.["type"]);
  for (const type of [
    "Root",
    "IAMUser",
    "AssumedRole",
    "AWSService",
    "AWSAccount",
    "SAMLUser",
    "WebIdentityUser",
    "IdentityCenterUser",
  ]) {
    assert.ok(types.has(type), type);
  }
  assert.deepEqual(
    [...values((record) => record.recipientAccountId)].toSorted(),
    madeUpAccounts.map(({ id }) => id).toSorted(),
  );
});

test("working days are busier than Sundays", () => {
  const on = (day: string) => records.filter(({ eventTime }) => eventTime.startsWith(day)).length;
  assert.ok(on("2026-11-18") > 1.1 * on("2026-11-15"));
});

test("less than a day is refused", () => {
  assert.throws(() => makeAll({ seed: 1, now, days: 0.5 }), RangeError);
});

function makeAll(options: MadeUpOptions): readonly MadeUpLogFile[] {
  return [...madeUpLogFiles(options)];
}

function keysAndTexts(options: MadeUpOptions): readonly string[] {
  return makeAll(options).map(({ key, text }) => `${key} ${text}`);
}

function writtenKeys(record: MadeUpRecord): readonly string[] {
  return Object.entries(record).flatMap(([key, value]) => (value === undefined ? [] : [key]));
}

/** Reads the stories' queries, which are no more than `path:value` with `*` and AND. */
function fits(record: MadeUpRecord, query: string): boolean {
  return query.split(" ").every((term) => {
    const [path = "", value = ""] = term.split(/:(.*)/s);
    const pattern = new RegExp(`^${value.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`, "i");
    return valuesAt(record, path.split(".")).some((found) => pattern.test(String(found)));
  });
}

function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [key, ...rest] = path;
  if (key === undefined) return value === undefined ? [] : [value];
  if (typeof value !== "object" || value === null) return [];
  return valuesAt(Object.entries(value).find(([name]) => name === key)?.[1], rest);
}
