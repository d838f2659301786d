import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { fetchList } from "./fetch-list.ts";

const signal = new AbortController().signal;

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}/list`,
    [Symbol.asyncDispose]: () => new Promise<void>((done) => void server.close(() => done())),
  };
}

test("a list is fetched, and a second time only if it changed", async () => {
  await using server = await serve((request, response) => {
    if (request.headers["if-none-match"] === '"one"') response.writeHead(304).end();
    else response.writeHead(200, { etag: '"one"' }).end("203.0.113.7\n");
  });
  const first = await fetchList(server.url, { etag: "", signal });
  assert.deepEqual(first, { kind: "text", text: "203.0.113.7\n", etag: '"one"' });
  assert.deepEqual(await fetchList(server.url, { etag: '"one"', signal }), { kind: "same" });
});

test("it follows to another path of the same host, and to no other host", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/list") response.writeHead(302, { location: "/moved" }).end();
    else if (request.url === "/away") response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
    else if (request.url === "/round") response.writeHead(302, { location: "/round" }).end();
    else if (request.url === "/odd") response.writeHead(302, { location: "file:///etc/passwd" }).end();
    else response.end("here");
  });
  assert.deepEqual(await fetchList(server.url, { etag: "", signal }), { kind: "text", text: "here", etag: "" });
  const at = (path: string) => fetchList(`http://127.0.0.1:${server.port}${path}`, { etag: "", signal });
  await assert.rejects(at("/away"), /another host, 169\.254\.169\.254/);
  await assert.rejects(at("/round"), /on and on/);
  await assert.rejects(at("/odd"), /no address of the web/);
});

test("where clouds hand out credentials nothing is fetched", async () => {
  for (const url of [
    "http://169.254.169.254/latest",
    "http://[fd00:ec2::254]/latest",
    "http://[::ffff:169.254.169.254]/",
  ]) {
    await assert.rejects(fetchList(url, { etag: "", signal }), /No list is fetched from there/, url);
  }
});

test("an answer that is no list, or that does not end, is refused", async () => {
  await using server = await serve((request, response) => {
    if (request.url === "/missing") response.writeHead(404).end("secret words");
    else {
      const piece = Buffer.alloc(1024 * 1024, "x");
      const more = () => {
        while (!response.destroyed && response.write(piece));
      };
      response.on("drain", more);
      more();
    }
  });
  const at = (path: string) => fetchList(`http://127.0.0.1:${server.port}${path}`, { etag: "", signal });
  await assert.rejects(at("/missing"), { message: "It answered with 404" });
  await assert.rejects(at("/endless"), /larger than 64 MB/);
});
