import assert from "node:assert/strict";
import { after, test } from "node:test";
import { driftChecks } from "../../src/setup/checks/index.ts";
import { type CarePlace, deploymentName } from "./care.fixture.ts";
import { bucketDrifts } from "./bucket-drifts.fixture.ts";
import type { DriftRow, SituationName } from "./drift-row.fixture.ts";
import { messageDrifts } from "./message-drifts.fixture.ts";
import { openSituation } from "./situations.fixture.ts";
import { trailDrifts } from "./trail-drifts.fixture.ts";
import { type Way, wayNow, wayOf } from "./way.fixture.ts";

/** At least one row for each check. */
const driftRows = [...trailDrifts, ...messageDrifts, ...bucketDrifts];

interface Opened {
  readonly place: CarePlace;
  /** As it is agreed on. */
  readonly way: Way;
  /** Queries for what was done while something was amiss, and is not lost. */
  readonly markers: readonly string[];
}

/** Places are opened when the first test needs them; after a test that failed, the next one gets another. */
const open = new Map<SituationName, Opened>();

after(async () => {
  for (const { place } of open.values()) await place[Symbol.asyncDispose]();
});

async function inSituation(name: SituationName, work: (opened: Opened) => Promise<Opened>): Promise<void> {
  const opened = open.get(name) ?? (await openWay(name));
  open.delete(name);
  try {
    open.set(name, await work(opened));
  } catch (error) {
    await opened.place[Symbol.asyncDispose]();
    throw error;
  }
}

async function openWay(name: SituationName): Promise<Opened> {
  const place = await openSituation(name);
  return { place, way: await wayNow(place), markers: [] };
}

test("every check has its row", () => {
  const checks = driftChecks.map(({ name }) => name).sort();
  assert.deepEqual([...new Set(driftRows.map(({ check }) => check))].sort(), checks);
});

for (const row of driftRows) {
  test(`${row.check}: ${row.title}`, async () => {
    await inSituation(row.situation, (opened) => makeAndMend(opened, row));
  });
}

test("what was done while something was amiss has come in the end, where it was recorded", async () => {
  for (const opened of open.values()) await assertCame(opened);
});

async function assertCame({ place, markers }: Opened): Promise<void> {
  for (const marker of markers) {
    // What no notice told of is found by listing the bucket, every quarter of an hour.
    await place.until(() => place.finds(marker), `${marker} never came`, 120_000);
  }
  assert.deepEqual([place.failures, place.sandbox.troubles], [[], []]);
}

/** What is not read yet out of a bucket is not read any more when that one is gone, or followed to another. */
const bucketEnds: readonly string[] = ["bucket-deleted", "bucket-reassigned"];

async function makeAndMend(opened: Opened, row: DriftRow): Promise<Opened> {
  const { place, way } = opened;
  const { setup } = place;
  if (bucketEnds.includes(row.check)) await assertCame(opened);
  const markers = bucketEnds.includes(row.check) ? [] : opened.markers;
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
  assert.deepEqual([place.failures, place.sandbox.troubles], [[], []]);
  return { place, way: wayOf(wiring), markers: row.losesEvents === true ? markers : [...markers, marker] };
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
