import assert from "node:assert/strict";
import { test } from "node:test";
import { judgeNamed, seenOf } from "../files/judge-log-file.ts";
import { asDigestObject, hourMs, MadeChain, madeKey, madeKeys, madeStart } from "../made-chain.fixture.ts";
import { judgeChain } from "./judge-chain.ts";

const region = "eu-west-1";
const keys = madeKeys(region, madeKey("first"));

test("an untouched chain is valid from its beginning, and every log file it names is proven", () => {
  const made = new MadeChain().add(6);
  const { digests, gaps, anchor } = judgeChain({
    chain: made.chain,
    keys,
    digests: made.digests.map((one) => asDigestObject(one)),
  });
  assert.deepEqual(gaps, []);
  assert.deepEqual(
    digests.map(({ verdict, chainSince }) => [verdict.kind, chainSince]),
    made.digests.map(() => ["valid", madeStart]),
  );
  assert.equal(anchor?.endsAt, madeStart + 6 * hourMs);
  for (const [index, { logFiles, json }] of made.digests.entries()) {
    const judged = digests[index];
    assert.ok(judged !== undefined && logFiles.length === 3);
    for (const [at, { bucket, key, bytes }] of logFiles.entries()) {
      const { hashValue } = (json["logFiles"] as { hashValue: string }[])[at] ?? { hashValue: "" };
      const verdict = judgeNamed({ hashValue, name: `s3://${bucket}/${key}` }, judged, seenOf(bucket, key, bytes));
      assert.deepEqual([verdict.kind, verdict.digest, verdict.chainSince], ["proven", judged.name, madeStart]);
    }
  }
});
