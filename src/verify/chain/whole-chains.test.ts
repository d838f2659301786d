import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords } from "../judge-bucket.fixture.ts";
import {
  asDigestObject,
  type DigestChange,
  hourMs,
  MadeChain,
  type MadeDigest,
  madeKey,
  madeKeys,
  madeStart,
} from "../made-chain.fixture.ts";
import type { ChainInput, ChainJudgement } from "./chain-judgement.ts";
import { anchorOf, judgeChain } from "./judge-chain.ts";

const region = "eu-west-1";
const [first, second] = [madeKey("first"), madeKey("second")];
const keys = madeKeys(region, first, second);

function judge(made: MadeChain, digests: readonly MadeDigest[] = made.digests, more: Partial<ChainInput> = {}) {
  return judgeChain({ chain: made.chain, keys, digests: digests.map((one) => asDigestObject(one)), ...more });
}

/** Verdicts by index of the digest, and gaps by the hour. */
function told(made: MadeChain, { digests, gaps }: ChainJudgement) {
  const hours = (at: number) => (at - madeStart) / hourMs;
  return {
    digests: digests.map(({ name, verdict, chainSince }) => {
      const index = made.digests.findIndex(({ bucket, key }) => name === `s3://${bucket}/${key}`);
      return `${index} ${inWords(verdict)}${chainSince === undefined ? "" : ` since ${hours(chainSince)}`}`;
    }),
    gaps: gaps.map(({ kind, from, to, digestsMissing }) => `${kind} ${hours(from)}-${hours(to)} ${digestsMissing}`),
  };
}

test("hours in which nothing happened have digests too, and leave no gap", () => {
  const made = new MadeChain().add(2).add(3, { files: 0 }).add(1);
  assert.deepEqual(told(made, judge(made)).gaps, []);
  assert.equal(judge(made).digests.at(-1)?.chainSince, madeStart);
});

test("another key goes on with the chain, and back again while both are in use", () => {
  const made = new MadeChain().add(2).rotate(second).add(2).rotate(first).add(1).rotate(second).add(1);
  const judged = judge(made);
  assert.ok(judged.digests.every(({ verdict, chainSince }) => verdict.kind === "valid" && chainSince === madeStart));
});

test("a key of another region is no key of this one", () => {
  const made = new MadeChain().add(2);
  const judged = judge(made, made.digests, { keys: madeKeys("us-east-1", first) });
  assert.deepEqual(told(made, judged).digests, ["0 unproven key-unknown", "1 unproven key-unknown"]);
  assert.deepEqual([judged.gaps, judged.anchor], [[], undefined]);
});

test("a key that is told in SPKI verifies like one in PKCS #1; one that is no key breaks what names it", () => {
  const spki = madeKey("spki", "spki");
  const junk = { ...first, der: Buffer.from("no key"), fingerprint: "b46d2b5b6d9a8a0c0f36ad9f1c6c7f51" };
  const book = madeKeys(region, spki, junk);
  const [junkKey] = madeKeys(region, junk).all();
  const made = new MadeChain({ key: spki })
    .add(2)
    .rotate({ ...junk, fingerprint: junkKey?.fingerprint ?? "" })
    .add(1);
  assert.deepEqual(told(made, judge(made, made.digests, { keys: book })).digests, [
    "0 valid since 0",
    "1 valid since 0",
    "2 broken key-unreadable",
  ]);
});

test("a chain goes on in another bucket", () => {
  const made = new MadeChain().add(2).add(2, { bucket: "elsewhere" });
  assert.deepEqual(told(made, judge(made)), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 0", "3 valid since 0"],
    gaps: [],
  });
  // Without the old bucket what lies in it is not missing, but only where nobody looked there.
  const there = made.digests.slice(2);
  assert.deepEqual(told(made, judge(made, there, { buckets: new Set(["elsewhere"]) })), {
    digests: ["2 valid since 2", "3 valid since 2"],
    gaps: [],
  });
  assert.deepEqual(told(made, judge(made, there)), {
    digests: ["1 missing not-found", "2 valid since 2", "3 valid since 2"],
    gaps: ["digests-missing 1-2 1"],
  });
});

