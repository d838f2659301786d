import { setTimeout as pause } from "node:timers/promises";
import { forEachAtOnce } from "../../src/base/for-each-at-once.ts";
import { defineFigure } from "../harness/figure.ts";
import { mustBe } from "../harness/errors.ts";
import { descendantsOf } from "../harness/process-figures.ts";
import { startServerProcess } from "../harness/running-server.ts";
import { startSandboxProcess } from "../harness/sandbox-process.ts";
import { addQueueSource, makeSmallObjects } from "../harness/small-objects.ts";
import { idleNode, memoryHeld } from "./memory-rest.ts";

const notices = 1_000_000;
const inMessage = 100;
const present = 5_000;
const seconds = 60;
const megabyte = 1e6;

/** What the server takes while a million notices wait in its queue and it works on them. */
export const memoryBacklogFigure = defineFigure({
  name: "memory-backlog",
  summary:
    "Megabytes resident at the most, server and engine together, in a minute's work on a million waiting notices",
  target: [{ of: "value", atMost: 2_000 }],
  async run(stage) {
    const folder = await stage.freshDirectory("backlog-sandbox");
    await using sandbox = await startSandboxProcess({ folder, port: 0, accountIds: ["111122223333"] });
    const { target } = sandbox;
    await using small = await makeSmallObjects(target);
    // Most of the objects are not there, as when a bucket is slower than its notices.
    const there = Array.from({ length: present }, (_, number) => number * (notices / present));
    await forEachAtOnce(there, 16, (number) => small.put(number));
    await small.tellOf(
      Array.from({ length: notices }, (_, number) => number),
      inMessage,
    );
    const directory = await stage.freshDirectory("backlog");
    await addQueueSource(directory, small.queueUrl, target);
    await using server = await startServerProcess(["--data", directory], stage.workDirectory);
    let peak = 0;
    for (let turn = 0; turn < seconds * 10; turn++) {
      const all = [server.processId, ...descendantsOf(server.processId)].map(memoryHeld);
      peak = Math.max(
        peak,
        all.reduce((sum, { residentBytes }) => sum + residentBytes, 0),
      );
      await pause(100);
    }
    const answer = await fetch(`${server.url}/api/v1/collect/ledger?limit=0`);
    const { totals } = (await answer.json()) as { readonly totals: { readonly known: number; readonly read: number } };
    mustBe("Whether it works on them", totals.known > 0, true);
    const value = peak / megabyte;
    const yardstickValue = (await idleNode()).residentBytes / megabyte;
    return {
      value,
      unit: "MB",
      yardstick: "an idle Node process",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: { known: totals.known, read: totals.read },
    };
  },
});
