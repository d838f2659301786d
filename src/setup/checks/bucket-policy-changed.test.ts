import assert from "node:assert/strict";
import { test } from "node:test";
import { contextOf, goodValues, own, places, policy, withNow } from "./agreed-wiring.fixture.ts";
import { bucketPolicyChanged } from "./bucket-policy-changed.ts";

const was = goodValues["bucket-policy"];
const statements = was["Statement"] as readonly Readonly<Record<string, unknown>>[];

function find(...now: readonly object[]) {
  return bucketPolicyChanged.find(withNow(contextOf(), { "bucket-policy": policy(...now) }));
}

test("what CloudTrail lacks is proposed, and what somebody added is kept", () => {
  const mine = { Effect: "Allow", Principal: { AWS: own }, Action: "s3:GetObject", Resource: `${places.bucket.arn}/*` };
  const lacking = statements.filter(({ Sid }) => Sid !== "AWSCloudTrailWrite20150319");
  const [drift] = find(...lacking, mine);
  assert.equal(drift?.manner, "propose");
  const added = statements.find(({ Sid }) => Sid === "AWSCloudTrailWrite20150319");
  assert.deepEqual(drift.steps[0]?.after, policy(...lacking, mine, added ?? {}));
  assert.deepEqual(drift.culprit.eventNames, ["PutBucketPolicy", "DeleteBucketPolicy"]);
});

test("a policy that was changed and still lets CloudTrail write is no drift", () => {
  const wide = {
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action: "s3:*",
    Resource: [places.bucket.arn, `${places.bucket.arn}/*`],
  };
  assert.deepEqual(find(wide), []);
});

test("a Deny of somebody's is told and left to a person", () => {
  const deny = {
    Sid: "Stop",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:PutObject",
    Resource: `${places.bucket.arn}/*`,
  };
  const [drift] = find(...statements, deny);
  assert.deepEqual([drift?.manner, drift?.steps], ["tell", []]);
  assert.match(drift?.help ?? "", /its statement Stop denies it/);
});

test("the organization's folder belongs to what is needed", () => {
  const [drift] = find(...statements.filter(({ Sid }) => Sid !== "AWSCloudTrailOrganizationWrite20150319"));
  assert.deepEqual(drift?.steps[0]?.after, was);
});

test("a policy that we never understood is judged by what CloudTrail says", () => {
  const base = contextOf();
  const odd = { ...statements[2], Condition: { StringEquals: { "aws:SourceOrgID": "o-1" } } };
  const agreed = { ...base.agreed, values: { ...base.agreed.values, "bucket-policy": policy(odd) } };
  const changed = withNow({ ...base, agreed }, { "bucket-policy": policy({ ...odd, Sid: "Renamed" }) });
  assert.deepEqual(bucketPolicyChanged.find(changed), []);
  const { status } = changed.now;
  assert.ok(status !== undefined);
  const refused = { ...changed, now: { ...changed.now, status: { ...status, deliveryError: "AccessDenied" } } };
  assert.equal(bucketPolicyChanged.find(refused)[0]?.manner, "propose");
});
