import assert from "node:assert/strict";
import type { CheckResult, HistoryEntry } from "../../src/setup/index.ts";
import { nameOf } from "../../src/setup/settings/place.ts";
import { bucketDrifts } from "./bucket-drifts.fixture.ts";
import { type CarePlace, deploymentName } from "./care.fixture.ts";
import type { DriftRow } from "./drift-row.fixture.ts";
import { messageDrifts } from "./message-drifts.fixture.ts";
import { trailDrifts } from "./trail-drifts.fixture.ts";
import { type Way, wayOf } from "./way.fixture.ts";

export type Pair = readonly [first: DriftRow, second: DriftRow];

const all = [...trailDrifts, ...messageDrifts, ...bucketDrifts];

/** What takes away what others are made on is done last; CloudTrail takes no change of a trail whose key is off. */
const lastOnes = [
  "subscription-removed",
  "key-unusable",
  "bucket-policy-changed",
  "queue-deleted",
  "topic-deleted",
  "bucket-deleted",
  "trail-deleted",
];

/** One drift of each kind, that can be made where these are. */
export function oneOfEach(checks: readonly string[], isBetter: (row: DriftRow) => boolean): readonly DriftRow[] {
  return checks.map((check) => {
    const rows = all.filter((row) => row.check === check);
    const row = rows.find(isBetter) ?? rows[0];
    assert.ok(row !== undefined, check);
    return row;
  });
}

/** What is deleted, and what lies in it, hangs on it or is followed from it. */
const deletions: Readonly<Record<string, readonly string[]>> = {
  "trail-deleted": [...trailDrifts.map(({ check }) => check), "topic-changed", "bucket-reassigned", "topic-deleted"],
  "bucket-deleted": [...bucketDrifts.map(({ check }) => check), "role-weakened", "trail-deleted"],
  "topic-deleted": ["topic-policy-changed", "topic-changed", "subscription-filtered", "queue-deleted"],
  "queue-deleted": ["queue-policy-changed", "subscription-removed", "raw-delivery-flipped"],
};

/** Whether one of two drifts takes away what the other one, or its repair, needs. */
export function areInTheWay([one, other]: Pair): boolean {
  return deletions[one.check]?.includes(other.check) === true || deletions[other.check]?.includes(one.check) === true;
}

/**
 * Every two of them once, in rounds in which each is there once at most: what is mended twice within a day is held back
 * the third time (the circle method of tournaments).
 */
export function roundsOf(rows: readonly DriftRow[]): readonly (readonly Pair[])[] {
  const places: readonly (DriftRow | undefined)[] = rows.length % 2 === 0 ? rows : [...rows, undefined];
  const [fixed, ...turning] = places;
  return turning.map((_, round) => {
    const turned = [fixed, ...turning.slice(round), ...turning.slice(0, round)];
    return turned.slice(0, turned.length / 2).flatMap((one, index) => {
      const other = turned[turned.length - 1 - index];
      return one === undefined || other === undefined ? [] : [inOrder(one, other)];
    });
  });
}

function inOrder(one: DriftRow, other: DriftRow): Pair {
  return lastOnes.indexOf(one.check) <= lastOnes.indexOf(other.check) ? [one, other] : [other, one];
}

/**
 * Makes both on a way on which nothing is to be found, and sees that two checks, with a person's yes where it takes one,
 * leave nothing to be found. Gives the way as it is then.
 */
export async function makeAndMendPair(place: CarePlace, way: Way, pair: Pair): Promise<Way> {
  const what = pair.map(({ check }) => check).join(" and ");
  for (const row of pair) await row.make(place, way);
  for (const { refusedForMs = 0 } of pair) place.clock.advance(refusedForMs);
  const before = new Set((await place.history()).map(({ id }) => id));
  const { drifts, wiring } = await mended(place, pair);
  const told = (await place.history()).filter(({ id }) => !before.has(id)).toReversed();
  const story = JSON.stringify(
    [drifts, told.map(({ kind, check, sentence }) => [kind, check, sentence])],
    undefined,
    1,
  );
  assert.deepEqual(
    drifts.map(({ check }) => check),
    [],
    `${what}: ${story}`,
  );
  assert.equal(wiring.values["trail-logging"], true, what);
  assert.ok(wiring.values.subscription !== undefined, what);
  assert.equal(wiring.places.subscription?.to, way.queue.arn, what);
  assertTold(pair, told, `${what}: ${story}`);
  return wayOf(wiring);
}

/** At least one of the two is told, and whoever did it is named; of others only what a repair that failed has left. */
function assertTold(pair: Pair, told: readonly HistoryEntry[], story: string): void {
  const drifts = told.filter(({ kind }) => kind === "drift");
  const isOfPair = ({ check }: HistoryEntry) => pair.some((row) => row.check === check);
  const isHalfMade = told.some(({ kind }) => kind === "failed");
  assert.ok(drifts.some(isOfPair), story);
  assert.ok(isHalfMade || drifts.every(isOfPair), story);
  for (const { culprit } of drifts.filter(isOfPair)) assert.match(culprit?.actor ?? "", /:user\/mallory$/, story);
  assert.deepEqual(
    told.filter(({ kind }) => kind === "held-back"),
    [],
    story,
  );
}

/** Checks that repair, at most two, with a yes to each proposal and whatever only a person can do, and one that looks. */
async function mended(place: CarePlace, pair: Pair): Promise<CheckResult> {
  const { setup } = place;
  for (let turn = 0; ; turn += 1) {
    const result = await setup.check(deploymentName, { repairs: true });
    if (turn === 2 || result.drifts.length === 0) return result;
    for (const { check, about, manner } of result.drifts) {
      if (manner === "propose") await setup.repair(deploymentName, { check, about }, () => undefined).catch(unlessGone);
      if (manner === "tell") await pair.find((row) => row.check === check)?.act?.(place, wayOf(result.wiring));
    }
  }
}

/** What mended one thing may have mended another. */
function unlessGone(error: unknown): void {
  if ((error as { readonly code?: string }).code !== "drift-gone") throw error;
}

/** Puts the trail back to one region, and lets the other one record the rest again. */
export async function restoreSingleRegion({ admin, setup }: CarePlace, { trail }: Way): Promise<Way> {
  assert.notEqual(nameOf(trail), "wide");
  const trails = await admin("cloudtrail");
  await trails.call("StartLogging", { Name: "wide" });
  await trails.call("UpdateTrail", { Name: trail.arn, IsMultiRegionTrail: false });
  return wayOf((await setup.agree(deploymentName)).wiring);
}
