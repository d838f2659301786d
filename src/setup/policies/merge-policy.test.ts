import assert from "node:assert/strict";
import { test } from "node:test";
import type { PolicyDocument } from "../settings/values.ts";
import { mergeStatements } from "./merge-policy.ts";
import { bucketStatements, keyStatements, queueStatement, topicStatement } from "./statements.ts";

const own = "111122223333";
const bucketArn = "arn:aws:s3:::logs";
const trail = `arn:aws:cloudtrail:us-east-1:${own}:trail/main`;
const other = "arn:aws:cloudtrail:eu-west-1:444455556666:trail/other";
const topicArn = `arn:aws:sns:us-east-1:${own}:trails`;
const queueArn = `arn:aws:sqs:us-east-1:${own}:trails`;
const wanted = bucketStatements({ bucketArn, prefix: "", trailArns: [trail], folders: [own] });
const [check, write] = wanted;
const cloudTrail = { Service: "cloudtrail.amazonaws.com" };
const tlsOnly = {
  Sid: "TlsOnly",
  Effect: "Deny",
  Principal: "*",
  Action: "s3:*",
  Resource: [bucketArn, `${bucketArn}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

function policy(...statements: readonly object[]): PolicyDocument {
  return { Version: "2012-10-17", Statement: statements };
}
function statements(document: PolicyDocument): readonly unknown[] {
  return document["Statement"] as readonly unknown[];
}

test("where there is no policy, ours is made", () => {
  const merged = mergeStatements(undefined, wanted, "bucket");
  assert.deepEqual(merged.document, policy(...wanted));
  assert.equal(merged.changed, true);
  assert.equal(merged.problem, undefined);
});

test("a second merge changes nothing", () => {
  const once = mergeStatements(policy(tlsOnly), wanted).document;
  const twice = mergeStatements(once, wanted);
  assert.equal(twice.changed, false);
  assert.equal(twice.document, once);
});

test("what others wrote keeps its place, and the document its other members", () => {
  const present = { Version: "2008-10-17", Id: "mine", Statement: [tlsOnly, check] };
  const { document } = mergeStatements(present, wanted);
  assert.deepEqual(document, { ...present, Statement: [tlsOnly, check, write] });
});

for (const [what, allowing] of [
  ["the same without a condition", { ...write, Sid: "Mine", Condition: undefined }],
  ["wildcards", { ...write, Sid: "Mine", Action: "s3:Put*", Resource: `${bucketArn}/*` }],
  ["a list of services", { ...write, Sid: "Mine", Principal: { Service: ["x.amazonaws.com", cloudTrail.Service] } }],
  ["everybody", { ...write, Sid: "Mine", Principal: "*" }],
  ["the account instead of the trail", { ...write, Condition: { StringEquals: { "aws:SourceAccount": own } } }],
  ["a key in other letters", { ...write, Condition: { StringEquals: { "AWS:SourceArn": trail } } }],
  [
    "a pattern of trails",
    { ...write, Condition: { ArnLike: { "aws:SourceArn": `arn:aws:cloudtrail:*:${own}:trail/*` } } },
  ],
] as const) {
  test(`nothing is added to what allows it already: ${what}`, () => {
    const present = policy(check, JSON.parse(JSON.stringify(allowing)) as object);
    assert.equal(mergeStatements(present, wanted).changed, false);
  });
}

for (const [what, lacking] of [
  ["another trail", { ...write, Sid: "Mine", Condition: { StringEquals: { "aws:SourceArn": other } } }],
  ["another folder", { ...write, Sid: "Mine", Resource: `${bucketArn}/AWSLogs/444455556666/*` }],
  ["another action", { ...write, Sid: "Mine", Action: "s3:GetObject" }],
  ["another service", { ...write, Sid: "Mine", Principal: { Service: "x.amazonaws.com" } }],
  ["everything but", { ...write, Sid: "Mine", Resource: undefined, NotResource: `${bucketArn}/x` }],
  [
    "a condition nobody can judge",
    { ...write, Sid: "Mine", Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } },
  ],
  ["a condition on users", { ...write, Sid: "Mine", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }],
  ["a pattern where none counts", { ...write, Sid: "Mine", Condition: { StringEquals: { "aws:SourceArn": "arn:*" } } }],
] as const) {
  test(`a statement that does not do is left as it is, and ours added: ${what}`, () => {
    const present = policy(check, JSON.parse(JSON.stringify(lacking)) as object);
    const { document, changed } = mergeStatements(present, wanted);
    assert.equal(changed, true);
    assert.deepEqual(statements(document), [...statements(present), write]);
  });
}

test("a statement with our Sid gets the trail and the folder that it lacks", () => {
  const grown = bucketStatements({ bucketArn, prefix: "", trailArns: [trail, other], folders: [own, "444455556666"] });
  const { document } = mergeStatements(policy(tlsOnly, ...wanted), grown);
  assert.deepEqual(document, policy(tlsOnly, ...grown.map(inOrderOfArrival)));

  function inOrderOfArrival(statement: (typeof grown)[number]): object {
    const { StringEquals } = statement.Condition;
    return { ...statement, Condition: { StringEquals: { ...StringEquals, "aws:SourceArn": [trail, other] } } };
  }
});

test("a statement with our Sid under somebody's condition is left, and ours gets a number", () => {
  const narrowed = { ...write, Condition: { ...write?.Condition, IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } };
  const { document } = mergeStatements(policy(check, narrowed), wanted);
  assert.deepEqual(document, policy(check, narrowed, { ...write, Sid: "AWSCloudTrailWrite201503192" }));
});

test("only what is lacking is added, not the whole of ours", () => {
  const both = bucketStatements({ bucketArn, prefix: "", trailArns: [trail], folders: [own, "444455556666"] });
  const mine = { ...write, Sid: "Mine" };
  const { document } = mergeStatements(policy(check, mine), both);
  assert.deepEqual(statements(document).at(-1), { ...write, Resource: `${bucketArn}/AWSLogs/444455556666/*` });
});

test("a Deny that stops it is told, and not worked around", () => {
  const deny = { Sid: "NoWrites", Effect: "Deny", Principal: "*", Action: "s3:Put*", Resource: `${bucketArn}/*` };
  const merged = mergeStatements(policy(...wanted, deny), wanted);
  assert.deepEqual(merged.blockedBy, deny);
  assert.equal(merged.changed, false);
  assert.equal(merged.problem, "its statement NoWrites denies it");
});

for (const [what, deny, isBlocked] of [
  ["of insecure calls", tlsOnly, false],
  ["of people", { ...tlsOnly, Condition: { Bool: { "aws:PrincipalIsAWSService": "false" } } }, false],
  ["of other services", { ...tlsOnly, Principal: { Service: "x.amazonaws.com" }, Condition: undefined }, false],
  ["of deleting", { ...tlsOnly, Action: "s3:DeleteObject*", Condition: undefined }, false],
  ["of other files", { ...tlsOnly, Resource: `${bucketArn}/*.exe`, Condition: undefined }, false],
  ["of whoever is not in the organization", notOf("aws:PrincipalOrgID", "o-1"), true],
  ["of other trails", notOf("aws:SourceArn", trail), false],
  ["of all trails but another", notOf("aws:SourceArn", other), true],
  [
    "of digests",
    { ...tlsOnly, Resource: `${bucketArn}/AWSLogs/${own}/CloudTrail-Digest/*`, Condition: undefined },
    true,
  ],
  ["of everything but reading", { ...tlsOnly, Action: undefined, NotAction: "s3:Get*", Condition: undefined }, true],
  [
    "of all but another bucket's",
    { ...tlsOnly, Resource: undefined, NotResource: "arn:aws:s3:::x/*", Condition: undefined },
    true,
  ],
  [
    "of all but CloudTrail",
    { ...tlsOnly, Principal: undefined, NotPrincipal: cloudTrail, Condition: undefined },
    false,
  ],
  [
    "of all but an account",
    { ...tlsOnly, Principal: undefined, NotPrincipal: { AWS: own }, Condition: undefined },
    true,
  ],
] as const) {
  test(`a Deny ${what} ${isBlocked ? "stops it" : "does not stop it"}`, () => {
    const present = policy(...wanted, JSON.parse(JSON.stringify(deny)) as object);
    assert.equal(mergeStatements(present, wanted).blockedBy !== undefined, isBlocked);
  });
}

test("a policy too long for AWS is a problem, told with its size", () => {
  const long = { ...tlsOnly, Sid: "x".repeat(20 * 1024) };
  assert.match(mergeStatements(policy(long), wanted, "bucket").problem ?? "", /^it would have \d+ bytes/);
  assert.equal(mergeStatements(policy(long), wanted).problem, undefined);
});

test("a statement alone, nonsense and nothing are all taken", () => {
  assert.deepEqual(mergeStatements({ Statement: tlsOnly }, [check]).document, { Statement: [tlsOnly, check] });
  assert.deepEqual(mergeStatements({ Statement: ["x", 5, null] }, [check]).document["Statement"], [
    "x",
    5,
    null,
    check,
  ]);
  assert.deepEqual(mergeStatements({}, [check]).document, { Statement: [check] });
});

test("a topic, a queue and a key are merged alike", () => {
  for (const ours of [
    [topicStatement({ topicArn, trailArns: [trail] })],
    [queueStatement({ queueArn, topicArns: [topicArn] })],
    keyStatements({ trailArns: [trail] }),
  ]) {
    const { document } = mergeStatements(undefined, ours);
    assert.deepEqual(statements(document), ours);
    assert.equal(mergeStatements(document, ours).changed, false);
  }
  const byOwner = { Effect: "Allow", Principal: { AWS: "*" }, Action: "SNS:Publish", Resource: topicArn };
  const usual = policy({ ...byOwner, Condition: { StringEquals: { "AWS:SourceOwner": own } } });
  assert.equal(mergeStatements(usual, [topicStatement({ topicArn, trailArns: [trail] })]).changed, true);
});

function notOf(key: string, value: string): object {
  return { ...tlsOnly, Condition: { StringNotEquals: { [key]: value } } };
}
