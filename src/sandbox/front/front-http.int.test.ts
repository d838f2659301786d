import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request as httpRequest } from "node:http";
import { connect } from "node:net";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { test } from "node:test";

import { defineService } from "../service.ts";
import { accountId, allowAllBut, openFront, sdk } from "./front.fixture.ts";

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

async function ask(
  url: string,
  options: {
    readonly method?: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
    readonly body?: string;
  },
): Promise<Answer> {
  const { port } = new URL(url);
  const asked = httpRequest({
    host: "127.0.0.1",
    port,
    method: options.method ?? "GET",
    path: options.path,
    headers: options.headers,
  });
  asked.end(options.body);
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

test("S3 may be asked without a key, by path or by host; the policies see nobody", async () => {
  await using open = await openFront();
  open.objects.set("my.bucket/a b", Buffer.from("hello"));
  const { port } = new URL(open.front.url);
  assert.equal((await ask(open.front.url, { path: "/my.bucket/a%20b" })).body, "hello");
  for (const host of [`my.bucket.s3.localhost:${port}`, "my.bucket.localhost", "my.bucket.s3.eu-west-1.amazonaws.com"])
    assert.equal((await ask(open.front.url, { path: "/a%20b", headers: { host } })).body, "hello", host);
  assert.deepEqual(
    open.ended.map(({ caller, signed, input }) => [caller.kind, signed, (input as { Bucket: string }).Bucket]),
    Array.from({ length: 4 }, () => ["anonymous", "none", "my.bucket"]),
  );
});

test("IAM and CloudTrail may not be asked without a key", async () => {
  await using open = await openFront();
  const form = { "content-type": "application/x-www-form-urlencoded" };
  const iam = await ask(open.front.url, {
    method: "POST",
    path: "/",
    headers: form,
    body: "Action=ListUsers&Version=2010-05-08",
  });
  assert.deepEqual([iam.status, /<Code>(\w+)/.exec(iam.body)?.[1]], [403, "MissingAuthenticationToken"]);
  const target = { "x-amz-target": "CloudTrail_20131101.DescribeTrails", "content-type": "application/x-amz-json-1.1" };
  const trails = await ask(open.front.url, { method: "POST", path: "/", headers: target, body: "{}" });
  assert.deepEqual(
    [trails.status, /"__type":"(\w+)/.exec(trails.body)?.[1]],
    [400, "MissingAuthenticationTokenException"],
  );
  assert.deepEqual(open.ended, []);
});

test("a key that is signed for something else does not open S3 by leaving the signature out", async () => {
  await using open = await openFront({ authorizer: allowAllBut("s3:GetObject") });
  const answer = await ask(open.front.url, { path: "/bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256" });
  assert.equal(answer.status, 400);
  const other = await ask(open.front.url, { path: "/bucket/key", headers: { authorization: "Basic YTpi" } });
  assert.equal(other.status, 400);
  assert.deepEqual(open.ended, []);
});

test("HEAD is answered without a body, there or not", async () => {
  await using open = await openFront();
  open.objects.set("bucket/key", Buffer.from("hello"));
  const there = await ask(open.front.url, { method: "HEAD", path: "/bucket/key" });
  assert.deepEqual([there.status, there.headers["content-length"], there.body], [200, "5", ""]);
  const gone = await ask(open.front.url, { method: "HEAD", path: "/bucket/gone" });
  assert.deepEqual([gone.status, gone.body], [404, ""]);
  assert.deepEqual(
    open.ended.map(({ bytesOut }) => bytesOut),
    [0, 0],
  );
});

test("a page of the web gets no leave to read anything", async () => {
  await using open = await openFront();
  const preflight = await ask(open.front.url, {
    method: "OPTIONS",
    path: "/bucket/key",
    headers: { origin: "http://evil.example", "access-control-request-method": "GET" },
  });
  assert.equal(preflight.status, 403);
  assert.ok(!Object.keys(preflight.headers).some((name) => name.startsWith("access-control")));
});

test("a large object passes through in both directions as it is", async () => {
  await using open = await openFront();
  const { S3Client, PutObjectCommand, GetObjectCommand } = await sdk.s3();
  const s3 = new S3Client({ ...open.client, forcePathStyle: true });
  const bytes = randomBytes(20 * 1024 * 1024 + 7);
  await s3.send(
    new PutObjectCommand({
      Bucket: "b",
      Key: "large",
      Body: Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]),
      ContentLength: bytes.length,
    }),
  );
  const got = await s3.send(new GetObjectCommand({ Bucket: "b", Key: "large" }));
  const read = await got.Body?.transformToByteArray();
  const sum = (data: Uint8Array | undefined) =>
    createHash("sha256")
      .update(data ?? "")
      .digest("hex");
  assert.equal(sum(read), sum(bytes));
  assert.equal(open.ended[0]?.bytesIn, bytes.length);
});

test("a call's parameters may not be larger than 16 MB", async () => {
  await using open = await openFront();
  const { S3Client, PutBucketPolicyCommand } = await sdk.s3();
  const s3 = new S3Client({ ...open.client, forcePathStyle: true });
  const large = s3.send(new PutBucketPolicyCommand({ Bucket: "b", Policy: "x".repeat(17 * 1024 * 1024) }));
  await assert.rejects(large, { name: "MaxMessageLengthExceeded" });
  assert.deepEqual(open.ended, []);
});

