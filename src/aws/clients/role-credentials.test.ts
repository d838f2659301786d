import assert from "node:assert/strict";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { test, type TestContext } from "node:test";

import { AwsCallError } from "./client-error.ts";
import { roleCredentials } from "./role-credentials.ts";

const minute = 60_000;
const start = Date.parse("2026-11-21T07:00:00Z");
const roleArn = "arn:aws:iam::111122223333:role/reader";

/** An STS that gives keys `ASIA1`, `ASIA2` … for an hour each, and a clock that the test moves. */
async function place(t: TestContext, { refusesFrom = Infinity }: { readonly refusesFrom?: number } = {}) {
  const asked: { readonly form: URLSearchParams; readonly by: string }[] = [];
  const time = { now: start };
  const server = createServer(async (request, response) => {
    asked.push({ form: new URLSearchParams(await text(request)), by: request.headers.authorization ?? "" });
    if (asked.length >= refusesFrom) refuse(response);
    else give(response, asked.length, time.now + 60 * minute);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  const options = {
    region: "eu-central-1",
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made-up" },
    roleArn,
    sessionName: "trailwarden",
    now: () => time.now,
  };
  return { asked, time, options };
}

function give(response: ServerResponse, count: number, endsAt: number): void {
  response.end(`<AssumeRoleResponse><AssumeRoleResult><Credentials>
    <AccessKeyId>ASIA${count}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken>
    <Expiration>${new Date(endsAt).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`);
}

function refuse(response: ServerResponse): void {
  response
    .writeHead(403)
    .end("<ErrorResponse><Error><Code>AccessDenied</Code><Message>not authorized</Message></Error></ErrorResponse>");
}

test("a role is taken on once, whoever asks at the same time, with its external ID", async (t) => {
  const { asked, options } = await place(t);
  const credentials = roleCredentials({ ...options, externalId: "example-1" });
  const given = await Promise.all([credentials(), credentials(), credentials()]);
  assert.deepEqual(
    given.map(({ accessKeyId }) => accessKeyId),
    ["ASIA1", "ASIA1", "ASIA1"],
  );
  const { form } = asked[0] ?? {};
  assert.equal(asked.length, 1);
  assert.deepEqual(
    ["RoleArn", "RoleSessionName", "ExternalId"].map((name) => form?.get(name)),
    [roleArn, "trailwarden", "example-1"],
  );
});

test("credentials are renewed some minutes before they end", async (t) => {
  const { time, options } = await place(t);
  const credentials = roleCredentials(options);
  const keyAt = async (minutes: number) => {
    time.now = start + minutes * minute;
    return (await credentials()).accessKeyId;
  };
  assert.deepEqual(
    [await keyAt(0), await keyAt(54), await keyAt(56), await keyAt(100)],
    ["ASIA1", "ASIA1", "ASIA2", "ASIA2"],
  );
});

test("when renewing fails, what still holds is used, and no longer", async (t) => {
  const { time, options } = await place(t, { refusesFrom: 2 });
  const credentials = roleCredentials(options);
  await credentials();
  time.now = start + 57 * minute;
  assert.equal((await credentials()).accessKeyId, "ASIA1");
  time.now = start + 61 * minute;
  await assert.rejects(credentials(), AwsCallError);
});

test("a refusal comes as AWS's code, and is asked about again", async (t) => {
  const { asked, options } = await place(t, { refusesFrom: 1 });
  const credentials = roleCredentials(options);
  for (const _ of [1, 2]) {
    await assert.rejects(
      credentials(),
      (error) => error instanceof AwsCallError && error.code === "AccessDenied" && error.operation === "AssumeRole",
    );
  }
  assert.equal(asked.length, 2);
});

test("a role may be taken on out of another role", async (t) => {
  const { asked, options } = await place(t);
  const first = roleCredentials(options);
  const second = roleCredentials({ ...options, credentials: first, roleArn: "arn:aws:iam::444455556666:role/bucket" });
  assert.equal((await second()).accessKeyId, "ASIA2");
  assert.match(asked[1]?.by ?? "", /Credential=ASIA1\//);
});
