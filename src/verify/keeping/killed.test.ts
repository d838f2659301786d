import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { countWhenThereIsTime } from "../../../test/fixtures/when-there-is-time.ts";
import { seededRandom } from "../../base/seeded-random.ts";
import { hourMs, MadeChain, madeStart, type MadeDigest, type MadeObject } from "../made-chain.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

/** What happens in one history: the same for the same seed, whoever looks on. */
interface History {
  readonly made: MadeChain;
  readonly steps: readonly ((world: MadeWorld) => Promise<void> | void)[];
}

/** Digests out of order, late, lost, changed; log files late, lost, changed, injected. */
function historyOf(seed: number): History {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const made = new MadeChain({ seed });
  for (let hour = 0; hour < 14; hour += 1) {
    if (hour > 2 && random() < 0.08) made.pause(2 * hourMs).addOne({ previous: null });
    else made.addOne({ files: pick(4) });
  }
  const steps: ((world: MadeWorld) => Promise<void> | void)[] = [];
  const later: ((world: MadeWorld) => Promise<void> | void)[] = [];
  for (const digest of made.digests) {
    for (const file of digest.logFiles) {
      const bytes = random() < 0.08 ? gzipSync(`{"Records":[${pick(9)}]}`) : file.bytes;
      (random() < 0.12 ? later : steps).push((world) => bring(world, { ...file, bytes }));
    }
    const collect = digestStep(made, digest, pick(12));
    (random() < 0.25 ? later : steps).push(collect);
    if (random() < 0.1) {
      const injected = made.logFile(madeStart + pick(14) * hourMs);
      steps.push((world) => bring(world, injected));
    }
    steps.push((world) => world.clock.advance(hourMs));
    if (later.length > 0 && random() < 0.4) steps.push(...later.splice(pick(later.length), 1));
  }
  return { made, steps: [...steps, ...later] };
}

function bring(world: MadeWorld, file: MadeObject): void {
  world.deliver(file);
  world.readFile(file);
}

function digestStep(made: MadeChain, digest: MadeDigest, kind: number) {
  return async (world: MadeWorld) => {
    // Lost for good, or changed on its way.
    if (kind === 0) return;
    const bytes = kind === 1 ? gzipSync(digest.text.replace("made-trail", "made-train")) : digest.bytes;
    await world.collectDigest(made.chain, { ...digest, bytes });
  };
}

class Killed extends Error {}

/** Judges, and is killed at chance writes; begins again as often as it takes. */
async function judgeKilled(world: MadeWorld, random: () => number, share: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const die = () => {
      if (random() < share) throw new Killed();
    };
    world.proofs.beforeWrite = die;
    world.integrity.beforeWrite = die;
    try {
      await world.judge();
      return;
    } catch (error) {
      assert.ok(error instanceof Killed, String(error));
      world.restart();
    } finally {
      world.proofs.beforeWrite = () => undefined;
      world.integrity.beforeWrite = () => undefined;
    }
  }
  assert.fail("It never came through");
}

function outcomeOf(world: MadeWorld) {
  const verdicts = [...world.proofs.verdictRows.values()]
    .map(({ name, verdict, reason, digest, chainSince, dueAt }) => [name, verdict, reason, digest, chainSince, dueAt])
    .sort();
  const digests = [...world.proofs.digestVerdictRows.values()]
    .map(({ name, verdict, reason, chainSince }) => [name, verdict, reason, chainSince])
    .sort();
  return { verdicts, digests };
}

async function openFindings(world: MadeWorld) {
  const open = await world.verification.findings({ from: 0, to: 1e15, isOpen: true }, { limit: 1000 });
  return open.map(({ id, sentence }) => `${id} ${sentence}`).sort();
}

/** More of them when there is time: TRAILWARDEN_HISTORIES=1000. */
const histories = countWhenThereIsTime("TRAILWARDEN_HISTORIES", 40);

for (let seed = 1; seed <= histories; seed += 1) {
  test(`history ${seed}: killed anywhere and judged step by step it ends as if it had been judged once`, async () => {
    const [bit, once] = [new MadeWorld(), new MadeWorld()];
    const random = seededRandom(seed + 1_000);
    const { steps } = historyOf(seed);
    for (const step of steps) {
      await step(bit);
      if (random() < 0.3) bit.restart();
      if (random() < 0.6) await judgeKilled(bit, random, 0.05);
    }
    for (const step of steps) await step(once);
    // A last look when all that waits is due.
    for (const world of [bit, once]) world.clock.advance(3 * hourMs);
    await judgeKilled(bit, random, 0.03);
    await once.judge();
    assert.deepEqual(outcomeOf(bit), outcomeOf(once));
    assert.deepEqual(await openFindings(bit), await openFindings(once));
    saidOnce(bit);
    for (const { verdict } of bit.proofs.verdictRows.values()) kindsSeen.add(verdict);
    assert.deepEqual(bit.failures, []);
  });
}

/** Histories in which nothing happens prove nothing. */
const kindsSeen = new Set<string>();
after(() => {
  for (const kind of ["proven", "unproven", "broken", "undeclared"]) assert.ok(kindsSeen.has(kind), kind);
});

/** The same matter is never written twice in the same words. */
function saidOnce({ integrity }: MadeWorld): void {
  const last = new Map<string, string>();
  for (const { foundAt: _, ...row } of integrity.told) {
    const words = JSON.stringify(row);
    assert.notEqual(last.get(row.id), words, words);
    last.set(row.id, words);
  }
}
