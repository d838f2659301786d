import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeChain } from "../chain/judge-chain.ts";
import { asDigestObject, hourMs, MadeChain, madeKey, madeKeys, madeStart } from "../made-chain.fixture.ts";
import type { Gap, GapKind, LogVerdict } from "../verdict.ts";
import { sayDigest, sayGap, sayVerdict } from "./say.ts";
import { digestWords, verdictWords } from "./words.ts";

const made = new MadeChain().add(3);
const digests = made.digests.map((one) => asDigestObject(one));
const judged = judgeChain({ chain: made.chain, keys: madeKeys("eu-west-1", madeKey("first")), digests });
const [first] = judged.digests;
assert.ok(first !== undefined);
const fileName = "111122223333_CloudTrail-Digest_eu-west-1_made_eu-west-1_20260301T110131Z.json.gz";
const plain: LogVerdict = { kind: "proven", reason: "", digest: first.name, chainSince: madeStart, dueAt: undefined };

test("a proven log file tells its digest, and since when the chain is unbroken", () => {
  assert.equal(
    sayVerdict(plain),
    `Proven: the digest of 2026-03-01 11:01:31 UTC (${fileName}) names it and its content is what was signed, in a chain that is unbroken since 2026-03-01 10:01:31 UTC.`,
  );
});

test("what waits tells until when, what changed since tells since when", () => {
  const waiting: LogVerdict = { ...plain, kind: "waiting", reason: "digest-not-due", digest: "", dueAt: madeStart };
  assert.equal(sayVerdict(waiting), "Waiting: the digest that will name it is due by 2026-03-01 10:01:31 UTC.");
  const changed: LogVerdict = { ...plain, kind: "broken", reason: "changed-since" };
  assert.match(
    sayVerdict(changed, { readAt: madeStart }),
    /^Broken: it was proven by the digest of .* when it was read at 2026-03-01 10:01:31 UTC and was changed in the bucket since; the genuine copy is kept here\.$/,
  );
});

test("every verdict is one sentence, with and without a digest to name", () => {
  for (const digest of [undefined, "the digest"]) {
    for (const [reason, words] of Object.entries(verdictWords(digest, "when it was read"))) {
      assert.match(`X: ${words}.`, /^X: [a-z][^.]*\.$/, reason);
      assert.doesNotMatch(words, /undefined/);
    }
  }
  for (const [reason, words] of Object.entries(digestWords(""))) {
    assert.match(words, /^(was not judged|is (unproven|broken|missing): [a-z][^.]*)$/, reason);
  }
});

test("digests are said with their window's end and their name", () => {
  assert.equal(
    sayDigest(first),
    `The digest of 2026-03-01 11:01:31 UTC (${fileName}) is valid: AWS signed it, and its chain is unbroken since 2026-03-01 10:01:31 UTC.`,
  );
  const unknown = sayDigest({ ...first, verdict: { kind: "unproven", reason: "key-unknown" } });
  assert.ok(unknown.includes(madeKey("first").fingerprint) && unknown.endsWith("known here."));
  const strange = sayDigest({ ...first, name: "s3://trail/odd", verdict: { kind: "missing", reason: "not-found" } });
  assert.equal(strange, "The digest s3://trail/odd is missing: it was delivered, and is not where it was.");
});

test("gaps tell trail, account, region and time, one or many", () => {
  const gap = (kind: GapKind, digestsMissing: number): Gap => ({
    ...{ kind, from: madeStart, to: madeStart + hourMs, before: "", after: "", digestsMissing },
  });
  assert.equal(
    sayGap(gap("digests-missing", 1), made.chain),
    "1 digest of the trail made in account 111122223333, eu-west-1, is missing or broken between 2026-03-01 10:01:31 UTC and 2026-03-01 11:01:31 UTC, so that nothing vouches for what was delivered then.",
  );
  assert.match(sayGap(gap("digests-missing", 2), made.chain), /^2 digests .* are missing/);
  for (const kind of ["chain-restarted", "not-contiguous", "overlap", "tail"] as const) {
    assert.match(sayGap(gap(kind, 2), made.chain), /^[A-Z0-9].* UTC.*\.$/);
  }
  assert.match(sayGap({ ...gap("overlap", 0), from: Number.NaN }, made.chain), /an unknown time/);
});
