import assert from "node:assert/strict";
import { test } from "node:test";

import { type ApiCall } from "../../recorder/index.ts";
import { openAccounts } from "../identity/accounts.ts";
import { openIdentity } from "../identity/open-identity.ts";
import { testAccount, testWorld } from "../services/call.fixture.ts";
import { createConsoleDoor, type SignIn, type SignInPage } from "./console-door.ts";

function testDoor() {
  const world = testWorld();
  const accounts = openAccounts(world.state, () => world.clock.now());
  accounts.create(testAccount, { name: "Example" });
  const identity = openIdentity(world, accounts);
  identity.administrator(testAccount, "anaya");
  const calls: ApiCall[] = [];
  const door = createConsoleDoor({
    identity,
    clock: world.clock,
    tell: (call) => void calls.push(call),
  });
  const signIn = (more: Partial<SignIn> = {}) =>
    door.signIn({
      accountId: testAccount,
      hasMfa: false,
      sourceIp: "192.0.2.0",
      tool: "firefox",
      outcome: "success",
      ...more,
    });
  return { signIn, calls, identity };
}

// The shapes of these tests are those of the CloudTrail User Guide, "AWS Management Console sign-in events".

test("a user who signs in with MFA leaves CheckMfa and ConsoleLogin, and works on with temporary credentials", async () => {
  const { signIn, calls, identity } = testDoor();
  const { credentials, eventId } = await signIn({ userName: "anaya", hasMfa: true });
  assert.deepEqual(
    calls.map(({ eventName, responseElements }) => [eventName, responseElements]),
    [
      ["CheckMfa", { CheckMfa: "Success" }],
      ["ConsoleLogin", { ConsoleLogin: "Success" }],
    ],
  );
  const login = calls[1];
  // Records of sign-ins have no `requestID`.
  assert.deepEqual([login?.requestId, login?.eventId], [undefined, eventId]);
  assert.deepEqual(
    [login?.eventType, login?.eventSource, login?.isReadOnly, login?.additionalEventData?.["MFAUsed"]],
    ["AwsConsoleSignIn", "signin.amazonaws.com", false, "Yes"],
  );
  assert.deepEqual(Object.keys(login?.identity ?? {}), ["type", "principalId", "arn", "accountId", "userName"]);
  const found = identity.credentials.find(credentials?.accessKeyId ?? "", credentials?.sessionToken);
  const caller = "caller" in found ? found.caller : undefined;
  assert.equal(caller?.identity.sessionContext?.attributes?.mfaAuthenticated, "true");
});

test("a failed sign-in has no credentials, no ARN and a message of its own", async () => {
  const { signIn, calls } = testDoor();
  const { credentials } = await signIn({ userName: "anaya", outcome: "failure" });
  assert.equal(credentials, undefined);
  assert.deepEqual(calls[0]?.error, { message: "Failed authentication" });
  assert.deepEqual(calls[0]?.responseElements, { ConsoleLogin: "Failure" });
  assert.deepEqual(Object.keys(calls[0]?.identity ?? {}), [
    "type",
    "principalId",
    "accountId",
    "accessKeyId",
    "userName",
  ]);
});

test("a name that nobody has is hidden: it may be a password", async () => {
  const { signIn, calls } = testDoor();
  const { credentials } = await signIn({ userName: "hunter2" });
  assert.equal(credentials, undefined);
  assert.equal(calls[0]?.identity.userName, "HIDDEN_DUE_TO_SECURITY_REASONS");
  assert.doesNotMatch(JSON.stringify(calls), /hunter2/);
});

const regions: readonly (readonly [who: string | undefined, page: SignInPage, region: string])[] = [
  [undefined, { kind: "global" }, "us-east-1"],
  [undefined, { kind: "regional", region: "us-west-2" }, "us-west-2"],
  [undefined, { kind: "regional", region: "eu-central-1" }, "us-east-1"],
  ["anaya", { kind: "global" }, "us-east-1"],
  ["anaya", { kind: "with-alias-cookie", region: "eu-north-1" }, "eu-north-1"],
  ["anaya", { kind: "regional", region: "eu-central-1" }, "eu-central-1"],
];

for (const [userName, page, region] of regions) {
  test(`${userName ?? "the root"} by the ${page.kind} page is recorded in ${region}`, async () => {
    const { signIn, calls } = testDoor();
    await signIn({ page, ...(userName === undefined ? {} : { userName }) });
    assert.equal(calls[0]?.region, region);
  });
}
