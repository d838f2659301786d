import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { type AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { test } from "node:test";

import { sendAnswer } from "./send-answer.ts";

const bodies: readonly (readonly [string, () => string | Readable])[] = [
  ["a stream", () => Readable.from(["an object"])],
  ["a text", () => "an answer"],
];

for (const [what, body] of bodies) {
  test(`whoever has left gets no answer, and ${what} meant for them is let go of`, async () => {
    const outcome = Promise.withResolvers<void>();
    const answer = { status: 200, headers: {}, body: body() };
    const server = createServer((message, response) => {
      response.once("close", () => outcome.resolve(sendAnswer(message, response, answer)));
      client.destroy();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const client = request({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
    client.on("error", () => undefined);
    client.end();
    await outcome.promise;
    if (answer.body instanceof Readable) assert.ok(answer.body.destroyed);
    server.close();
  });
}
