import assert from "node:assert/strict";
import { test } from "node:test";
import type { AwsClient, ServiceName } from "../../aws/index.ts";
import { AwsCallError } from "../../aws/index.ts";
import { ScaledClock } from "../../base/clock.ts";
import type { Culprit } from "../setup.ts";
import type { SetupAws } from "../setup-aws.ts";
import { Culprits } from "./culprits.ts";

const at = Date.UTC(2026, 10, 21, 12);
const arn = "arn:aws:cloudtrail:eu-central-1:111122223333:trail/main";
const places = { trail: { accountId: "111122223333", region: "eu-central-1", arn } };
const ask = { eventNames: ["StopLogging"], mentions: [arn], since: at - 3_600_000 };

function event(eventId: string, secondsAfter: number, userAgent = "aws-cli/2.31"): Culprit {
  const eventTime = new Date(at + secondsAfter * 1000).toISOString();
  const actor = "arn:aws:iam::111122223333:user/mallory";
  return { eventId, eventName: "StopLogging", eventTime, actor, sourceIp: "192.0.2.1", userAgent };
}

/** AWS's event history, which answers what it is given. */
function history(answer: () => object): SetupAws & { readonly asked: object[] } {
  const asked: object[] = [];
  const client = {
    async call(_operation: string, input: object) {
      asked.push(input);
      return answer();
    },
  };
  // Only this one call is made.
  return { asked, client: async <S extends ServiceName>() => client as unknown as AwsClient<S> };
}

function culprits(stored: readonly Culprit[], aws: SetupAws): Culprits {
  return new Culprits({
    events: { find: async () => stored },
    aws,
    clock: new ScaledClock({ start: at, speed: 1_000_000 }),
    signal: new AbortController().signal,
    own: { userAgent: "trailwarden/1", runs: [{ from: at, to: at + 10_000 }] },
  });
}

function record(eventID: string, more: object = {}): { readonly CloudTrailEvent: string } {
  const of = { eventID, eventName: "StopLogging", eventTime: "2026-11-21T11:59:00Z", sourceIPAddress: "192.0.2.1" };
  const userIdentity = { arn: "arn:aws:iam::111122223333:user/mallory" };
  const requestParameters = { name: arn };
  return { CloudTrailEvent: JSON.stringify({ ...of, userIdentity, requestParameters, ...more }) };
}

test("who did it is whoever did it last, by the events that are stored; AWS is not asked then", async () => {
  const aws = history(() => ({}));
  assert.equal((await culprits([event("2", 20), event("1", 0)], aws).find(ask, places))?.eventId, "2");
  assert.deepEqual(aws.asked, []);
});

test("it is never ourselves while we mended; our user agent at another time is somebody's who borrows it", async () => {
  const aws = history(() => ({}));
  const ours = event("2", 5, "aws-sdk-js trailwarden/1");
  assert.equal((await culprits([ours, event("1", -60)], aws).find(ask, places))?.eventId, "1");
  const borrowed = event("3", 60, "trailwarden/1");
  assert.equal((await culprits([borrowed], aws).find(ask, places))?.eventId, "3");
});

test("where the way is broken, AWS's own event history is asked", async () => {
  const aws = history(() => ({ Events: [record("1")] }));
  const found = await culprits([], aws).find(ask, places);
  assert.deepEqual([found?.eventId, found?.actor], ["1", "arn:aws:iam::111122223333:user/mallory"]);
  assert.deepEqual(aws.asked, [
    {
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "StopLogging" }],
      StartTime: new Date(ask.since),
    },
  ]);
});

test("calls that were refused, that speak of something else, or that cannot be read made nobody a culprit", async () => {
  const aws = history(() => ({
    Events: [
      record("1", { errorCode: "AccessDenied" }),
      record("2", { requestParameters: { name: "other" } }),
      { CloudTrailEvent: `{"half": "${arn}` },
      {},
    ],
  }));
  assert.equal(await culprits([], aws).find(ask, places), undefined);
});

test("who may not ask the history knows nobody, and says nothing wrong", async () => {
  const call = { service: "cloudtrail", operation: "LookupEvents" };
  const aws = history(() => {
    throw AwsCallError.of(call, { code: "AccessDenied", message: "no", status: 403 });
  });
  assert.equal(await culprits([], aws).find(ask, places), undefined);
});
