import assert from "node:assert/strict";
import { test } from "node:test";
import type { Fault } from "../../sandbox-api.ts";
import { firstText, groupFaults, readFields, tellParameters } from "./fault-fields.ts";

const fault: Fault = {
  name: "throttling",
  summary: "Calls are refused",
  parameters: {
    share: { kind: "share", summary: "Which share", default: 0.5 },
    minutes: { kind: "minutes", summary: "How late", default: 20 },
    operations: { kind: "texts", summary: "Only these" },
    region: { kind: "text", summary: "Only here", default: "" },
    bucket: { kind: "text", summary: "The bucket" },
  },
};
const known = {
  accounts: [],
  region: "eu-central-1",
  trail: {
    accountId: "123456789012",
    region: "eu-central-1",
    trailArn: "arn:trail",
    bucket: "example-logs",
    topicArn: "arn:topic",
    queueArn: "arn:queue",
  },
};

test("fields are sent as their kinds are, and empty ones are left out", () => {
  const texts = { share: "12.5", minutes: "3", operations: "s3:PutObject, iam:* ", region: " ", bucket: "b" };
  assert.deepEqual(readFields(fault.parameters, texts), {
    share: 0.125,
    minutes: 3,
    operations: ["s3:PutObject", "iam:*"],
    bucket: "b",
  });
});

test("a field begins with its default, and one that has to be given with the company's own", () => {
  const first = Object.entries(fault.parameters).map(([name, parameter]) => firstText(name, parameter, known));
  assert.deepEqual(first, ["50", "20", "", "", "example-logs"]);
});

test("what is as always is not told of a fault that is on", () => {
  assert.equal(tellParameters(fault, { share: 0.5, minutes: 20, operations: [], region: "" }), "");
  assert.equal(
    tellParameters(fault, { share: 0.25, minutes: 5, operations: ["s3:*"], region: "us-east-1" }),
    "share 25 %, 5 minutes, operations s3:*, region us-east-1",
  );
});

test("every fault stands in one group", () => {
  const names = [
    "late-notices",
    "lost-files",
    "silent-region",
    "removed-topic",
    "disabled-key",
    "throttling",
    "new-one",
  ];
  const grouped = groupFaults(names.map((name) => ({ ...fault, name })));
  assert.deepEqual(
    grouped.map(({ faults }) => faults.length),
    [1, 2, 2, 2],
  );
});