test("what ended before the span that was asked for is not missing", () => {
  const made = new MadeChain().add(5);
  const from = madeStart + 2.5 * hourMs;
  assert.deepEqual(told(made, judge(made, made.digests.slice(2), { from })), {
    digests: ["2 valid since 2", "3 valid since 2", "4 valid since 2"],
    gaps: [],
  });
  assert.deepEqual(told(made, judge(made, made.digests.slice(3), { from })).gaps, ["digests-missing 2-3 1"]);
});

test("a chain that was stopped and started has a gap that tells when, however long", () => {
  const made = new MadeChain()
    .add(2)
    .pause(3 * hourMs)
    .add(1, { previous: null })
    .add(1);
  assert.deepEqual(told(made, judge(made)), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 5", "3 valid since 5"],
    gaps: ["chain-restarted 2-5 3"],
  });
  const short = new MadeChain()
    .add(2)
    .add(1, { endsAt: madeStart + 2.25 * hourMs })
    .pause(hourMs / 4)
    .add(2, { previous: null });
  assert.deepEqual(told(short, judge(short, short.digests.slice(0, 4))).gaps, ["chain-restarted 2.25-2.5 0"]);
  const [last] = made.digests.slice(1, 2);
  const without = made.digests.filter((digest) => digest !== last);
  // Who deletes the last digest before a pause only makes the pause longer: nothing names it.
  assert.deepEqual(told(made, judge(made, without)).gaps, ["chain-restarted 1-5 4"]);
});

test("windows that follow each other in the chain must follow each other in time", () => {
  const hole = new MadeChain()
    .add(2)
    .pause(2 * hourMs)
    .add(2);
  assert.deepEqual(told(hole, judge(hole)), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 4", "3 valid since 4"],
    gaps: ["not-contiguous 2-4 2"],
  });
  const made = new MadeChain().add(2);
  made.addOne({ startsAt: madeStart + 1.5 * hourMs, endsAt: madeStart + 3 * hourMs });
  assert.deepEqual(told(made, judge(made)), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 0"],
    gaps: ["overlap 1.5-2 0"],
  });
});

test("a digest that has another hash than the next one says, though its signature is right, is not the one chained", () => {
  const made = new MadeChain().add(2);
  made.addOne({ json: { previousDigestHashValue: "0".repeat(64) } });
  assert.deepEqual(told(made, judge(made)), {
    digests: ["0 valid since 0", "1 broken not-the-one-chained", "2 valid since 2"],
    gaps: ["digests-missing 1-2 1"],
  });
});

test("a chain that was rebuilt with the same key is found by the head that was stored, and only by that", () => {
  const made = new MadeChain().add(5);
  const rebuilt = new MadeChain({ seed: 2 }).add(2);
  rebuilt.digests.splice(0, 2, ...made.digests.slice(0, 2));
  rebuilt.add(3, { files: 1 });
  const anchor = judge(made, made.digests.slice(0, 4)).anchor;
  assert.ok(anchor !== undefined);
  assert.ok(judge(rebuilt).digests.every(({ verdict }) => verdict.kind === "valid"));
  assert.deepEqual(told(made, judge(rebuilt, rebuilt.digests, { anchor, isWhole: true })), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 0", "3 broken replaced", "4 valid since 4"],
    gaps: ["digests-missing 3-4 1"],
  });
  // Going on from the head, the newest digest does not go on from it.
  assert.deepEqual(told(made, judge(rebuilt, rebuilt.digests.slice(4), { anchor })), {
    digests: ["3 broken replaced", "4 valid since 4"],
    gaps: ["digests-missing 3-4 1"],
  });
});

test("a head that was seen and lies there no more is missing", () => {
  const made = new MadeChain().add(5);
  const { anchor } = judge(made);
  assert.ok(anchor !== undefined);
  assert.deepEqual(told(made, judge(made, made.digests.slice(0, 4), { anchor, isWhole: true })), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 0", "3 valid since 0", "4 missing not-found"],
    gaps: ["tail 4-5 1"],
  });
});

