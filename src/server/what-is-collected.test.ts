import assert from "node:assert/strict";
import { test } from "node:test";
import { makeTemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { SteppedClock } from "../base/clock.ts";
import { defaultSelectors } from "../cloudtrail/index.ts";
import { openState } from "../state/index.ts";
import type { EventVolume } from "../store/index.ts";
import { type CollectedParts, whatIsCollected } from "./what-is-collected.ts";

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 21, 12);
const own = "111122223333";
const arn = `arn:aws:cloudtrail:eu-central-1:${own}:trail/main`;

interface Made {
  readonly sources?: readonly { readonly name: string; readonly type: string }[];
  /** Deployments that were agreed on: what their trail is set to. */
  readonly agreed?: readonly { readonly source?: string; readonly values: Readonly<Record<string, unknown>> }[];
  readonly newestAt?: number;
}

/** A place where this is collected; the store holds one sort of events, when it holds any. */
async function makePlace({ sources = [], agreed = [], newestAt }: Made) {
  const folder = makeTemporaryFolder();
  const state = await openState({ directory: folder.path });
  for (const [index, { source, values }] of agreed.entries()) {
    const name = `deployment-${index}`;
    await state.deployments.add({ name, content: { deployment: { name, source } }, createdAt: now });
    const places = { trail: { accountId: own, region: "eu-central-1", arn } };
    await state.deployments.setAgreed(name, { readAt: now, places, values, unread: [] });
  }
  const clock = new SteppedClock(now);
  const asked: { readonly from: number; readonly to: number }[] = [];
  const store = {
    failures: 0,
    range: () => Promise.resolve(newestAt === undefined ? undefined : { first: 0, last: newestAt }),
    statistics: () => Promise.resolve({ accounts: [{ account: own, events: 5 }] }),
    volumes(request: { readonly from: number; readonly to: number }) {
      asked.push(request);
      if (store.failures-- > 0) return Promise.reject(new Error("The engine was away"));
      const sort = {
        category: "Data",
        service: "s3.amazonaws.com",
        readOnly: true,
        resourceTypes: ["AWS::S3::Object"],
      };
      return Promise.resolve({ events: [sort as unknown as EventVolume], logFiles: [] });
    },
  };
  const collector = { list: () => Promise.resolve(sources) };
  const parts = { state, store, collector, clock } as unknown as CollectedParts;
  return {
    ...{ clock, store, asked, collected: whatIsCollected(parts) },
    async [Symbol.asyncDispose]() {
      await state[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

test("a trail of a deployment counts with its selectors, and its source is not told once more", async () => {
  await using place = await makePlace({
    sources: [
      { name: "payments", type: "queue" },
      { name: "old-bucket", type: "bucket" },
    ],
    agreed: [{ source: "payments", values: { "trail-insights": ["ApiErrorRateInsight Management"] } }],
  });
  const { trails, others, stored } = await place.collected();
  assert.deepEqual(trails, [
    {
      ...{ name: "main", hasInsights: true, selectors: defaultSelectors },
      ...{ includesGlobalServiceEvents: true, recordsOwnDeliveries: true },
    },
  ]);
  assert.deepEqual([others, stored], [["the source old-bucket"], []]);
});

test("a trail that was stopped, or whose selectors are not known, says nothing of what its source brings", async () => {
  await using place = await makePlace({
    sources: [
      { name: "stopped", type: "queue" },
      { name: "strange", type: "queue" },
    ],
    agreed: [
      { source: "stopped", values: { "trail-logging": false } },
      { source: "strange", values: { "trail-selectors": { advanced: [{}] } } },
    ],
  });
  const { trails, others } = await place.collected();
  assert.deepEqual([trails, others], [[], ["the source stopped", "the source strange"]]);
});

test("the event history counts as a trail of all management events, without Insights", async () => {
  await using place = await makePlace({ sources: [{ name: "history", type: "lookup" }] });
  const { trails, others } = await place.collected();
  assert.deepEqual(others, []);
  assert.deepEqual(
    trails.map(({ name, selectors, hasInsights }) => [name, selectors, hasInsights]),
    [["event history (history)", defaultSelectors, false]],
  );
});

test("without sources, what is stored was imported; without events there is nothing", async () => {
  await using imported = await makePlace({ newestAt: now });
  const sort = { category: "Data", service: "s3.amazonaws.com", readOnly: true, resourceTypes: ["AWS::S3::Object"] };
  assert.deepEqual(await imported.collected(), { trails: [], others: ["what was imported"], stored: [sort] });
  await using empty = await makePlace({});
  assert.deepEqual(await empty.collected(), { trails: [], others: [], stored: [] });
});

test("the newest thirty days of what is stored count, however old they are; what claims to be of the future does not shift them", async () => {
  for (const [newestAt, to] of [
    [now - 400 * dayMs, now - 400 * dayMs + 1],
    [now + 9_000 * dayMs, now + 1],
  ] as const) {
    await using place = await makePlace({ newestAt });
    await place.collected();
    assert.deepEqual(
      place.asked.map(({ from, to: until }) => [from, until]),
      [[to - 30 * dayMs, to]],
    );
  }
});

test("what is stored is counted again after five minutes, and at once when counting failed", async () => {
  await using place = await makePlace({ newestAt: now });
  place.store.failures = 1;
  await assert.rejects(place.collected(), /The engine was away/);
  assert.equal((await place.collected()).stored.length, 1);
  place.clock.advance(5 * 60_000);
  await Promise.all([place.collected(), place.collected()]);
  assert.equal(place.asked.length, 2);
  place.clock.advance(1);
  await Promise.all([place.collected(), place.collected()]);
  assert.equal(place.asked.length, 3);
});
