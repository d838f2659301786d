import { setTimeout as pause } from "node:timers/promises";
import { defineFigure } from "../harness/figure.ts";
import { mustBe } from "../harness/errors.ts";
import { quantile } from "../harness/quantiles.ts";
import { startServerProcess } from "../harness/running-server.ts";
import { startSandboxProcess } from "../harness/sandbox-process.ts";
import { addQueueSource, makeSmallObjects } from "../harness/small-objects.ts";

const times = 40;
const patienceMs = 30_000;

/** How soon the events of a log file can be searched after its notice. */
export const noticeSearchableFigure = defineFigure({
  name: "notice-searchable",
  summary: "Seconds from the notice of a small log file until a search finds its events, 95th percentile",
  target: [{ of: "value", atMost: 2 }],
  async run(stage) {
    const folder = await stage.freshDirectory("notice-sandbox");
    await using sandbox = await startSandboxProcess({ folder, port: 0, accountIds: ["111122223333"] });
    const { target } = sandbox;
    await using small = await makeSmallObjects(target);
    const directory = await stage.freshDirectory("notice");
    await addQueueSource(directory, small.queueUrl, target);
    await using server = await startServerProcess(["--data", directory], stage.workDirectory);
    const took: number[] = [];
    const searches: number[] = [];
    for (let number = 0; number < times; number++) {
      await small.put(number);
      const began = performance.now();
      await small.tellOf([number], 1);
      while (!(await isFound(server.url, number)) && performance.now() - began < patienceMs) await pause(10);
      took.push((performance.now() - began) / 1000);
      const asked = performance.now();
      mustBe("Whether the event is found", await isFound(server.url, number), true);
      searches.push((performance.now() - asked) / 1000);
    }
    const value = quantile(took, 0.95);
    const yardstickValue = quantile(searches, 0.95);
    return {
      value,
      unit: "s",
      yardstick: "the search alone, 95th percentile",
      yardstickValue,
      ratio: value / yardstickValue,
      extra: { median: quantile(took, 0.5), longest: Math.max(...took) },
    };
  },
});

async function isFound(url: string, number: number): Promise<boolean> {
  const query = encodeURIComponent(`requestID:BENCH${number * 8}`);
  const answer = await fetch(`${url}/api/v1/search/events?limit=1&query=${query}`);
  return ((await answer.json()) as { readonly events: readonly unknown[] }).events.length > 0;
}
