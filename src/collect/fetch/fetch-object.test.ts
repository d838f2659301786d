import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { AwsCallError, objectReader } from "../../aws/index.ts";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../sandbox/sandbox.fixture.ts";
import { FetchError } from "./fetch-error.ts";
import { fetchObject, type FetchContext } from "./fetch-object.ts";

let place: TestSandbox;
before(async () => {
  place = await openSandbox();
  const s3 = await place.client("s3");
  const CreateBucketConfiguration = { LocationConstraint: sandboxRegion as "eu-central-1" };
  await s3.call("CreateBucket", { Bucket: "example-logs", CreateBucketConfiguration });
});
after(() => place[Symbol.asyncDispose]());

/** Reads as an administrator, by default in the bucket's own region, into a folder that goes with the test. */
async function context(t: TestContext, { region = sandboxRegion, endpoint = place.sandbox.url } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "trailwarden-fetch-"));
  const credentials = place.sandbox.administrator(sandboxAccount);
  const reader = objectReader({ region, endpoint, credentials, userAgent: "trailwarden/test", attemptsMax: 1 });
  t.after(async () => {
    await reader[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });
  const signal = AbortSignal.timeout(20_000);
  return { aws: { objects: () => reader }, folder, signal, regions: new Map() } satisfies FetchContext;
}

const md5 = (bytes: Buffer) => createHash("md5").update(bytes).digest("hex");

const oddKeys = [
  "AWSLogs/111122223333/CloudTrail/eu-central-1/2026/11/21/1.json.gz",
  "a b+c%20d%2Fe",
  "double//slash//",
  "/leading",
  "../up/./and/..",
  "ünïcödé/日本語/😀",
  "(*)!'~;:@$,=",
  "?query=1&versionId=x#fragment",
  'a\\b|c"d<e>',
  " ",
];

for (const key of oddKeys)
  test(`the object ${JSON.stringify(key)} comes as the SDK gets it, byte for byte`, async (t) => {
    const s3 = await place.client("s3");
    const bytes = gzipSync(`{"Records":[],"key":${JSON.stringify(key)}}`);
    await s3.call("PutObject", { Bucket: "example-logs", Key: key, Body: bytes, ContentEncoding: "gzip" });
    const { Body, ETag } = await s3.call("GetObject", { Bucket: "example-logs", Key: key });
    const { content, version } = await fetchObject({ bucket: "example-logs", key }, await context(t));
    assert.ok("bytes" in content);
    assert.deepEqual(content.bytes, Buffer.from((await Body?.transformToByteArray()) ?? []));
    assert.deepEqual(content.bytes, bytes);
    assert.equal(version, ETag?.replaceAll('"', ""));
  });

test("an older version is fetched by its name", async (t) => {
  const s3 = await place.client("s3");
  await s3.call("PutBucketVersioning", { Bucket: "example-logs", VersioningConfiguration: { Status: "Enabled" } });
  const put = (Body: string) => s3.call("PutObject", { Bucket: "example-logs", Key: "twice", Body });
  const { VersionId: versionId = "" } = await put("first");
  await put("second");
  const { content } = await fetchObject({ bucket: "example-logs", key: "twice", versionId }, await context(t));
  assert.equal("bytes" in content && String(content.bytes), "first");
});

test("a large object waits on disk, under a name that is ours and for our eyes", async (t) => {
  const bytes = Buffer.alloc(5 * 1024 * 1024, "log");
  const s3 = await place.client("s3");
  await s3.call("PutObject", { Bucket: "example-logs", Key: "../../large", Body: bytes });
  const where = await context(t);
  const { content, version } = await fetchObject({ bucket: "example-logs", key: "../../large" }, where);
  assert.ok("path" in content);
  assert.deepEqual(await readdir(where.folder), [content.path.slice(where.folder.length + 1)]);
  assert.equal(md5(await readFile(content.path)), version);
  assert.equal(content.sizeBytes, bytes.length);
});

test("a bucket in another region is found by S3's answer, and asked there from then on", async (t) => {
  const s3 = await place.client("s3");
  await s3.call("PutObject", { Bucket: "example-logs", Key: "1.json", Body: "{}" });
  const where = await context(t, { region: "us-east-1" });
  for (const _ of [1, 2]) {
    const { content } = await fetchObject({ bucket: "example-logs", key: "1.json" }, where);
    assert.equal("bytes" in content && String(content.bytes), "{}");
    assert.deepEqual([...where.regions], [["example-logs", sandboxRegion]]);
  }
});

test("what is not there is told with AWS's code", async (t) => {
  for (const [bucket, code] of [
    ["example-logs", "NoSuchKey"],
    ["example-logs-elsewhere", "NoSuchBucket"],
  ] as const) {
    await assert.rejects(
      fetchObject({ bucket, key: "never" }, await context(t)),
      (error) => error instanceof AwsCallError && error.code === code,
    );
  }
});

async function serving(t: TestContext, respond: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((_request, response) => respond(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const mebibyte = 1024 * 1024;
const object = { bucket: "example-logs", key: "1.json" };

test("a large object that is cut off leaves nothing behind", async (t) => {
  const endpoint = await serving(t, (response) => {
    response.writeHead(200, { "content-length": 5 * mebibyte });
    response.write(Buffer.alloc(mebibyte), () => response.destroy());
  });
  const where = await context(t, { endpoint });
  await assert.rejects(fetchObject(object, where), { code: "ECONNRESET" });
  assert.deepEqual(await readdir(where.folder), []);
});

test("an object larger than any log file is not begun", async (t) => {
  const endpoint = await serving(t, (response) => {
    response.writeHead(200, { "content-length": 513 * mebibyte }).write("{");
  });
  const where = await context(t, { endpoint });
  await assert.rejects(
    fetchObject(object, where),
    (error) => error instanceof FetchError && error.code === "object-too-large",
  );
  assert.deepEqual(await readdir(where.folder), []);
});

test("who is stopped leaves nothing behind", async (t) => {
  const stop = new AbortController();
  const endpoint = await serving(t, (response) => {
    response.writeHead(200, { "content-length": 5 * mebibyte });
    response.write(Buffer.alloc(mebibyte), () => stop.abort(new Error("enough")));
  });
  const where = await context(t, { endpoint });
  await assert.rejects(fetchObject(object, { ...where, signal: stop.signal }));
  assert.deepEqual(await readdir(where.folder), []);
});
