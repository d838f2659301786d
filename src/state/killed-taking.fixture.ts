/** A program that takes hits, lot after lot, and says how far it is; made to be killed. */
import { seededRandom } from "../base/seeded-random.ts";
import { randomHits, randomLots } from "./findings.fixture.ts";
import { openState } from "./open-state.ts";

const [directory = "", seed = "0"] = process.argv.slice(2);
await using state = await openState({ directory });
const hits = randomHits(seededRandom(1), 250);
process.stdout.write("open\n");
for (const lot of randomLots(seededRandom(Number(seed)), hits)) {
  await state.findings.take(lot, { spans: [{ from: 1, to: lot.length }] });
  process.stdout.write("taken\n");
}
