import assert from "node:assert/strict";
import { test } from "node:test";
import { own, trailView } from "./agreed-wiring.fixture.ts";
import type { AccountView } from "../account/account.ts";
import { singleRegionBase } from "./make-drifts.fixture.ts";
import { regionSilent } from "./region-silent.ts";

const regions = ["ap-south-2", "us-east-1"];
const inSouth = `arn:aws:cloudtrail:ap-south-2:${own}:trail/south`;

function find(view: Partial<AccountView>) {
  return regionSilent.find({ ...singleRegionBase, account: { ...singleRegionBase.account, regions, ...view } });
}

test("a region that no trail records is told, and all regions proposed", () => {
  const [drift] = find({});
  assert.equal(drift?.sentence, "Enabled, but recorded by no trail: ap-south-2");
  assert.equal(drift.manner, "propose");
  const after = drift.steps[0]?.after as Readonly<Record<string, unknown>>;
  assert.deepEqual([after["isMultiRegion"], after["hasGlobalEvents"]], [true, true]);
  assert.deepEqual(drift.culprit.mentions, [own]);
});

test("another trail of that region, or of all regions, covers it", () => {
  assert.deepEqual(find({ trails: [trailView(inSouth, { isMultiRegion: false })] }), []);
  const everywhere = trailView(`arn:aws:cloudtrail:eu-west-1:${own}:trail/all`);
  assert.deepEqual(find({ trails: [everywhere] }), []);
});

test("a stopped trail covers nothing", () => {
  assert.equal(find({ trails: [trailView(inSouth, {}, { isLogging: false })] }).length, 1);
});

test("that a second copy is charged is said before", () => {
  const west = trailView(`arn:aws:cloudtrail:eu-west-1:${own}:trail/west`, { isMultiRegion: false });
  const [drift] = find({ trails: [west], regions: [...regions, "eu-west-1"] });
  assert.match(drift?.steps[0]?.cost ?? "", /in eu-west-1 it is a second copy .* charged event by event$/);
});

test("where something could not be looked at, nothing is claimed", () => {
  assert.deepEqual(find({ unread: [{ what: "x", code: "AccessDenied", sentence: "No" }] }), []);
});
