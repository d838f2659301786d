import assert from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo } from "node:net";
import { test, type TestContext } from "node:test";

import { AwsError } from "../aws-error.ts";
import { type ServiceName } from "../models.ts";
import { type Answer, clientFor, type ClientOptions } from "./client.ts";

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage["headers"];
}

/** A server that answers everything alike and remembers what it was asked. */
async function answering(t: TestContext, answer: { readonly status?: number; readonly body: string }) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    seen.push({ method: request.method, url: request.url, headers: request.headers });
    request.resume();
    response.writeHead(answer.status ?? 200, { "x-amzn-requestid": "r-1" }).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { seen, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "made-up" };

async function client<S extends ServiceName>(t: TestContext, service: S, options: Partial<ClientOptions>) {
  const made = await clientFor(service, { region: "eu-central-1", credentials, maxAttempts: 1, ...options });
  t.after(() => made.close());
  return made;
}

const identity =
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>";

test("a client asks the given endpoint, signed for its service and region, and answers what came back", async (t) => {
  const { seen, endpoint } = await answering(t, { body: identity });
  const sts = await client(t, "sts", { endpoint });
  const answer = await sts.call("GetCallerIdentity", {});
  assert.equal(answer.Account, "111122223333");
  assert.match(seen[0]?.headers.authorization ?? "", /AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-central-1\/sts\/aws4_request/);
});

test("IAM and Organizations are asked in their one region, as at AWS", async (t) => {
  const { seen, endpoint } = await answering(t, { body: "<ListUsersResponse><ListUsersResult/></ListUsersResponse>" });
  const iam = await client(t, "iam", { endpoint });
  await iam.call("ListUsers", {});
  assert.match(seen[0]?.headers.authorization ?? "", /\/us-east-1\/iam\/aws4_request/);
});

test("a user agent of one's own takes the SDK's place, and headers are signed", async (t) => {
  const { seen, endpoint } = await answering(t, { body: identity });
  const headers = { "x-trailwarden-source-ip": "203.0.113.7" };
  const sts = await client(t, "sts", { endpoint, userAgent: "Boto3/1.40.64", headers });
  await sts.call("GetCallerIdentity", {});
  assert.equal(seen[0]?.headers["user-agent"], "Boto3/1.40.64");
  assert.equal(seen[0]?.headers["x-amz-user-agent"], undefined);
  assert.equal(seen[0]?.headers["x-trailwarden-source-ip"], "203.0.113.7");
  assert.match(seen[0]?.headers.authorization ?? "", /SignedHeaders=[^,]*x-trailwarden-source-ip/);
});

test("a user agent may name the operation", async (t) => {
  const { seen, endpoint } = await answering(t, { body: identity });
  const userAgent = (operation: string) => `aws-cli/2 md/command#sts.${operation}`;
  const sts = await client(t, "sts", { endpoint, userAgent });
  await sts.call("GetCallerIdentity", {});
  assert.equal(seen[0]?.headers["user-agent"], "aws-cli/2 md/command#sts.GetCallerIdentity");
});

test("who is anonymous signs nothing", async (t) => {
  const { seen, endpoint } = await answering(t, { body: "<ListBucketResult/>" });
  const s3 = await client(t, "s3", { endpoint, credentials: "anonymous" });
  await s3.call("ListObjectsV2", { Bucket: "example-media" });
  assert.equal(seen[0]?.headers.authorization, undefined);
});

test("buckets stand in the path where the endpoint is this machine", async (t) => {
  const { seen, endpoint } = await answering(t, { body: "<ListBucketResult/>" });
  const s3 = await client(t, "s3", { endpoint });
  await s3.call("ListObjectsV2", { Bucket: "example-logs" });
  assert.match(seen[0]?.url ?? "", /^\/example-logs\/?\?list-type=2/);
});

test("a queue's URL that names another host is not followed", async (t) => {
  const { seen, endpoint } = await answering(t, { body: "{}" });
  const sqs = await client(t, "sqs", { endpoint });
  await sqs.call("ReceiveMessage", { QueueUrl: "http://elsewhere.invalid/111122223333/jobs" });
  assert.equal(seen.length, 1);
});

test("what AWS refuses comes as its code, sentence and request", async (t) => {
  const body =
    "<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>No user ana</Message></Error></ErrorResponse>";
  const { endpoint } = await answering(t, { status: 404, body });
  const answers: Answer[] = [];
  const iam = await client(t, "iam", { endpoint, onAnswer: (answer) => answers.push(answer) });
  await assert.rejects(
    iam.call("GetUser", { UserName: "ana" }),
    (error) =>
      error instanceof AwsError &&
      error.code === "NoSuchEntity" &&
      error.status === 404 &&
      error.message === "No user ana",
  );
  assert.deepEqual(
    answers.map(({ operation, requestId, errorCode }) => ({ operation, requestId, errorCode })),
    [{ operation: "GetUser", requestId: "r-1", errorCode: "NoSuchEntity" }],
  );
});

test("the signal ends a call, and an error that AWS did not answer stays as it is", async (t) => {
  const { endpoint } = await answering(t, { body: identity });
  const sts = await client(t, "sts", { endpoint, signal: AbortSignal.abort(new Error("enough")) });
  await assert.rejects(sts.call("GetCallerIdentity", {}), (error) => !(error instanceof AwsError));
});
