import { setTimeout as pause } from "node:timers/promises";
import { forEachAtOnce } from "../../src/base/for-each-at-once.ts";
import { driveCalls } from "../harness/drive-calls.ts";
import { mustBe } from "../harness/errors.ts";
import { defineFigure } from "../harness/figure.ts";
import { cpuSecondsOf, descendantsOf } from "../harness/process-figures.ts";
import { prepareCall } from "../harness/prepare-calls.ts";
import { startServerProcess } from "../harness/running-server.ts";
import { startSandboxProcess } from "../harness/sandbox-process.ts";
import { addQueueSource, makeSmallObjects, recordsInObject } from "../harness/small-objects.ts";

const objects = 12_000;
const lanes = 32;
const seconds = 5;
const patienceMs = 180_000;

/** How fast small log files come from a bucket into the store, as a queue tells of them. */
export const collectRateFigure = defineFigure({
  name: "collect-rate",
  summary: "Objects a second, small log files from queue and bucket into the store, messages deleted",
  target: [{ of: "ratio", atLeast: 0.6 }],
  async run(stage) {
    const folder = await stage.freshDirectory("collect-sandbox");
    await using sandbox = await startSandboxProcess({ folder, port: 0, accountIds: ["111122223333"] });
    const { target } = sandbox;
    await using small = await makeSmallObjects(target);
    const numbers = Array.from({ length: objects }, (_, number) => number);
    await forEachAtOnce(numbers, 16, (number) => small.put(number));
    await small.tellOf(numbers, 1);

    const Bucket = small.bucket;
    const requests = await Promise.all(
      numbers
        .slice(0, 200)
        .map((number) => prepareCall(target, "s3", "GetObject", { Bucket, Key: small.keyOf(number) })),
    );
    await driveCalls({ port: sandbox.port, requests, lanes, seconds: 2 });
    const driven = await driveCalls({ port: sandbox.port, requests, lanes, seconds });
    const yardstickValue = driven.answers / driven.seconds;

    const directory = await stage.freshDirectory("collect");
    await addQueueSource(directory, small.queueUrl, target);
    await using server = await startServerProcess(["--data", directory], stage.workDirectory);
    const sandboxBefore = cpuSecondsOf(sandbox.processId) ?? 0;
    const began = performance.now();
    let read = 0;
    while (read < objects && performance.now() - began < patienceMs) {
      await pause(50);
      read = await readSoFar(server.url);
    }
    const value = objects / ((performance.now() - began) / 1000);
    const perObject = (cpuSeconds: number) => (cpuSeconds * 1e6) / objects;
    const engines = descendantsOf(server.processId).map((id) => cpuSecondsOf(id) ?? 0);
    const cpu = {
      collectorMicroseconds: perObject(cpuSecondsOf(server.processId) ?? 0),
      engineMicroseconds: perObject(engines.reduce((sum, one) => sum + one, 0)),
      endpointMicroseconds: perObject((cpuSecondsOf(sandbox.processId) ?? 0) - sandboxBefore),
    };
    mustBe("The number of log files that were read", read, objects);
    const stats = (await (await fetch(`${server.url}/api/v1/store/stats`)).json()) as { readonly events: number };
    mustBe("The number of events", stats.events, objects * recordsInObject);
    return {
      value,
      unit: "objects/s",
      yardstick: "signed GETs of the same objects that the endpoint answers, nothing done with them",
      yardstickValue,
      ratio: value / yardstickValue,
      // Processor time of each side for an object, with what starting took.
      extra: { eventsPerSecond: value * recordsInObject, ...cpu },
    };
  },
});

async function readSoFar(url: string): Promise<number> {
  const answer = await fetch(`${url}/api/v1/collect/ledger?limit=0`);
  return ((await answer.json()) as { readonly totals: { readonly read: number } }).totals.read;
}
