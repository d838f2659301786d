import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { makeTemporaryFolder } from "../fixtures/temporary-folder.ts";

const program = fileURLToPath(new URL("../../src/bin.ts", import.meta.url));
const patienceMs = 60_000;

test("who starts Trailwarden in an empty folder finds an attack on the made-up company within a minute", async () => {
  using folder = makeTemporaryFolder();
  const words = ["serve", "--made-up-if-empty", "--port", "0"];
  const server = spawn(process.execPath, [program, ...words], { cwd: folder.path, stdio: ["ignore", "pipe", "pipe"] });
  const ended = once(server, "close");
  const said: string[] = [];
  createInterface({ input: server.stderr }).on("line", (line) => said.push(line));
  try {
    const [line] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
    assert.ok(url, line);
    const truth = join(folder.path, "trailwarden-made-up", "sandbox", "truth.jsonl");
    const found = await until(patienceMs, async () => {
      const [first] = existsSync(truth) ? readFileSync(truth, "utf8").split("\n") : [];
      if (first === undefined || first === "") return undefined;
      const { requestId, eventName } = JSON.parse(first) as { requestId: string; eventName: string };
      const query = new URLSearchParams({ query: `requestID:${requestId}` });
      const answer = await fetch(`${url}/api/v1/search/events?${query.toString()}`);
      const { events } = (await answer.json()) as { events: readonly { eventName: string }[] };
      return events.length > 0 ? { eventName, events } : undefined;
    });
    assert.ok(found, said.join("\n"));
    assert.equal(found.events.length, 1);
    assert.equal(found.events[0]?.eventName, found.eventName);
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
});

/** Asks again and again, a bounded number of times, until there is an answer. */
async function until<Answer>(
  milliseconds: number,
  ask: () => Promise<Answer | undefined>,
): Promise<Answer | undefined> {
  const pauseMs = 1_000;
  for (let turn = 0; turn < milliseconds / pauseMs; turn++) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
  return undefined;
}
