import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { hourMs, MadeChain, madeStart } from "../made-chain.fixture.ts";
import type { Gap } from "../verdict.ts";
import { at } from "./collected.fixture.ts";
import { MadeWorld } from "./made-world.fixture.ts";
import { gapsOfPages } from "./page-gaps.ts";

/** More digests than one page holds, of which one is broken that is the last of its page. */
async function longChain(brokenAt: number, startsAtOfNext: number | undefined): Promise<MadeWorld> {
  const world = new MadeWorld();
  const made = new MadeChain().add(brokenAt + 1, { files: 0 });
  const before = at(made.digests, brokenAt - 1);
  if (startsAtOfNext !== undefined)
    made.addOne({ files: 0, startsAt: startsAtOfNext, previous: before, endsAt: made.end + hourMs });
  made.add(5, { files: 0 });
  world.clock.advance(made.end - madeStart);
  for (const [index, digest] of made.digests.entries()) {
    const bytes = gzipSync(digest.text.replace("made-trail", "made-train"));
    await world.collectDigest(made.chain, index === brokenAt ? { ...digest, bytes } : digest);
  }
  await world.judge();
  return world;
}

/** Fewer digests, all in one page. */
async function gapsOf(
  brokenAt: number,
  isCoveredByNext: boolean,
): Promise<readonly Pick<Gap, "kind" | "digestsMissing">[]> {
  const start = madeStart + brokenAt * hourMs;
  const world = await longChain(brokenAt, isCoveredByNext ? start : undefined);
  const [row] = await world.integrity.chains();
  assert.ok(row !== undefined);
  const { gaps } = row.content as { gaps: readonly Gap[] };
  return gaps.map(({ kind, digestsMissing }) => ({ kind, digestsMissing }));
}

test("a broken digest at the end of a page is one gap, as in the middle of one", async () => {
  assert.deepEqual(await gapsOf(198, false), await gapsOf(20, false));
  assert.deepEqual(await gapsOf(198, false), [{ kind: "digests-missing", digestsMissing: 1 }]);
});

test("a gap behind the last digest of a page is no more when the next page's speak for its time", async () => {
  assert.deepEqual(await gapsOf(20, true), []);
  assert.deepEqual(await gapsOf(198, true), []);
});

const gap = (from: number, to: number, fields: Partial<Gap> = {}): Gap => ({
  ...{ kind: "digests-missing", from, to, before: "a", after: "", digestsMissing: to - from },
  ...fields,
});

test("what lies behind the last valid digest and is judged again takes the place of what was said", () => {
  const place = { anchorEndsAt: 10, isBehindAnchor: true };
  const [old, provisional] = [gap(2, 3, { after: "b" }), gap(10, 12, { kind: "tail" })];
  assert.deepEqual(gapsOfPages([old, provisional], [gap(10, 14)], place), [old, gap(10, 14)]);
  assert.deepEqual(gapsOfPages([old, provisional], [], place), [old]);
});

test("a gap that is longer than a page goes on in the next", () => {
  const place = { anchorEndsAt: 10, isBehindAnchor: false };
  // Counted from the last valid digest on, and where there was none from page to page.
  assert.deepEqual(gapsOfPages([gap(10, 210)], [gap(10, 300)], place), [gap(10, 300)]);
  const none = { anchorEndsAt: undefined, isBehindAnchor: false };
  assert.deepEqual(gapsOfPages([gap(10, 210)], [gap(210, 300, { after: "c" })], none), [gap(10, 300, { after: "c" })]);
  assert.deepEqual(gapsOfPages([gap(10, 210)], [], place), [gap(10, 210)]);
  const restarted = gap(10, 220, { kind: "chain-restarted", after: "c", digestsMissing: 0 });
  assert.deepEqual(gapsOfPages([gap(10, 210)], [restarted], place), [gap(10, 210), { ...restarted, from: 210 }]);
});
