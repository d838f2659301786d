import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { madeThings } from "./evidence/made-things.ts";
import { outsideAddress } from "./evidence/outside-address.ts";
import { sightOf } from "./evidence/sight.ts";
import { isSomebody, sightKeys } from "./evidence/story-keys.ts";
import { isSpecific, plainArn, touchedResources } from "./evidence/touched-resources.ts";
import { account, iam, MadeWorld, noon } from "./made-world.fixture.ts";

test("a call gives out keys and opens identities only where it succeeded", () => {
  const record = {
    ...{ eventName: "CreateAccessKey", eventSource: "iam.amazonaws.com", awsRegion: "us-east-1" },
    requestParameters: { userName: "carol" },
    responseElements: { accessKey: { accessKeyId: "AKIACAROLCAROLCAROL" } },
  };
  const made = madeThings(record, account);
  assert.deepEqual([made.accessKeys, made.users], [["AKIACAROLCAROLCAROL"], [`${iam}:user/carol`]]);
  assert.deepEqual(madeThings({ ...record, errorCode: "AccessDenied" }, account).users, []);
  const assumed = {
    eventName: "AssumeRole",
    responseElements: { credentials: { accessKeyId: "ASIAAAAAAAAAAAAAAA1" } },
  };
  assert.deepEqual(madeThings(assumed, account).accessKeys, ["ASIAAAAAAAAAAAAAAA1"]);
});

test("what is one thing of somebody's own links; patterns, AWS's own and whole accounts do not", () => {
  const specific = ["arn:aws:s3:::ledger", `${iam}:role/Admin`, "ec2/1/eu-west-1/groupId:sg-1"];
  const common = [
    "*",
    "arn:aws:s3:::*",
    "arn:aws:iam::aws:policy/AdministratorAccess",
    `${iam}:root`,
    "alias/aws/s3",
    "",
  ];
  assert.deepEqual(specific.map(isSpecific), [true, true, true]);
  assert.deepEqual(
    common.map(isSpecific),
    common.map(() => false),
  );
});

test("different calls tell the same thing by one name", () => {
  assert.equal(plainArn("arn:aws:s3:::ledger/2026/x.json"), "arn:aws:s3:::ledger");
  assert.equal(plainArn(`${iam}:user/team/blue/anaya`), `${iam}:user/anaya`);
  const event = { account, resourceArns: [], readOnly: false };
  const where = {
    eventSource: "lambda.amazonaws.com",
    awsRegion: "eu-west-1",
    eventName: "UpdateFunctionCode20150331v2",
  };
  const byName = touchedResources({ ...where, requestParameters: { functionName: "pay" } }, event);
  const arn = `arn:aws:lambda:eu-west-1:${account}:function:pay`;
  assert.deepEqual(touchedResources({ ...where, requestParameters: { functionName: arn } }, event), byName);
});

test("addresses that many share say nothing", () => {
  const inside = ["10.0.0.1", "192.168.1.1", "127.0.0.1", "100.64.3.2", "fe80::1", "fd00::1", "ec2.amazonaws.com", ""];
  assert.deepEqual(
    inside.map(outsideAddress),
    inside.map(() => undefined),
  );
  assert.deepEqual(["203.0.113.5", "2001:db8::1"].map(outsideAddress), ["203.0.113.5", "2001:db8::1"]);
});

test("services, anonymous callers and whole accounts are nobody", () => {
  const nobody = ["", "ec2.amazonaws.com", "account/anonymous", `account/${account}`, `unknown/${account}/x`];
  assert.deepEqual(
    nobody.map(isSomebody),
    nobody.map(() => false),
  );
  assert.equal(isSomebody(`${iam}:role/AWSServiceRoleForSupport`), false);
  const somebody = [
    `${iam}:user/a`,
    `${iam}:role/Deploy/mary`,
    `root/${account}`,
    "saml/idp/anaya",
    `account/${account}/AROAX`,
  ];
  assert.deepEqual(
    somebody.map(isSomebody),
    somebody.map(() => true),
  );
});

test("whatever JSON an event holds, its keys are few, short texts", () => {
  const base = new MadeWorld().event({ at: noon });
  const odd = fc.record({
    ...{ userIdentity: fc.jsonValue(), requestParameters: fc.jsonValue(), responseElements: fc.jsonValue() },
    ...{ eventName: fc.jsonValue(), eventSource: fc.jsonValue(), errorCode: fc.jsonValue() },
  });
  fc.assert(
    fc.property(fc.oneof(odd, fc.jsonValue()), (record) => {
      const keys = sightKeys(sightOf({ ...base, raw: Buffer.from(JSON.stringify(record)) }));
      assert.ok(keys.length <= 60 && keys.every((key) => key.length <= 600));
    }),
    { seed: 7, numRuns: 300 },
  );
  assert.ok(sightKeys(sightOf({ ...base, raw: Buffer.from("no JSON") })).length > 0);
});
