import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { EventStore } from "../store.ts";
import { digest, digestVerdict, hour, makeProofsPlace, noon, type ProofsPlace } from "./proofs.fixture.ts";

let place: ProofsPlace;
let store: EventStore;

before(async () => {
  place = makeProofsPlace();
  store = await place.open();
});
after(async () => {
  await store[Symbol.asyncDispose]();
  await place[Symbol.asyncDispose]();
});

const everyByte = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));

test("a digest comes back byte for byte, with what was told beside it, after a restart too", async () => {
  const odd = digest(1, {
    chain: "odd ' \\ \n chain",
    name: "s3://logs/it's \\ a\n\u0001 'name'",
    text: Buffer.concat(Array.from({ length: 2_000 }, () => everyByte)),
    signature: "",
    signatureAlgorithm: undefined,
    backfillGeneratedAt: "2026-11-21T12:00:00Z'); DROP TABLE digests",
  });
  const bare = digest(2, { chain: odd.chain, text: Buffer.alloc(0), sha256: "", signature: undefined, fault: "cut" });
  await store.proofs.putDigests([bare, odd]);
  assert.deepEqual(await store.proofs.digests(odd.chain, { limit: 9 }), [odd, bare]);
  await store[Symbol.asyncDispose]();
  store = await place.open();
  assert.deepEqual(await store.proofs.digest(odd.name), odd);
  assert.equal(await store.proofs.digest("s3://logs/nobody's"), undefined);
});

test("a second content under one key is a second row, and the same content again is none", async () => {
  const first = digest(3, { chain: "again" });
  const rewritten = { ...first, sha256: "ff".repeat(32), text: Buffer.from("{}"), collectedAt: noon + 5 * hour };
  const resigned = { ...first, signature: "11", collectedAt: noon + 6 * hour };
  await store.proofs.putDigests([rewritten]);
  await store.proofs.putDigests([first]);
  await store.proofs.putDigests([{ ...first, collectedAt: noon + 9 * hour, source: "other" }, resigned]);
  await store.proofs.putDigests([{ ...rewritten, collectedAt: noon + 10 * hour }]);
  assert.deepEqual(await store.proofs.digests("again", { limit: 9 }), [first, rewritten, resigned]);
  assert.deepEqual(await store.proofs.digest(first.name), first);
});

test("a chain is read in spans, the oldest window first", async () => {
  const all = Array.from({ length: 50 }, (_, number) => digest(number, { chain: "long" }));
  await store.proofs.putDigests(all.toReversed());
  const numbers = async (span: Parameters<typeof store.proofs.digests>[1]) =>
    (await store.proofs.digests("long", span)).map(({ endsAt }) => (endsAt - noon) / hour);
  assert.deepEqual(await numbers({ limit: 3 }), [0, 1, 2]);
  assert.deepEqual(await numbers({ from: noon + 10 * hour, limit: 2 }), [10, 11]);
  assert.deepEqual(await numbers({ from: noon + 10 * hour, to: noon + 12 * hour, limit: 9 }), [10, 11]);
  assert.deepEqual(await numbers({ from: noon + 50 * hour, limit: 9 }), []);
  assert.deepEqual(await store.proofs.digests("nobody's", { limit: 9 }), []);
});

test("chains that have new digests tell from where on, and what is collected again is not new", async () => {
  const late = noon + 100 * hour;
  await store.proofs.putDigests([
    digest(7, { chain: "new", collectedAt: late }),
    digest(5, { chain: "new", collectedAt: late + 1 }),
    digest(4, { chain: "new", collectedAt: late - 1 }),
    digest(9, { chain: "old", collectedAt: late - 1 }),
  ]);
  await store.proofs.putDigests([digest(9, { chain: "old", collectedAt: late + 9 })]);
  assert.deepEqual(await store.proofs.chainsSince(late), [
    { chain: "new", accountId: "111122223333", region: "eu-central-1", from: noon + 5 * hour },
  ]);
  assert.deepEqual(await store.proofs.chainsSince(late + 2), []);
});

test("of what is said of a digest the last counts, whatever the clock said", async () => {
  const missing = digestVerdict(2, { verdict: "missing", reason: "not-found", startsAt: undefined, logFiles: 0 });
  await store.proofs.putDigestVerdicts([digestVerdict(1), missing]);
  const found = digestVerdict(2, { judgedAt: noon - hour, chainSince: undefined });
  await store.proofs.putDigestVerdicts([missing, found]);
  await store.proofs.putDigestVerdicts([digestVerdict(3, { accountId: "444455556666", verdict: "broken" })]);
  const said = store.proofs.digestVerdicts.bind(store.proofs);
  assert.deepEqual(await said({}, 9), [
    digestVerdict(1),
    found,
    digestVerdict(3, { accountId: "444455556666", verdict: "broken" }),
  ]);
  assert.deepEqual(await said({ from: noon + 2 * hour, to: noon + 3 * hour }, 9), [found]);
  assert.deepEqual((await said({ accountId: "444455556666" }, 9)).length, 1);
  assert.deepEqual(await said({ verdicts: ["missing"] }, 9), []);
  assert.deepEqual((await said({ verdicts: ["broken", "missing"], region: "eu-central-1" }, 9)).length, 1);
  assert.deepEqual(await said({ chain: found.chain }, 1), [digestVerdict(1)]);
  assert.deepEqual(await said({ chain: "nobody's" }, 9), []);
});

test("digests are counted in the hours that their windows lie in, or in which they end", async () => {
  const accountId = "454545454545";
  const row = (number: number, fields: object) =>
    digestVerdict(number, { ...digestVerdict(number), accountId, name: `s3://logs/${accountId}/${number}`, ...fields });
  await store.proofs.putDigestVerdicts([
    row(1, { startsAt: noon + 60_000, endsAt: noon + hour + 60_000 }),
    row(2, { startsAt: noon + hour + 60_000, endsAt: noon + 2 * hour }),
    row(3, { startsAt: undefined, endsAt: noon + 3 * hour, verdict: "broken" }),
    row(4, { startsAt: noon - 9_999 * hour, endsAt: noon + 4 * hour, verdict: "unproven" }),
  ]);
  const region = "eu-central-1";
  const counted = async (by: "window" | "end", ask = {}, spanMs = hour) =>
    (await store.proofs.digestHours({ accountId, region, ...ask }, { by, spanMs })).map((one) => [
      (one.hour - noon) / hour,
      one.counts,
    ]);
  assert.deepEqual(await counted("end"), [
    [1, { valid: 1 }],
    [2, { valid: 1 }],
    [3, { broken: 1 }],
    [4, { unproven: 1 }],
  ]);
  assert.deepEqual(await counted("window", { from: noon, to: noon + 4 * hour }), [
    [0, { unproven: 1, valid: 1 }],
    [1, { unproven: 1, valid: 2 }],
    [2, { broken: 1, unproven: 1 }],
    [3, { unproven: 1 }],
  ]);
  assert.deepEqual(await counted("window", { verdicts: ["valid"] }, 24 * hour), [[-12, { valid: 2 }]]);
  assert.equal((await store.proofs.digestHours({ accountId, region }, { by: "window", limit: 2 })).length, 2);
});
