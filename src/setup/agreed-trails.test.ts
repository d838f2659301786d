import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { defaultSelectors } from "../cloudtrail/index.ts";
import { openState } from "../state/index.ts";
import { agreedTrails } from "./agreed-trails.ts";
import { nowAt, places, region, trailValue } from "./checks/agreed-wiring.fixture.ts";
import { DeploymentBook } from "./deployments/deployment-book.ts";
import type { Wiring } from "./wiring/wiring.ts";

const whole: Wiring = {
  readAt: nowAt,
  places,
  values: {
    trail: trailValue,
    "trail-logging": true,
    "trail-selectors": { basic: [{ ReadWriteType: "WriteOnly", IncludeManagementEvents: true }] },
    "trail-insights": ["ApiCallRateInsight Management"],
  },
  unread: [],
  status: undefined,
};

/** What is told of a deployment that a source collects, after its way was agreed on. */
async function trailsOf(wiring: Wiring | undefined, source?: string) {
  using folder = makeTemporaryFolder();
  await using state = await openState({ directory: folder.path });
  const book = new DeploymentBook({ table: state.deployments, now: () => nowAt, newId: () => "1" });
  const deployment = await book.add({ name: "payments", accountId: "111122223333", region, depth: "look" });
  await book.change({ ...deployment, source });
  if (wiring !== undefined) await book.agreeOn("payments", wiring);
  return await agreedTrails(state.deployments);
}

test("a trail is told as it was agreed on, with the source that collects it", async () => {
  assert.deepEqual(await trailsOf(whole, "payments-queue"), [
    {
      deployment: "payments",
      name: "main",
      source: "payments-queue",
      selectors: {
        kind: "basic",
        selectors: [
          {
            readWriteType: "WriteOnly",
            includesManagementEvents: true,
            dataResources: [],
            excludedManagementSources: [],
          },
        ],
      },
      isLogging: true,
      hasInsights: true,
      hasGlobalEvents: true,
    },
  ]);
});

test("a deployment whose way nobody agreed on has no trail, and so has one without a trail", async () => {
  assert.deepEqual(await trailsOf(undefined), []);
  assert.deepEqual(await trailsOf({ ...whole, places: { bucket: places.bucket } }), []);
});

test("selectors that were never set are those of a new trail; what could not be read, or has no known form, is not known", async () => {
  const { "trail-selectors": _, ...unset } = whole.values;
  const selectorsOf = async (wiring: Wiring) => (await trailsOf(wiring))[0]?.selectors;
  assert.deepEqual(await selectorsOf({ ...whole, values: unset }), defaultSelectors);
  const unread = [{ setting: "trail-selectors" as const, code: "AccessDenied", sentence: "It may not be read" }];
  assert.equal(await selectorsOf({ ...whole, values: unset, unread }), undefined);
  const strange = { advanced: [{ Fields: "of another year" }] };
  assert.equal(await selectorsOf({ ...whole, values: { ...whole.values, "trail-selectors": strange } }), undefined);
});

test("a trail that was stopped, or keeps no global events, is told as such", async () => {
  const values = { "trail-logging": false, trail: { ...trailValue, hasGlobalEvents: false } };
  const [trail] = await trailsOf({ ...whole, values });
  assert.deepEqual(
    [trail?.isLogging, trail?.hasInsights, trail?.hasGlobalEvents, trail?.source],
    [...[false, false, false], undefined],
  );
});
