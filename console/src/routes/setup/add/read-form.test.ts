import assert from "node:assert/strict";
import { test } from "node:test";
import { emptyEntries, readAccountId, readForm, type Entries } from "./read-form.ts";

const filled: Entries = { ...emptyEntries, name: "shop", accountId: "1111-2222-3333", region: "eu-central-1" };
const nobody = new Set<string>();

test("an account number is read as people write it", () => {
  for (const text of ["111122223333", "1111-2222-3333", " 1111 2222 3333 ", "1111\u00a02222\u20133333"])
    assert.equal(readAccountId(text), "111122223333", text);
  for (const text of ["", "1111", "1111222233334", "aaaabbbbcccc", "11112222333x"])
    assert.equal(readAccountId(text), undefined, text);
});

test("what is left empty is left out of what is asked for", () => {
  assert.deepEqual(readForm(filled, nobody).request, {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    depth: "care",
    roleArn: "arn:aws:iam::111122223333:role/trailwarden",
  });
});

test("without a role the machine's credentials are meant; elsewhere the usual role is of that partition", () => {
  assert.equal(readForm({ ...filled, hasRole: false, roleArn: "left over" }, nobody).request?.roleArn, undefined);
  const { request } = readForm({ ...filled, region: "cn-north-1" }, nobody);
  assert.equal(request?.roleArn, "arn:aws-cn:iam::111122223333:role/trailwarden");
});

test("everything that is written is asked for", () => {
  const { request } = readForm(
    {
      ...filled,
      isAutomatic: true,
      retentionDays: "365",
      roleArn: " arn:aws:iam::111122223333:role/trailwarden ",
      logAccountId: "4444 5555 6666",
      logRoleArn: "arn:aws:iam::444455556666:role/logs",
      endpoint: "http://127.0.0.1:4566",
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      secretAccessKey: "made-up",
      trail: "all-events",
    },
    nobody,
  );
  assert.deepEqual(request, {
    name: "shop",
    accountId: "111122223333",
    region: "eu-central-1",
    depth: "care",
    roleArn: "arn:aws:iam::111122223333:role/trailwarden",
    endpoint: "http://127.0.0.1:4566",
    logAccount: { accountId: "444455556666", roleArn: "arn:aws:iam::444455556666:role/logs" },
    automatic: ["all"],
    retentionDays: 365,
    names: { trail: "all-events" },
    secrets: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made-up" },
  });
});

test("who only looks repairs nothing by itself", () => {
  assert.equal(readForm({ ...filled, depth: "look", isAutomatic: true }, nobody).request?.automatic, undefined);
});

test("what does not fit is said at its field", () => {
  for (const [wrong, field] of [
    [{ name: "" }, "name"],
    [{ name: "Shop" }, "name"],
    [{ name: "taken" }, "name"],
    [{ name: "add" }, "name"],
    [{ accountId: "123" }, "accountId"],
    [{ region: "Frankfurt" }, "region"],
    [{ roleArn: "trailwarden" }, "roleArn"],
    [{ logAccountId: "444455556666" }, "logRoleArn"],
    [{ logAccountId: "1", logRoleArn: "arn:aws:iam::444455556666:role/logs" }, "logAccountId"],
    [{ retentionDays: "a year" }, "retentionDays"],
    [{ endpoint: "localhost" }, "endpoint"],
    [{ secretAccessKey: "made-up" }, "accessKeyId"],
  ] as const) {
    const { problems } = readForm({ ...filled, ...wrong }, new Set(["taken"]));
    assert.deepEqual(Object.keys(problems ?? {}), [field], JSON.stringify(wrong));
  }
});
