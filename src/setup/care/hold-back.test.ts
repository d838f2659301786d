import assert from "node:assert/strict";
import { test } from "node:test";
import type { Culprit, HistoryEntry } from "../setup.ts";
import { whyHoldBack } from "./hold-back.ts";

const now = Date.UTC(2026, 10, 21, 12);
const hourMs = 3_600_000;
const drift = { check: "subscription-removed", about: "the queue trail" };

function repaired(hoursAgo: number, about = drift.about): HistoryEntry {
  const of = { check: drift.check, about, sentence: "", culprit: undefined, runId: undefined };
  return { ...of, id: String(hoursAgo), at: now - hoursAgo * hourMs, kind: "repaired" };
}

function by(userAgent: string): Culprit {
  const event = { eventId: "1", eventName: "Unsubscribe", eventTime: new Date(now).toISOString() };
  return { ...event, actor: "arn:aws:iam::111122223333:user/mary", sourceIp: "192.0.2.1", userAgent };
}

test("a change by a person is mended", () => {
  assert.equal(whyHoldBack(drift, by("aws-cli/2.31 md/awscrt"), [], now), undefined);
  assert.equal(whyHoldBack(drift, undefined, [], now), undefined);
});

test("what a tool changed that puts back what it knows waits for a person, who hears its name", () => {
  for (const [agent, name] of [
    ["APN/1.0 HashiCorp/1.0 Terraform/1.13.4 terraform-provider-aws/6.2", "Terraform"],
    ["pulumi-aws/7.0", "Pulumi"],
    ["cloudformation.amazonaws.com", "CloudFormation"],
    ["AWSControlTower", "Control Tower"],
  ] as const) {
    assert.match(whyHoldBack(drift, by(agent), [], now) ?? "", new RegExp(`^${name} made this change`));
  }
});

test("what was mended twice within a day and has changed again waits for a person", () => {
  assert.equal(whyHoldBack(drift, undefined, [repaired(1)], now), undefined);
  assert.match(
    whyHoldBack(drift, undefined, [repaired(1), repaired(5)], now) ?? "",
    /^It was mended 2 times within a day/,
  );
});

test("repairs of yesterday, and of other things, do not count", () => {
  assert.equal(whyHoldBack(drift, undefined, [repaired(1), repaired(25)], now), undefined);
  assert.equal(whyHoldBack(drift, undefined, [repaired(1), repaired(2, "the queue other")], now), undefined);
});
