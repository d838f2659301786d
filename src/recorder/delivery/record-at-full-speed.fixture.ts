import { ScaledClock } from "../../base/clock.ts";
import { FolderBucket } from "./folder-bucket.fixture.ts";
import { openMadeUpDelivery, start } from "./made-up-delivery.fixture.ts";

/** Records as quickly as it can until it is killed, and says on standard output which records it was promised. */
const [folder = "", life = "", realStart = "0", work = ""] = process.argv.slice(2);
const speed = 200;

const clock = new ScaledClock({ start: start + (Date.now() - Number(realStart)) * speed, speed });
const made = await openMadeUpDelivery({
  folder,
  clock,
  statePath: `${folder}/state.sqlite`,
  outlets: new FolderBucket(`${folder}/bucket`),
  settings: { logFileSeconds: 20, digestSeconds: 60 },
});

if (work === "finish") {
  await made.delivery.deliverNow();
  clock.advance(60_000);
  await made.delivery.deliverNow();
  await made[Symbol.asyncDispose]();
} else {
  for (let number = 0; ; number += 50) {
    const ids = Array.from({ length: 50 }, (_, index) => `${life}-${number + index}`);
    await Promise.all(ids.map(async (eventID) => made.record({ eventID })));
    process.stdout.write(`${ids.join("\n")}\n`);
  }
}
