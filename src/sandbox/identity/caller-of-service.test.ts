import assert from "node:assert/strict";
import { test } from "node:test";

import { callerOfService } from "./caller-of-service.ts";
import { own, testIdentity } from "./identity.fixture.ts";

function trustIn(service: string): string {
  const Statement = [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }];
  return JSON.stringify({ Version: "2012-10-17", Statement });
}

function withRole(service: string) {
  const here = testIdentity();
  const AssumeRolePolicyDocument = trustIn(service);
  here.call(here.admin, "iam", "CreateRole", { RoleName: "writes", AssumeRolePolicyDocument });
  const as = {
    service,
    region: "eu-west-1",
    sourceArn: `arn:aws:events:eu-west-1:${own}:rule/one`,
    sourceAccount: own,
    roleArn: `arn:aws:iam::${own}:role/writes`,
  };
  return { ...here, as };
}

for (const [service, name] of [
  ["cloudtrail.amazonaws.com", "CLOUDTRAIL"],
  ["events.amazonaws.com", "events"],
] as const) {
  test(`a role that ${service} takes on is a session called ${name}`, () => {
    const { identity, as } = withRole(service);
    assert.equal(callerOfService(identity, as).arn, `arn:aws:sts::${own}:assumed-role/writes/${name}`);
  });
}

test("a service holds its session of a role until shortly before its end, and only while it is trusted", () => {
  const { identity, as, world, call, admin } = withRole("events.amazonaws.com");
  const keyOfCaller = () => callerOfService(identity, as).identity.accessKeyId;
  const first = keyOfCaller();
  world.clock.advance(50 * 60 * 1000);
  assert.equal(keyOfCaller(), first);
  world.clock.advance(6 * 60 * 1000);
  assert.notEqual(keyOfCaller(), first);
  const PolicyDocument = trustIn("s3.amazonaws.com");
  call(admin, "iam", "UpdateAssumeRolePolicy", { RoleName: "writes", PolicyDocument });
  assert.throws(keyOfCaller, { code: "AccessDenied" });
});

test("a service without a role comes in its own name", () => {
  const { identity, as } = withRole("sns.amazonaws.com");
  const { roleArn: _, ...without } = as;
  assert.equal(callerOfService(identity, without).arn, "sns.amazonaws.com");
});
