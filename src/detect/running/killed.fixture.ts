/** A program that imports folders one after another while they are judged, and says how far it is; made to be killed. */
import { join } from "node:path";
import { systemClock } from "../../base/clock.ts";
import { importFiles } from "../../collect/index.ts";
import { openState } from "../../state/index.ts";
import { EventStore } from "../../store/index.ts";
import { inForceOf, lastingRules, madeActor, never } from "./detected.fixture.ts";
import { openDetection } from "./open-detection.ts";

const [directory = "", folders = "", at = "0", ending = ""] = process.argv.slice(2);
let now = Number(at);
const say = (what: string) => process.stdout.write(`${what}\n`);

await using store = await EventStore.open({ directory: join(directory, "data"), now: Date.now });
await using state = await openState({ directory: join(directory, "data") });
const inForce = inForceOf(lastingRules);
await using detection = openDetection({
  store,
  findings: state.findings,
  book: { inForce: () => Promise.resolve(inForce), onChange: () => () => undefined },
  judges: [],
  actorOf: madeActor,
  // It stands still, and waiting takes the time that it takes.
  clock: { now: () => now, waitUntil: (until, signal) => systemClock.waitUntil(Date.now() + until - now, signal) },
  onFailure: (error) => say(`failed ${String(error)}`),
});
detection.onFindings(() => say("found"));
store.onAcknowledged(() => detection.stored());
say("open");
await detection.start();
for (const folder of folders.split(",").filter((each) => each !== "")) {
  await importFiles({ paths: [folder], workingDirectory: directory }, { store, now: Date.now, batchBytes: 20_000 });
  say("imported");
}
if (ending === "finish") {
  await detection.stop();
  // Time goes by until nothing is waited for any more.
  for (let times = 0; times < 3; times += 1) {
    await detection.judgeNow(never);
    now += 3_600_000;
  }
}
say("done");
