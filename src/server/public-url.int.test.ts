import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { openHttpReceiver } from "../notify/receivers.fixture.ts";
import { startServer } from "./serve.ts";

/** The link in what a server sends to try a channel, and the server's own address. */
async function linkOf(publicUrl: string | undefined): Promise<{ readonly link: unknown; readonly url: string }> {
  using folder = makeTemporaryFolder();
  await using receiver = await openHttpReceiver();
  const failures: unknown[] = [];
  await using server = await startServer({
    dataDirectory: join(folder.path, "data"),
    port: 0,
    publicUrl,
    now: Date.now,
    onFailure: (error) => failures.push(error),
  });
  const notifier = await server.services.detecting.openNotifier();
  const secrets = { url: receiver.url, secret: "a secret of the test" };
  await notifier.putChannel({ name: "ops", type: "webhook", settings: {}, secrets });
  assert.equal((await notifier.testChannel("ops", new AbortController().signal)).isDelivered, true);
  assert.deepEqual(failures, []);
  const { link } = JSON.parse(receiver.taken[0]?.body ?? "{}") as { link: unknown };
  return { link, url: server.url };
}

test("links in what people are told lead to where they open the console, also when a channel is tried", async () => {
  const { link } = await linkOf("https://trailwarden.example.com");
  assert.equal(link, "https://trailwarden.example.com/");
});

test("where nobody said where that is they lead to this machine", async () => {
  const { link, url } = await linkOf(undefined);
  assert.equal(link, `${url}/`);
});
