import assert from "node:assert/strict";
import { test } from "node:test";
import { bucketStatements } from "./statements.ts";
import { unpinnedNote, unpinnedStatements } from "./unpinned.ts";

const service = "cloudtrail.amazonaws.com";
const trailArns = ["arn:aws:cloudtrail:eu-central-1:111122223333:trail/main"];
const ours = bucketStatements({ bucketArn: "arn:aws:s3:::logs", prefix: "", trailArns, folders: ["111122223333"] });
const open = { Effect: "Allow", Principal: { Service: service }, Action: "s3:PutObject", Resource: "*" };

function document(...Statement: readonly unknown[]) {
  return { Version: "2012-10-17", Statement };
}

test("what set-up writes is pinned", () => {
  assert.deepEqual(unpinnedStatements(document(...ours), service), []);
});

test("statements that let the service in for anybody are named, by their Sid or their place", () => {
  const found = unpinnedStatements(document({ ...open, Sid: "Old" }, ...ours, open), service);
  assert.deepEqual(found, ["Old", `number ${ours.length + 2}`]);
  assert.match(
    unpinnedNote("the policy of logs", document(open), service)[0] ?? "",
    /^The statement number 1 of the policy/,
  );
});

test("an account, an organization or the key's name in other letters pins too", () => {
  for (const key of ["aws:SourceAccount", "AWS:SourceOrgID", "aws:sourcearn"]) {
    const pinned = { ...open, Condition: { StringEquals: { [key]: "x" } } };
    assert.deepEqual(unpinnedStatements(document(pinned), service), [], key);
  }
});

test("other services, denials and what cannot be read are not meant", () => {
  const other = { ...open, Principal: { Service: "delivery.logs.amazonaws.com" } };
  assert.deepEqual(unpinnedStatements(document(other, { ...open, Effect: "Deny" }, "nonsense"), service), []);
  assert.deepEqual(unpinnedNote("x", undefined, service), []);
});
