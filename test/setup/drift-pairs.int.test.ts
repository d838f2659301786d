import assert from "node:assert/strict";
import { after, test } from "node:test";
import { driftChecks } from "../../src/setup/checks/index.ts";
import { isAllAskedFor } from "../fixtures/when-there-is-time.ts";
import type { CarePlace } from "./care.fixture.ts";
import {
  areInTheWay,
  makeAndMendPair,
  oneOfEach,
  type Pair,
  restoreSingleRegion,
  roundsOf,
} from "./drift-pairs.fixture.ts";
import type { SituationName } from "./drift-row.fixture.ts";
import { openSituation } from "./situations.fixture.ts";
import { type Way, wayNow } from "./way.fixture.ts";

const dayMs = 86_400_000;
/** That another region is silent is seen where the trail records one region only; there is no organization's trail. */
const silent = "region-silent";
const neverTogether = ["trail-single-region", "member-missing"];

/** All pairs take some minutes: by default every second of those of which one takes away what the other needs. */
const hasTime = isAllAskedFor("TRAILWARDEN_DRIFT_PAIRS");

function chosen<Row>(rows: readonly Row[], pairOf: (row: Row) => Pair): readonly Row[] {
  return hasTime ? rows : rows.filter((row) => areInTheWay(pairOf(row))).filter((_, index) => index % 2 === 0);
}

const names = driftChecks.map(({ name }) => name);
const common = names.filter((name) => name !== silent);
const rounds = roundsOf(oneOfEach(common, ({ situation }) => situation === "organization"));
const withSilent = oneOfEach(
  names.filter((name) => name !== silent && !neverTogether.includes(name)),
  ({ situation }) => situation === "own",
);

let open: Opened | undefined;

after(async () => {
  await open?.place[Symbol.asyncDispose]();
});

const titleOf = (pair: Pair) => pair.map(({ check }) => check).join(" + ");

test("every two drifts are made once, but for those that cannot be there together", () => {
  const pairs = rounds.flat().map((pair) =>
    pair
      .map(({ check }) => check)
      .toSorted()
      .join(),
  );
  assert.equal(new Set(pairs).size, (common.length * (common.length - 1)) / 2);
  assert.equal(pairs.length + withSilent.length + neverTogether.length, (names.length * (names.length - 1)) / 2);
});

const taken = new Set(chosen(rounds.flat(), (pair) => pair));
const made = rounds.map((round) => round.filter((pair) => taken.has(pair))).filter((pairs) => pairs.length > 0);

for (const [number, pairs] of made.entries()) {
  test(pairs.map(titleOf).join(", "), async () => {
    const { place } = await goOn("organization", async (opened) => {
      let { way } = opened;
      for (const pair of pairs) way = await makeAndMendPair(opened.place, way, pair);
      return way;
    });
    // What is mended the third time within a day would be held back.
    if (number % 2 === 1) place.clock.advance(dayMs);
  });
}

test("a region falls silent beside other drifts", async () => {
  await open?.place[Symbol.asyncDispose]();
  open = undefined;
  const [row] = oneOfEach([silent], () => true);
  assert.ok(row !== undefined);
  await goOn("single-region", async ({ place, way: first }) => {
    let way = first;
    for (const other of chosen(withSilent, (one) => [row, one])) {
      way = await makeAndMendPair(place, way, other.check === "trail-deleted" ? [row, other] : [other, row]);
      way = await restoreSingleRegion(place, way);
    }
    return way;
  });
});

interface Opened {
  readonly place: CarePlace;
  readonly way: Way;
}

/** In the place that the test before left as it should be; after one that failed, in another. */
async function goOn(situation: SituationName, work: (opened: Opened) => Promise<Way>): Promise<Opened> {
  const { place, way } = open ?? (await openQuickly(situation));
  open = undefined;
  try {
    const next = { place, way: await work({ place, way }) };
    assert.deepEqual([place.failures, place.sandbox.troubles], [[], []]);
    open = next;
    return next;
  } catch (error) {
    await place[Symbol.asyncDispose]();
    throw error;
  }
}

async function openQuickly(situation: SituationName): Promise<Opened> {
  const place = await openSituation(situation, { isQuick: true });
  return { place, way: await wayNow(place) };
}
