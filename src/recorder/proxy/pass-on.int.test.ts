import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import { globSync, readFileSync, rmSync } from "node:fs";
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import { connect } from "node:net";
import { dirname, join } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { test } from "node:test";

import { openRecording, openServer } from "./recording.fixture.ts";

/** What the server behind saw. */
interface Seen {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly sha256: string;
}

async function openEcho(
  answer: { readonly status?: number; readonly headers?: string[]; readonly body?: Buffer } = {},
) {
  const seen: Seen[] = [];
  const server = await openServer(async (message, response) => {
    if (message.headers.expect !== undefined) response.writeContinue();
    const sha256 = createHash("sha256")
      .update(await buffer(message))
      .digest("hex");
    seen.push({ method: message.method ?? "", url: message.url ?? "", rawHeaders: message.rawHeaders, sha256 });
    response.writeHead(answer.status ?? 200, answer.headers ?? []);
    response.end(answer.body);
  });
  return { url: server.url, seen, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

async function ask(url: string, options: RequestOptions, body?: Buffer): Promise<IncomingMessage> {
  const { hostname, port } = new URL(url);
  const asking = request({ hostname, port, agent: false, ...options });
  asking.end(body);
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  return answer;
}

const signed =
  "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20260101/eu-west-1/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=" +
  "a".repeat(64);

test("a request goes on byte for byte: path, query, host, headers and body, so that its signature stays valid", async () => {
  await using server = await openEcho();
  await using open = await openRecording(server.url);
  const body = randomBytes(3 * 1024 * 1024);
  const headers = [
    ...["HOST", "bucket.example.test:9000", "X-Amz-Date", "20260101T000000Z", "authorization", signed],
    ...["x-amz-meta-Odd", "two  spaces", "X-Twice", "1", "x-twice", "2", "Content-Length", String(body.length)],
    ...["Connection", "close, X-Hop", "X-Hop", "only here", "Keep-Alive", "timeout=5"],
  ];
  const path = "/a%2Fb//c%20d/../e?list-type=2&prefix=%zz&&x=";
  const answer = await ask(open.url, { method: "PUT", path, headers, setHost: false }, body);
  assert.equal(answer.statusCode, 200);
  await buffer(answer);
  const [first] = server.seen;
  assert.equal(first?.url, path);
  assert.equal(first?.method, "PUT");
  assert.equal(first?.sha256, createHash("sha256").update(body).digest("hex"));
  const own = ["Connection", "keep-alive"];
  assert.deepEqual(first?.rawHeaders.slice(0, 14), headers.slice(0, 14));
  assert.deepEqual(first?.rawHeaders.slice(14), own);
});

test("bodies in chunks, bodies of GET, and no body at all go on as they are", async () => {
  await using server = await openEcho();
  await using open = await openRecording(server.url);
  const cases: readonly (readonly [method: string, headers: string[], body: Buffer | undefined, expected: string[]])[] =
    [
      [
        "POST",
        ["Host", "a", "Transfer-Encoding", "chunked"],
        Buffer.from("in chunks"),
        ["Transfer-Encoding", "chunked"],
      ],
      ["GET", ["Host", "a", "Content-Length", "4"], Buffer.from("body"), ["Content-Length", "4"]],
      ["GET", ["Host", "a"], undefined, []],
      ["DELETE", ["Host", "a"], undefined, []],
      // A server may refuse a PUT that does not say how long it is; without a body that is 0.
      ["PUT", ["Host", "a", "Content-Length", "0"], undefined, ["Content-Length", "0"]],
    ];
  for (const [method, headers, body, expected] of cases) {
    await buffer(await ask(open.url, { method, path: "/b/k", headers, setHost: false }, body));
    const found = server.seen.at(-1);
    assert.deepEqual(found?.rawHeaders.slice(2, -2), expected, method);
    assert.equal(
      found?.sha256,
      createHash("sha256")
        .update(body ?? "")
        .digest("hex"),
      method,
    );
  }
});

test("an answer comes back as it was: status, words, headers and body", async () => {
  const body = randomBytes(300_000);
  const headers = ["X-Amz-Request-Id", "one", "Set-Cookie", "a=1", "Set-Cookie", "b=2", "Content-Length", "300000"];
  await using server = await openEcho({ status: 418, headers, body });
  await using open = await openRecording(server.url);
  const answer = await ask(open.url, { path: "/b/k" });
  assert.equal(answer.statusCode, 418);
  assert.deepEqual(answer.rawHeaders.slice(0, 8), headers);
  assert.deepEqual(await buffer(answer), body);
});

test("both ways stream: neither side waits for the whole of the other", async () => {
  const gotFirst = Promise.withResolvers<void>();
  await using server = await openServer(async (message, response) => {
    message.once("data", () => gotFirst.resolve());
    await buffer(message);
    response.write("first");
    await once(goOn, "go");
    response.end("last");
  });
  const goOn = new EventTarget();
  await using open = await openRecording(server.url);
  const { port } = new URL(open.url);
  const asking = request({ port, method: "PUT", path: "/b/k", agent: false, headers: { "content-length": "10" } });
  asking.write("first");
  await gotFirst.promise;
  asking.end("later");
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  const [piece] = (await once(answer, "data")) as [Buffer];
  // One byte waits until the call is recorded, for nobody knows which byte is the last.
  assert.equal(piece.toString(), "firs");
  goOn.dispatchEvent(new Event("go"));
  assert.equal(await text(answer), "tlast");
});

test("a client that waits for 100 Continue gets it from the server behind", async () => {
  await using server = await openEcho();
  await using open = await openRecording(server.url);
  const headers = { "content-length": "4", expect: "100-continue" };
  const asking = request({ port: new URL(open.url).port, method: "PUT", path: "/b/k", agent: false, headers });
  asking.flushHeaders();
  await once(asking, "continue");
  asking.end("body");
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  await buffer(answer);
  assert.equal(server.seen[0]?.sha256, createHash("sha256").update("body").digest("hex"));
});

const answers: readonly (readonly [name: string, method: string, status: number, headers: string[], body?: string])[] =
  [
    ["of known length", "GET", 200, ["Content-Length", "5"], "hello"],
    ["of unknown length", "GET", 200, [], "hello"],
    ["that is an event stream", "GET", 200, ["Content-Type", "application/vnd.amazon.eventstream"], "hello"],
    ["without a body", "GET", 204, []],
    ["of length 0", "PUT", 200, ["Content-Length", "0"]],
    ["to HEAD", "HEAD", 200, ["Content-Length", "5"]],
    ["that is an error", "GET", 404, ["Content-Length", "5"], "wrong"],
  ];

test("whoever has the whole of an answer finds the call in the journal, whatever kind of answer it is", async (t) => {
  for (const [name, method, status, headers, body] of answers)
    await t.test(name, async () => {
      await using server = await openEcho({ status, headers, ...(body !== undefined && { body: Buffer.from(body) }) });
      await using open = await openRecording(server.url);
      await buffer(await ask(open.url, { method, path: "/bucket/key" }));
      const lines = journalOf(open.folder);
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? "", method === "GET" ? /"GetObject"/ : /"(?:Head|Put)Object"/);
    });
});

test("a call that cannot be written down is not answered as done", async () => {
  for (const headers of [["Content-Length", "5"], []]) {
    await using server = await openEcho({ headers, body: Buffer.from("hello") });
    await using open = await openRecording(server.url);
    rmSync(join(dirname(open.folder), "work", "journal"), { recursive: true });
    await assert.rejects(async () => buffer(await ask(open.url, { path: "/bucket/key" })), /hang up|aborted/);
    assert.equal(open.recording.figures().unrecorded, 1);
    assert.equal(open.failures.length, 1);
  }
});

test("a server that is not there is told of, and counted", async () => {
  const server = await openEcho();
  const gone = server.url;
  await server[Symbol.asyncDispose]();
  await using open = await openRecording(gone);
  const answer = await ask(open.url, { method: "PUT", path: "/b/k" }, Buffer.alloc(2_000_000));
  assert.equal(answer.statusCode, 502);
  assert.equal(await text(answer), `trailwarden record: ${gone} does not answer\n`);
  const { passed, unanswered, records } = open.recording.figures();
  assert.deepEqual({ passed, unanswered, records }, { passed: 1, unanswered: 1, records: 0 });
});

test("an answer that breaks off breaks off for the client too, and the call is recorded", async () => {
  await using server = await openServer((_message, response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("some", () => response.destroy());
  });
  await using open = await openRecording(server.url);
  await assert.rejects(async () => buffer(await ask(open.url, { path: "/b/k" })), /aborted/);
  const records = await open.end();
  assert.deepEqual(
    records.map(({ eventName }) => eventName),
    ["GetObject"],
  );
});

test("a client that leaves does not undo the call: it is recorded when it is answered", async () => {
  const asked = Promise.withResolvers<() => void>();
  await using server = await openServer((_message, response) => asked.resolve(() => response.end("late")));
  await using open = await openRecording(server.url);
  const socket = connect(Number(new URL(open.url).port), "127.0.0.1");
  socket.write("GET /b/k HTTP/1.1\r\nHost: a\r\n\r\n");
  const answer = await asked.promise;
  socket.destroy();
  answer();
  while (open.recording.figures().passed === 0) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(open.recording.figures().records, 1);
});

test("a server that refuses before it has read the body is heard", async () => {
  await using server = await openServer((_message, response) => {
    response.shouldKeepAlive = false;
    response.writeHead(403, { "content-type": "application/xml" });
    response.end("<Error><Code>AccessDenied</Code><Message>No</Message></Error>");
  });
  await using open = await openRecording(server.url);
  const asking = request({ port: new URL(open.url).port, method: "PUT", path: "/b/k", agent: false });
  asking.on("error", () => undefined);
  asking.write(Buffer.alloc(100_000));
  const [answer] = (await once(asking, "response")) as [IncomingMessage];
  assert.equal(answer.statusCode, 403);
  assert.match(await text(answer), /AccessDenied/);
  asking.destroy();
  const [record] = await open.end();
  assert.deepEqual([record?.eventName, record?.errorCode, record?.errorMessage], ["PutObject", "AccessDenied", "No"]);
});

function journalOf(folder: string): readonly string[] {
  const work = join(dirname(folder), "work", "journal");
  const lines = globSync("*.journal", { cwd: work }).flatMap((name) =>
    readFileSync(join(work, name), "utf8").split("\n"),
  );
  return lines.filter((line) => line !== "");
}
