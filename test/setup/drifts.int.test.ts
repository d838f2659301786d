import assert from "node:assert/strict";
import { after, test } from "node:test";
import { driftChecks } from "../../src/setup/checks/index.ts";
import { type CarePlace, deploymentName } from "./care.fixture.ts";
import { bucketDrifts } from "./bucket-drifts.fixture.ts";
import type { DriftRow, SituationName } from "./drift-row.fixture.ts";
import { messageDrifts } from "./message-drifts.fixture.ts";
import { openSituation } from "./situations.fixture.ts";
import { trailDrifts } from "./trail-drifts.fixture.ts";
import { wayNow, wayOf } from "./way.fixture.ts";

/** At least one row for each check. */
const driftRows = [...trailDrifts, ...messageDrifts, ...bucketDrifts];

/** Places are opened when the first test needs them; after a test that failed, the next one gets another. */
const open = new Map<SituationName, CarePlace>();

after(async () => {
  for (const place of open.values()) await place[Symbol.asyncDispose]();
});

async function inSituation(name: SituationName, work: (place: CarePlace) => Promise<void>): Promise<void> {
  const place = open.get(name) ?? (await openSituation(name));
  open.delete(name);
  try {
    await work(place);
  } catch (error) {
    await place[Symbol.asyncDispose]();
    throw error;
  }
  open.set(name, place);
}

test("every check has its row", () => {
  const checks = driftChecks.map(({ name }) => name).sort();
  assert.deepEqual([...new Set(driftRows.map(({ check }) => check))].sort(), checks);
});

for (const row of driftRows) {
  test(`${row.check}: ${row.title}`, async () => {
    await inSituation(row.situation, (place) => makeAndMend(place, row));
  });
}

async function makeAndMend(place: CarePlace, row: DriftRow): Promise<void> {
  const { setup } = place;
  const way = await wayNow(place);
  const before = await place.history();
  // Whoever changed something just before is not to be taken for who did this.
  place.clock.advance(10_000);
  const madeAt = place.clock.now();
  await row.make(place, way);
  const marker = await makeMarker(place);
  await place.sandbox.sandbox.delivery.deliverNow();

  const { drifts } = await setup.check(deploymentName, { repairs: false });
  const [drift, ...others] = drifts;
  assert.ok(drift !== undefined, "it is not noticed");
  assert.deepEqual([drift.check, others.map(({ check, sentence }) => [check, sentence])], [row.check, []]);
  assert.match(`${drift.sentence}. ${drift.loss}`, row.says);
  assert.deepEqual([drift.manner, drift.heldBack], [row.manner, undefined]);
  assert.match(drift.help, /\S/);
  assert.equal(drift.culprit?.eventName, row.eventName);
  assert.match(drift.culprit?.actor ?? "", /:user\/mallory$/);
  assert.ok(Date.parse(drift.culprit?.eventTime ?? "") >= madeAt - 1000, "it was an earlier call");

  await mend(place, row, drift);
  const { drifts: left, wiring } = await setup.check(deploymentName, { repairs: true });
  assert.deepEqual(left, []);
  if (row.follows !== undefined) assert.notEqual(wiring.places[row.follows]?.arn, way[row.follows as "topic"].arn);
  assert.deepEqual(wayOf(wiring).queue, way.queue);
  await assertHistory(place, row, before);
  if (row.losesEvents !== true) {
    // What no notice told of is found by listing the bucket, every quarter of an hour.
    await place.until(() => place.finds(marker), "What was done meanwhile never came", 30_000);
  }
  assert.deepEqual([place.failures, place.sandbox.troubles], [[], []]);
}

async function mend(
  { setup, ...place }: CarePlace,
  row: DriftRow,
  { check, about }: { readonly check: string; readonly about: string },
): Promise<void> {
  if (row.refusedForMs !== undefined) {
    const { drifts } = await setup.check(deploymentName, { repairs: true });
    assert.deepEqual(
      drifts.map((drift) => drift.check),
      [check],
    );
    place.clock.advance(row.refusedForMs);
  }
  const repaired = await setup.check(deploymentName, { repairs: true });
  const isLeft = repaired.drifts.some((drift) => drift.check === check && drift.about === about);
  assert.equal(isLeft, row.manner !== "repair", JSON.stringify(repaired.drifts.map(({ sentence }) => sentence)));
  if (row.manner === "propose") {
    const run = await setup.repair(deploymentName, { check, about }, () => undefined);
    assert.deepEqual([run.status, run.kind], ["done", "repair"]);
  }
  if (row.manner === "tell") await row.act?.({ setup, ...place }, wayOf(repaired.wiring));
}

/** The history tells what changed, who did it, how it was mended, and that the way works again. */
async function assertHistory(
  place: CarePlace,
  row: DriftRow,
  before: readonly { readonly id: string }[],
): Promise<void> {
  const old = new Set(before.map(({ id }) => id));
  const isMended = row.manner !== "tell";
  if (isMended) {
    const isTold = async () => (await place.history()).some(({ id, kind }) => kind === "probe" && !old.has(id));
    await place.until(isTold, "No probe has come");
  }
  const told = (await place.history()).filter(({ id }) => !old.has(id)).toReversed();
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["drift", ...(row.refusedForMs === undefined ? [] : ["failed"]), ...(isMended ? ["repaired", "probe"] : ["gone"])],
    JSON.stringify(told, undefined, 1),
  );
  for (const entry of told.filter(({ kind }) => kind === "drift" || kind === "repaired")) {
    assert.equal(entry.check, row.check);
    assert.match(entry.culprit?.actor ?? "", /:user\/mallory$/);
  }
}

let markers = 0;

/** A call of somebody else's, whose event is looked for afterwards: a query that finds it. */
async function makeMarker({ admin }: CarePlace): Promise<string> {
  markers += 1;
  const UserName = `marker-${markers}`;
  await (await admin("iam")).call("CreateUser", { UserName });
  return `eventName:CreateUser AND "${UserName}"`;
}
