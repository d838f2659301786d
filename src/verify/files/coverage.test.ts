import assert from "node:assert/strict";
import { test } from "node:test";
import type { ChainInput } from "../chain/chain-judgement.ts";
import { judgeChain } from "../chain/judge-chain.ts";
import { inWords } from "../judge-bucket.fixture.ts";
import {
  asDigestObject,
  hourMs,
  MadeChain,
  type MadeDigest,
  madeKey,
  madeKeys,
  madeStart,
} from "../made-chain.fixture.ts";
import { coverageOf } from "./coverage.ts";
import { judgeUnnamed } from "./judge-log-file.ts";
import type { Coverage } from "./seen-log-file.ts";

const keys = madeKeys("eu-west-1", madeKey("first"));
const minuteMs = 60_000;

function judged(made: MadeChain, digests: readonly MadeDigest[] = made.digests, more: Partial<ChainInput> = {}) {
  return judgeChain({ chain: made.chain, keys, digests: digests.map((one) => asDigestObject(one)), ...more });
}

/** Hours since the beginning. */
function at(hours: number): number {
  return madeStart + hours * hourMs;
}

function judgeAt(hours: number, coverage: Coverage, now = Infinity, kind = "log"): string {
  return inWords(judgeUnnamed({ deliveredAt: at(hours), kind }, coverage, now));
}

test("a log file is undeclared when digests speak for its time and for a whole window more", () => {
  const coverage = coverageOf([judged(new MadeChain().add(4))]);
  assert.deepEqual(coverage.spans, [{ from: at(0), to: at(4) }]);
  assert.equal(judgeAt(0, coverage), "undeclared not-named");
  assert.equal(judgeAt(2.9, coverage), "undeclared not-named");
  // Its name holds the minute: it may have been delivered a minute later, and named in the window after the next.
  assert.equal(judgeAt(3 - 1 / 120, coverage), "unproven not-covered");
  assert.equal(judgeAt(3.5, coverage), "unproven not-covered");
  assert.equal(judgeAt(-0.1, coverage), "unproven before-chain");
  assert.equal(judgeAt(99, coverage), "unproven not-covered");
});

test("until the digest is due that may name it, a log file waits; then its digest is late", () => {
  const head = { now: at(4.5), graceMs: hourMs };
  const coverage = coverageOf([judged(new MadeChain().add(4))], head);
  assert.equal(coverage.nextDueAt, at(6));
  const file = (hours: number, now: number) => judgeUnnamed({ deliveredAt: at(hours), kind: "log" }, coverage, at(now));
  assert.deepEqual([file(3.5, 4.5).reason, file(3.5, 4.5).dueAt], ["digest-not-due", at(6)]);
  // A file of the next window may be named in the one behind it.
  assert.deepEqual([file(4.2, 4.5).reason, file(4.2, 4.5).dueAt], ["digest-not-due", at(7)]);
  assert.equal(inWords(file(3.5, 6)), "waiting digest-not-due");
  assert.equal(inWords(file(3.5, 6.1)), "unproven digest-late");
});

test("where a chain has ended nothing more is due", () => {
  const coverage = coverageOf([judged(new MadeChain().add(4))], { now: at(9), graceMs: hourMs, endedAt: at(4) });
  assert.equal(coverage.nextDueAt, undefined);
  assert.equal(judgeAt(5, coverage, at(9)), "unproven not-covered");
  assert.equal(judgeAt(1, coverage, at(9)), "undeclared not-named");
});

test("where digests are missing, broken or unproven, a log file of their time is unproven for that reason", () => {
  const made = new MadeChain().add(9);
  const [, , , fourth] = made.digests;
  assert.ok(fourth !== undefined);
  const without = made.digests.filter((digest) => digest !== fourth);
  const unsigned = [...without, { ...fourth, metadata: {} }];
  assert.equal(judgeAt(3.5, coverageOf([judged(made, without)])), "unproven digest-missing");
  assert.equal(judgeAt(3.5, coverageOf([judged(made, unsigned)])), "unproven digest-broken");
  // It might have been named in the window that is lost, which is the next one.
  assert.equal(judgeAt(2.5, coverageOf([judged(made, without)])), "unproven digest-missing");
  assert.equal(judgeAt(1.5, coverageOf([judged(made, without)])), "undeclared not-named");
  const stranger = new MadeChain().add(8).rotate(madeKey("stranger")).add(2);
  assert.equal(judgeAt(8.5, coverageOf([judged(stranger)])), "unproven digest-unproven");
  const two = made.digests.filter((_, index) => index !== 3 && index !== 4);
  for (const hours of [3.5, 4.5])
    assert.equal(judgeAt(hours, coverageOf([judged(made, two)])), "unproven digest-missing");
});

test("time in which logging was off is nobody's to speak for", () => {
  const made = new MadeChain()
    .add(3)
    .pause(4 * hourMs)
    .add(3, { previous: null });
  const coverage = coverageOf([judged(made)]);
  assert.deepEqual(coverage.holes, []);
  assert.equal(judgeAt(5, coverage), "unproven not-covered");
});

test("of two trails in one place, both must have spoken", () => {
  const [one, other] = [new MadeChain().add(6), new MadeChain({ trailName: "other" }).add(3)];
  const coverage = coverageOf([judged(one), judged(other)]);
  assert.equal(judgeAt(1.5, coverage), "undeclared not-named");
  assert.equal(judgeAt(2.5, coverage), "unproven not-covered");
  // The other one has ended, and is not asked.
  assert.equal(judgeAt(4.5, coverage), "undeclared not-named");
  const broken = other.digests.filter((_, index) => index !== 1);
  assert.equal(judgeAt(1.2, coverageOf([judged(one), judged(other, broken)])), "unproven digest-missing");
});

test("digests for late log files speak for no time of their own", () => {
  const late = new MadeChain({ isBackfill: true }).add(4);
  const coverage = coverageOf([judged(late)]);
  assert.deepEqual([coverage.spans, coverage.holes], [[], []]);
  assert.equal(judgeAt(1, coverage), "unproven no-digests");
});

test("other kinds of log files are asked for only where digests have named one", () => {
  const usual = coverageOf([judged(new MadeChain().add(4))]);
  assert.deepEqual([...usual.kinds], ["log"]);
  assert.equal(judgeAt(1, usual, Infinity, "insight"), "unproven no-digests");
  const made = new MadeChain().add(3);
  const file = made.logFile(at(3.5));
  made.addOne({ logFiles: [{ ...file, key: file.key.replaceAll("/CloudTrail/", "/CloudTrail-Insight/") }] });
  const insights = coverageOf([judged(made)]);
  assert.equal(judgeAt(1, insights, Infinity, "insight"), "undeclared not-named");
});

test("without digests nothing can be said, and nothing is due", () => {
  assert.equal(judgeAt(1, coverageOf([])), "unproven no-digests");
  assert.equal(coverageOf([]).paceMs, hourMs);
});

test("a window of minutes is waited for in minutes", () => {
  const made = new MadeChain({ paceMs: 10 * minuteMs }).add(6);
  const coverage = coverageOf([judged(made)]);
  assert.equal(judgeAt(0.5, coverage), "undeclared not-named");
  assert.equal(coverage.paceMs, 10 * minuteMs);
});
