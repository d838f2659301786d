import assert from "node:assert/strict";
import { test } from "node:test";

import { openSandbox, sandboxAccount } from "../sandbox.fixture.ts";

test("calls with a console session's keys say so in their records, as text; other calls say nothing", async () => {
  await using box = await openSandbox();
  const signedIn = await box.sandbox.stage.console?.signIn({
    accountId: sandboxAccount,
    userName: "admin",
    hasMfa: false,
    sourceIp: "192.0.2.0",
    tool: "firefox",
    outcome: "success",
  });
  const credentials = signedIn?.credentials;
  assert.ok(credentials !== undefined);
  const ofConsole = await box.client("iam", { credentials });
  await ofConsole.call("CreateUser", { UserName: "made-in-the-console" });
  const ofProgram = await box.client("iam");
  await ofProgram.call("CreateUser", { UserName: "made-by-a-program" });
  await box.sandbox.delivery.deliverNow();
  const trails = await box.client("cloudtrail", { region: "us-east-1" });
  const { Events = [] } = await trails.call("LookupEvents", {
    LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateUser" }],
  });
  const records = Events.map(({ CloudTrailEvent = "{}" }) => JSON.parse(CloudTrailEvent) as Record<string, unknown>);
  assert.deepEqual(
    Object.fromEntries(
      records.map(({ requestParameters, sessionCredentialFromConsole }) => [
        (requestParameters as { userName: string }).userName,
        sessionCredentialFromConsole,
      ]),
    ),
    { "made-in-the-console": "true", "made-by-a-program": undefined },
  );
  assert.ok(records.every((record) => !("tlsDetails" in record)));
  assert.deepEqual(box.troubles, []);
});
