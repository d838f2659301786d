import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, places, wiring } from "./agreed-wiring.fixture.ts";
import type { Unread } from "../wiring/wiring.ts";
import { roleWeakened } from "./role-weakened.ts";

const sentence =
  "User: arn:aws:sts::111122223333:assumed-role/trailwarden/check is not authorized to perform: sqs:GetQueueAttributes";
const refused: Unread = { setting: "queue", code: "AccessDenied", sentence };

function find(unread: readonly Unread[], roleArn?: string) {
  return roleWeakened.find(contextOf({ now: wiring({}, { unread }), deployment: { roleArn } }));
}

test("what may not be read any more is told with the statement to add", () => {
  const [drift] = find([refused, { ...refused, setting: "bucket-policy", code: "AccessDeniedException" }]);
  assert.deepEqual([drift?.manner, drift?.steps], ["tell", []]);
  assert.match(
    drift?.sentence ?? "",
    /^The role trailwarden could read and may not read any more: the queue company-queue, the policy/,
  );
  const statement = JSON.parse(/\{.*\}/.exec(drift?.help ?? "")?.[0] ?? "{}") as Record<string, unknown>;
  assert.equal(statement["Effect"], "Allow");
  assert.deepEqual(statement["Resource"], [places.bucket.arn, places.queue.arn]);
  const actions = statement["Action"] as readonly string[];
  assert.ok(actions.includes("sqs:GetQueueAttributes") && actions.includes("s3:GetBucketPolicy"));
  assert.deepEqual(drift?.culprit.mentions, ["trailwarden", "company-queue", "company-logs"]);
});

test("the deployment's role is named where there is one, and its credentials where nothing is known", () => {
  const silent = { ...refused, sentence: "Forbidden" };
  const path = "arn:aws:iam::111122223333:role/security/reader";
  assert.equal(find([silent], path)[0]?.about, "the role reader");
  assert.equal(find([silent])[0]?.about, "the credentials of company");
});

test("what SNS calls it is understood too", () => {
  assert.equal(find([{ ...refused, setting: "topic-policy", code: "AuthorizationErrorException" }]).length, 1);
});

test("throttling is no want of rights, nor what could not be read before", () => {
  assert.deepEqual(find([{ ...refused, code: "ThrottlingException" }]), []);
  const agreed = wiring({}, { unread: [refused] });
  assert.deepEqual(roleWeakened.find(contextOf({ agreed, now: agreed })), []);
});

test("a user is named as AWS names it, and looked for by what weakens users", () => {
  const user = "User: arn:aws:iam::111122223333:user/machines/reader is not authorized to perform: sqs:GetQueueUrl";
  const [drift] = find([{ ...refused, sentence: `the queue cannot be read: ${user}` }]);
  assert.equal(drift?.about, "the user reader");
  assert.match(drift?.sentence ?? "", /^The user reader could read/);
  assert.match(drift?.help ?? "", /to what the user may do/);
  assert.ok(drift?.culprit.eventNames.includes("PutUserPolicy"));
  assert.ok(!drift?.culprit.eventNames.includes("PutRolePolicy"));
  assert.deepEqual(drift?.culprit.mentions, ["reader", "company-queue"]);
});
