import assert from "node:assert/strict";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { seededRandom } from "../../base/seeded-random.ts";
import { hourMs, MadeChain, madeStart } from "../made-chain.fixture.ts";
import type { GridCell, HourEvidence, IntegrityFinding } from "../verification.ts";
import { minuteMs } from "./collected.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";

const place = { accountId: "111122223333", region: "eu-west-1" };

test("a digest counts in the hours that its window lies in, and in no hour before", async () => {
  const world = new MadeWorld();
  const made = new MadeChain({ paceMs: 2 * minuteMs }).add(1, { files: 1 });
  for (const { logFiles } of made.digests) world.deliver(...logFiles);
  for (const digest of made.digests) await world.collectDigest(made.chain, digest);
  await world.judge();
  const ten = madeStart - (madeStart % hourMs);
  const { cells, cellMs } = await world.verification.grid({ from: ten - hourMs, to: ten + 2 * hourMs });
  assert.equal(cellMs, hourMs);
  assert.deepEqual(
    cells.map(({ hour, digests }) => [(hour - ten) / hourMs, digests]),
    [[0, 1]],
  );
});

/** Digests at some pace, with a few that are lost, changed or unreadable, and log files that are changed or injected. */
async function historyOf(seed: number): Promise<MadeWorld> {
  const random = seededRandom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  const world = new MadeWorld();
  if (seed % 6 === 0) world.keys.length = 0;
  const paceMs = [2, 20, 60, 60][pick(4)] ?? 60;
  const made = new MadeChain({ seed, paceMs: paceMs * minuteMs });
  while (made.end < madeStart + 5 * hourMs) {
    if (random() < 0.04) made.pause(pick(120) * minuteMs).addOne({ files: 1, previous: null });
    else made.addOne({ files: pick(3) });
  }
  world.clock.advance(made.end - madeStart + pick(150) * minuteMs);
  for (const digest of made.digests) {
    for (const file of digest.logFiles) {
      if (random() < 0.05) continue;
      world.deliver(random() < 0.05 ? { ...file, bytes: gzipSync(`{"Records":[${pick(9)}]}`) } : file);
      world.readFile(file);
    }
    const chance = random();
    if (chance < 0.06) continue;
    const text = chance < 0.1 ? "{" : chance < 0.14 ? digest.text.replace("made-trail", "made-train") : undefined;
    await world.collectDigest(made.chain, text === undefined ? digest : { ...digest, bytes: gzipSync(text) });
  }
  for (let count = pick(3); count > 0; count -= 1) {
    const injected = made.logFile(madeStart + (pick(400) - 100) * minuteMs);
    world.deliver(injected);
    world.readFile(injected);
  }
  await world.judge();
  return world;
}

function hasFinding(findings: readonly IntegrityFinding[], hour: number): boolean {
  return findings.some(({ from, to }) => from < hour + hourMs && Math.max(to, from + 1) > hour);
}

function agree(cell: GridCell | undefined, evidence: HourEvidence, isFound: boolean): void {
  const { digests, files, gaps } = evidence;
  const isAnything = digests.length + files.length + gaps.length > 0;
  assert.equal(cell !== undefined, isAnything || isFound, "a cell is there when there is evidence");
  if (cell === undefined) return;
  const count = (kind: string) => files.filter(({ verdict }) => verdict.kind === kind).length;
  for (const kind of ["proven", "waiting", "unproven", "broken", "missing", "undeclared"] as const) {
    assert.equal(cell.logFiles[kind] ?? 0, count(kind), kind);
  }
  assert.equal(cell.digests, digests.filter(({ verdict }) => verdict.kind === "valid").length, "valid digests");
  const isBroken = count("broken") + count("missing") + count("undeclared") > 0;
  if (isBroken) assert.equal(cell.standing, "broken");
  if (gaps.length > 0) assert.match(cell.standing, /^(gap|broken)$/);
  if (cell.standing === "broken") {
    assert.ok(isBroken || isFound || digests.some(({ verdict }) => verdict.kind === "broken"));
  }
  if (cell.standing === "gap") {
    assert.ok(gaps.length > 0 || isFound || digests.some(({ verdict }) => verdict.kind === "missing"));
  }
  if (cell.standing === "proven") {
    assert.ok(digests.every(({ verdict }) => verdict.kind === "valid") && files.length === count("proven"));
  }
  standingsSeen.add(cell.standing);
}

for (let seed = 1; seed <= 30; seed += 1) {
  test(`history ${seed}: each hour of the grid says what its evidence says`, async () => {
    const world = await historyOf(seed);
    const first = madeStart - (madeStart % hourMs) - 2 * hourMs;
    const ask = { from: first, to: first + 14 * hourMs };
    const { cells } = await world.verification.grid(ask);
    const findings = await world.verification.findings({ ...ask, isOpen: true }, { limit: 10_000 });
    for (let hour = ask.from; hour < ask.to; hour += hourMs) {
      const cell = cells.find((one) => one.hour === hour);
      agree(cell, await world.verification.hour({ ...place, hour }), hasFinding(findings, hour));
    }
    assert.ok(cells.every(({ hour }) => hour >= ask.from && hour < ask.to));
  });
}

const standingsSeen = new Set<string>();
after(() => {
  for (const standing of ["proven", "waiting", "unproven", "gap", "broken"])
    assert.ok(standingsSeen.has(standing), standing);
});
