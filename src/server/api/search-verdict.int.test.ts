import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { VerdictRow } from "../../store/index.ts";
import { appNow, openApp, type OpenApp } from "../open-app.fixture.ts";

let open: OpenApp;
let brokenFile = "";

function verdictOn(logFile: string, verdict: string): VerdictRow {
  const place = { accountId: "111122223333", region: "eu-central-1", deliveredAt: appNow, digest: "", reason: "" };
  const times = { chainSince: undefined, dueAt: undefined, judgedAt: appNow };
  return { name: `s3://logs/${logFile}`, logFile, verdict, ...place, ...times };
}

before(async () => {
  open = await openApp({ eventsPerDay: 100 });
  const [first, second] = await open.services.store.proofs.logFilesOf({ predicate: { kind: "all" } }, 9);
  brokenFile = first?.logFile ?? "";
  await open.services.store.proofs.putVerdicts([
    verdictOn(brokenFile, "broken"),
    verdictOn(second?.logFile ?? "", "proven"),
  ]);
});
after(() => open[Symbol.asyncDispose]());

async function files(verdict: string): Promise<Set<string>> {
  const page: { readonly events: readonly { readonly logFile: string }[] } = await open.json(
    `/api/v1/search/events?limit=1000&verdict=${verdict}`,
  );
  return new Set(page.events.map(({ logFile }) => logFile));
}

test("events are searched by the verdict on their log file", async () => {
  const all = await files("");
  assert.ok(all.size > 2);
  assert.deepEqual(await files("broken"), new Set([brokenFile]));
  assert.equal((await files("broken,proven")).size, 2);
  assert.equal((await files("unjudged")).size, all.size - 2);
  assert.equal((await files("waiting, missing")).size, 0);
});

test("counts, values, exports and the explanation take a verdict too", async () => {
  const lines = async (path: string) => (await (await open.get(path)).text()).trim().split("\n");
  const exported = await lines("/api/v1/search/export?verdict=broken");
  const done = (await lines("/api/v1/search/histogram?verdict=broken")).at(-1) ?? "";
  assert.equal((JSON.parse(done) as { readonly count: number }).count, exported.length);
  const values = await open.json<{
    readonly facets: readonly { readonly values: readonly { readonly count: number }[] }[];
  }>("/api/v1/search/facets?fields=eventCategory&verdict=broken");
  assert.equal(
    values.facets[0]?.values.reduce((sum, { count }) => sum + count, 0),
    exported.length,
  );
  const { sql } = await open.json<{ readonly sql: string }>("/api/v1/search/explain?verdict=broken");
  assert.match(sql, /'broken'/);
});

test("a verdict that there is none of is a problem that names it", async () => {
  for (const words of ["good", "proven,", "proven,Broken", "'"]) {
    const response = await open.get(`/api/v1/search/events?verdict=${encodeURIComponent(words)}`);
    assert.equal(response.status, 400);
    assert.match(await response.text(), /verdict cannot be used: not one of proven, /);
  }
});