test("two contents under one key: the one that the next digest names counts, and the other was replaced", () => {
  const made = new MadeChain().add(3);
  const [, , newest] = made.digests;
  const other = new MadeChain({ seed: 5 }).add(3, { files: 1 }).digests[1];
  assert.ok(other !== undefined && newest !== undefined);
  const both = judge(made, [other, ...made.digests]);
  assert.deepEqual(told(made, both).digests, [
    "0 valid since 0",
    "1 broken replaced",
    "1 valid since 0",
    "2 valid since 0",
  ]);
  assert.deepEqual(both.gaps, []);
  // Nothing follows that would tell: it is the one that was seen first.
  const first = judge(
    made,
    [made.digests[0], made.digests[1], other].filter((one) => one !== undefined),
  );
  assert.deepEqual(told(made, first).digests, ["0 valid since 0", "1 broken replaced", "1 valid since 0"]);
});

test("copies that have lost their signatures are judged by those that the next digests repeat", () => {
  const made = new MadeChain().add(4);
  const lost = made.digests.map((one) => asDigestObject(one, { isLost: true }));
  assert.deepEqual(told(made, judge(made, [], { digests: lost })), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 0", "3 unproven signature-lost"],
    gaps: [],
  });
});

test("digests for late log files are a chain by their links: hours without one are no gap, and what is named must be there", () => {
  const made = new MadeChain({ isBackfill: true })
    .add(1)
    .pause(5 * hourMs)
    .add(1)
    .pause(30 * hourMs)
    .add(2);
  assert.deepEqual(told(made, judge(made)), {
    digests: ["0 valid since 0", "1 valid since 0", "2 valid since 0", "3 valid since 0"],
    gaps: [],
  });
  const without = made.digests.filter((_, index) => index !== 1);
  assert.deepEqual(told(made, judge(made, without)), {
    digests: ["0 valid since 0", "1 missing not-found", "2 valid since 37", "3 valid since 37"],
    gaps: [],
  });
  // AWS CLI asks for the time at which it was made, and so do we.
  const changes: DigestChange = { metadata: { "backfill-generation-timestamp": undefined } };
  const untold = new MadeChain({ isBackfill: true }).add(1, changes);
  assert.deepEqual(told(untold, judge(untold)).digests, ["0 broken invalid-format"]);
});

test("names are held against what is signed: the time, and the account", () => {
  const made = new MadeChain().add(1, { json: { awsAccountId: "999988887777" } });
  made.addOne({ json: { digestEndTime: "2026-03-01T12:00:00Z" } });
  assert.deepEqual(told(made, judge(made)).digests, ["0 broken misnamed", "1 broken misnamed"]);
});

test("a digest that claims another algorithm than AWS's, or none, is not believed", () => {
  const made = new MadeChain().add(1, { json: { digestSignatureAlgorithm: "MD5withRSA" } });
  made.addOne({
    json: { digestSignatureAlgorithm: "sha256WITHrsa" },
    metadata: { "signature-algorithm": "SHA256WITHRSA" },
  });
  assert.deepEqual(told(made, judge(made)).digests, ["0 broken algorithm-unknown", "1 valid since 1"]);
});

test("judging goes back to an earlier anchor when a missing digest comes after all", () => {
  const made = new MadeChain().add(6);
  const without = judge(
    made,
    made.digests.filter((_, index) => index !== 2),
  );
  assert.deepEqual(
    without.digests.map(({ verdict }) => verdict.kind).join(" "),
    "valid valid missing valid valid valid",
  );
  const earlier = without.digests[1];
  const anchor = earlier && anchorOf(earlier, hourMs);
  assert.ok(anchor !== undefined);
  assert.deepEqual(told(made, judge(made, made.digests, { anchor })), {
    digests: ["1 valid since 0", "2 valid since 0", "3 valid since 0", "4 valid since 0", "5 valid since 0"],
    gaps: [],
  });
});

test("windows of another length show the chain's pace, by which what is missing is counted", () => {
  const paceMs = hourMs / 6;
  const made = new MadeChain({ paceMs }).add(9);
  const judged = judge(
    made,
    made.digests.filter((_, index) => index < 2 || index > 4),
  );
  assert.equal(judged.anchor?.paceMs, paceMs);
  assert.deepEqual(
    judged.gaps.map(({ digestsMissing }) => digestsMissing),
    [3],
  );
});