test("an upload that breaks off is recorded as failed, and the next request is answered", async () => {
  const seen = Promise.withResolvers<void>();
  await using open = await openFront({
    onCall: ({ error }) => {
      if (error?.code === "IncompleteBody") seen.resolve();
    },
  });
  const { port } = new URL(open.front.url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write("PUT /bucket/key HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nonly a part");
  await once(socket, "connect");
  setImmediate(() => socket.destroy());
  await seen.promise;
  assert.equal((await ask(open.front.url, { path: "/bucket?location" })).status, 200);
});

test("the answer waits for the record", async () => {
  const recorded = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  await using open = await openFront({
    onCall() {
      asked.resolve();
      return recorded.promise;
    },
  });
  let isAnswered = false;
  const answer = ask(open.front.url, { path: "/bucket?location" }).then((given) => {
    isAnswered = true;
    return given;
  });
  await asked.promise;
  await new Promise(setImmediate);
  assert.equal(isAnswered, false);
  recorded.resolve();
  assert.match((await answer).body, /<LocationConstraint xmlns="[^"]+">eu-west-1</);
});

test("a stop waits for what is under way", async () => {
  const under = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  const open = await openFront({
    onCall() {
      under.resolve();
      return go.promise;
    },
  });
  const answer = ask(open.front.url, { path: "/bucket?location" });
  await under.promise;
  const stopped = open.front[Symbol.asyncDispose]();
  go.resolve();
  assert.equal((await answer).status, 200);
  await stopped;
  await assert.rejects(ask(open.front.url, { path: "/" }));
});

test("a call from inside is looked at and recorded as its service's", async () => {
  await using open = await openFront({ authorizer: allowAllBut("s3:GetObject") });
  const as = {
    service: "cloudtrail.amazonaws.com",
    region: "eu-west-1",
    sourceArn: `arn:aws:cloudtrail:eu-west-1:${accountId}:trail/t`,
    sourceAccount: accountId,
  };
  await open.front.inside.callAs(as, "s3", "PutObject", { Bucket: "b", Key: "k" }, Buffer.from("log"));
  assert.equal(String(open.objects.get("b/k")), "log");
  await assert.rejects(open.front.inside.callAs(as, "s3", "GetObject", { Bucket: "b", Key: "k" }), {
    code: "AccessDenied",
  });
  await assert.rejects(open.front.inside.callAs(as, "s3", "GetBucketPolicy", {}), { code: "InvalidRequest" });
  const [put] = open.ended;
  assert.deepEqual(put?.caller.identity, { type: "AWSService", invokedBy: as.service });
  assert.equal(put?.caller.context["aws:SourceArn"], as.sourceArn);
  assert.deepEqual([put?.invokedBy, put?.sourceIp, put?.signed, put?.bytesIn], [as.service, as.service, "header", 3]);
  assert.deepEqual(
    open.ended.map(({ isDenied }) => isDenied),
    [false, true, false],
  );
});

test("the control API is for this machine's programs, not for pages of the web", async () => {
  const control = async (request: Request) =>
    Response.json({ path: new URL(request.url).pathname, body: await request.text() });
  await using open = await openFront({ control });
  const path = "/_trailwarden/clock?speed=2";
  const host = new URL(open.front.url).host;
  const right = await ask(open.front.url, { method: "POST", path, headers: { host }, body: "x" });
  assert.deepEqual(JSON.parse(right.body), { path: "/_trailwarden/clock", body: "x" });
  const rebound = await ask(open.front.url, { method: "POST", path, headers: { host: "evil.example" } });
  const foreign = await ask(open.front.url, { method: "POST", path, headers: { host, origin: "http://evil.example" } });
  assert.deepEqual([rebound.status, foreign.status], [403, 403]);
  assert.deepEqual(open.ended, []);
});

test("a request that makes no sense is refused and the front goes on", async () => {
  await using open = await openFront();
  for (const path of ["/bucket/%", "/bucket/key?prefix=%zz", `/bucket?${"a&".repeat(5000)}`, "/%c3%28"]) {
    const { status } = await ask(open.front.url, { path });
    assert.ok(status !== undefined && status >= 400 && status !== 500, `${path.slice(0, 20)}: ${status}`);
  }
  assert.equal((await ask(open.front.url, { path: "/bucket?location" })).status, 200);
  assert.deepEqual(open.faults, []);
});

test("an operation that waits is told when its client has left", async () => {
  const called = Promise.withResolvers<AbortSignal | undefined>();
  const told = Promise.withResolvers<void>();
  const sqs = defineService("sqs", {
    ReceiveMessage: {
      needs: () => [],
      async answer(_, { signal }) {
        signal?.addEventListener("abort", () => told.resolve());
        called.resolve(signal);
        await told.promise;
        return {};
      },
    },
  });
  await using open = await openFront({ services: [sqs] });
  const { SQSClient, ReceiveMessageCommand } = await sdk.sqs();
  const leaving = new AbortController();
  const received = new SQSClient(open.client).send(new ReceiveMessageCommand({ QueueUrl: `${open.front.url}/1/q` }), {
    abortSignal: leaving.signal,
  });
  assert.equal((await called.promise)?.aborted, false);
  leaving.abort();
  await assert.rejects(received, { name: "AbortError" });
  await told.promise;
});

test("a page that stands at a path is read by anybody; everything else goes on as ever", async () => {
  const page = { contentType: "application/x-pem-file", body: "-----BEGIN" };
  await using open = await openFront({ plainPaths: (path) => (path === "/page.pem" ? page : undefined) });
  const read = await ask(open.front.url, { path: "/page.pem" });
  assert.deepEqual(
    [read.status, read.headers["content-type"], read.body],
    [200, "application/x-pem-file", "-----BEGIN"],
  );
  assert.equal((await ask(open.front.url, { path: "/other/page.pem" })).status, 404);
  assert.equal((await ask(open.front.url, { method: "PUT", path: "/page.pem" })).body.includes("BEGIN"), false);
});
