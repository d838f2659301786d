import assert from "node:assert/strict";
import { test } from "node:test";
import { seededRandom } from "../base/seeded-random.ts";
import { MadeWorld, hour, minute, noon, session, user } from "./made-world.fixture.ts";

function oneOf<Item>(random: () => number, items: readonly [Item, ...Item[]]): Item {
  return items[Math.floor(random() * items.length)] ?? items[0];
}

const tactics = ["persistence", "discovery", "exfiltration", "defense-evasion"] as const;

/** Puts random findings of a few actors, keys, buckets and addresses there; the order is another seed's. */
function putFindings(world: MadeWorld, seed: number): (() => void)[] {
  const random = seededRandom(seed);
  world.issued.set("ASIAASIAASIAASIA0001", user("user-1"));
  return Array.from({ length: 60 }, (_, number) => {
    const at = noon + Math.floor(random() * 20 * 24 * hour);
    const identity = oneOf(random, [
      ...([user("user-1"), user("user-2"), user("user-3", "AKIAMADEMADEMADE0001")] as const),
      session("Role", "run-1-abc", oneOf(random, ["ASIAASIAASIAASIA0001", "ASIAASIAASIAASIA0002"])),
      ...[1, 2, 3, 4, 5, 6].map((one) => user(`other-${one}`)),
    ]);
    const made = random() < 0.1;
    const event = world.event({
      ...{ at, identity, ip: random() < 0.3 ? `203.0.113.${Math.floor(random() * 3)}` : "10.0.0.1" },
      ...(made ? { name: "CreateAccessKey", answer: { accessKey: { accessKeyId: "AKIAMADEMADEMADE0001" } } } : {}),
      ...(random() < 0.2 ? { name: "PutBucketAcl", parameters: { bucketName: oneOf(random, ["one", "two"]) } } : {}),
    });
    const level = oneOf(random, ["medium", "high", "medium", "low", "informational"] as const);
    const rule = `rule-${Math.floor(random() * 4)}`;
    const tags = [`attack.${oneOf(random, tactics)}`];
    return () => void world.find({ id: `f-${number}`, events: [event], level, rule, tags });
  });
}

/** What belongs together; context counts where it is of medium or worse stories alone. */
function essence(world: MadeWorld): unknown {
  const cores = (finding: string) => {
    const level = world.findings.rows.get(finding)?.level;
    return level !== "low" && level !== "informational";
  };
  return world.groups
    .map((group) => group.filter(cores))
    .filter((group) => group.length > 0)
    .sort();
}

async function taken(seed: number, run: (world: MadeWorld, puts: (() => void)[]) => Promise<void>): Promise<MadeWorld> {
  const world = new MadeWorld();
  world.clock.advance(30 * 24 * hour);
  await run(world, putFindings(world, seed));
  await world.take();
  return world;
}

function shuffled<Item>(random: () => number, items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  test(`in whatever order and lots findings come, the same belongs together (seed ${seed})`, async () => {
    const expected = await taken(seed, async (_, puts) => puts.forEach((put) => put()));
    const random = seededRandom(seed + 100);
    for (let round = 0; round < 3; round += 1) {
      const world = await taken(seed, async (made, puts) => {
        for (const put of shuffled(random, [...puts, ...puts.slice(0, 20)])) {
          put();
          if (random() < 0.3) await made.take();
          made.clock.advance(minute);
        }
      });
      assert.deepEqual(essence(world), essence(expected));
      assertSound(world);
    }
  });

  test(`killed between any two steps, it is the same in the end (seed ${seed})`, async () => {
    const expected = await taken(seed, async (_, puts) => puts.forEach((put) => put()));
    const random = seededRandom(seed + 200);
    const world = await taken(seed, async (made, puts) => {
      let isQuiet = false;
      const crash = () => {
        if (!isQuiet && random() < 0.5) throw new Error("killed");
      };
      made.table.beforeWrite = crash;
      made.table.afterWrite = crash;
      for (const put of puts) {
        put();
        if (random() < 0.5) continue;
        await made.take().catch((error: unknown) => assert.equal(String(error), "Error: killed"));
        made.restart();
      }
      isQuiet = true;
    });
    assert.deepEqual(essence(world), essence(expected));
    assertSound(world);
  });
}

/** Numbers are given once, each finding is in one incident that is one, and each was opened once. */
function assertSound(world: MadeWorld): void {
  const opened = world.table.allHistory.filter(({ kind }) => kind === "opened").map(({ incident }) => incident);
  assert.equal(new Set(opened).size, opened.length);
  for (const incident of new Set(world.table.allFindings.values())) assert.ok(opened.includes(incident));
}
