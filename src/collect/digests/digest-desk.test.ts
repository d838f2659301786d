import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import type { StoredDigest } from "../../store/index.ts";
import { madeDigestKey } from "../listing/listing-place.fixture.ts";
import type { FetchedDigest } from "../sources/source.ts";
import { openDigestDesk } from "./digest-desk.ts";
import { digestTextBytesMax } from "./stored-digest.ts";

const endsAt = Date.parse("2026-11-21T08:01:31Z");
const now = Date.parse("2026-11-21T08:12:00Z");
const text = Buffer.from(`{"awsAccountId":"111122223333","digestStartTime":"2026-11-21T07:01:31Z"}`);

function fetched(more: Partial<FetchedDigest> = {}): FetchedDigest {
  return { source: "logs", bucket: "logs", key: madeDigestKey(endsAt), bytes: gzipSync(text), metadata: {}, ...more };
}

/** A desk over a store that only remembers its inserts, and holds them back until it is told to go on. */
function openDesk(isHeld = false) {
  const inserts: (readonly StoredDigest[])[] = [];
  const gate = Promise.withResolvers<void>();
  if (!isHeld) gate.resolve();
  const desk = openDigestDesk({
    proofs: {
      async putDigests(digests) {
        inserts.push(digests);
        await gate.promise;
      },
    },
    now: () => now,
  });
  return { desk, inserts, go: () => gate.resolve() };
}

async function kept(digest: FetchedDigest): Promise<StoredDigest | undefined> {
  const { desk, inserts } = openDesk();
  await desk.take(digest);
  return inserts.flat()[0];
}

test("a digest is kept with its text, its hash, its chain and what its metadata says", async () => {
  const metadata = { signature: "0a1b", "signature-algorithm": "SHA256withRSA", other: "x" };
  assert.deepEqual(await kept(fetched({ metadata })), {
    name: `s3://logs/${madeDigestKey(endsAt)}`,
    bucket: "logs",
    key: madeDigestKey(endsAt),
    chain: "111122223333/eu-central-1//eu-central-1/main",
    accountId: "111122223333",
    region: "eu-central-1",
    endsAt,
    sha256: createHash("sha256").update(text).digest("hex"),
    text,
    fault: "",
    signature: "0a1b",
    signatureAlgorithm: "SHA256withRSA",
    backfillGeneratedAt: undefined,
    source: "logs",
    collectedAt: now,
  } satisfies StoredDigest);
});

test("a digest of late log files is of another chain, and keeps when it was made", async () => {
  const key = madeDigestKey(endsAt).replace(".json.gz", "_backfill.json.gz");
  const metadata = { "backfill-generation-timestamp": "2026-11-21T09:00:00.000Z" };
  const digest = await kept(fetched({ key, metadata }));
  assert.equal(digest?.chain, "111122223333/eu-central-1//eu-central-1/main/backfill");
  assert.equal(digest?.backfillGeneratedAt, "2026-11-21T09:00:00.000Z");
});

const whole = gzipSync(text);
const faults: readonly (readonly [what: string, bytes: Buffer, fault: string, isTextKept: boolean])[] = [
  ["that is cut off", whole.subarray(0, 40), "invalid-format", false],
  ["that is not compressed", text, "invalid-format", false],
  ["that was emptied", Buffer.alloc(0), "invalid-format", false],
  ["with zeros behind it", Buffer.concat([whole, Buffer.alloc(3)]), "bytes-behind", true],
  ["with something behind it", Buffer.concat([whole, Buffer.from("more")]), "bytes-behind", true],
  ["with a second member, empty as it may be", Buffer.concat([whole, gzipSync("")]), "second-member", true],
  [
    "with a second member and something behind that",
    Buffer.concat([whole, gzipSync(""), Buffer.from("more")]),
    "second-member",
    true,
  ],
  ["that inflates without end", gzipSync(Buffer.alloc(digestTextBytesMax + 1)), "invalid-format", false],
];
for (const [what, bytes, fault, isTextKept] of faults) {
  test(`a digest ${what} is kept as evidence: ${fault}`, async () => {
    const digest = await kept(fetched({ bytes }));
    assert.equal(digest?.fault, fault);
    assert.deepEqual(digest?.text, isTextKept ? text : Buffer.alloc(0));
    assert.equal(digest?.sha256 === "", !isTextKept);
  });
}

test("digests that come while others are written go into one insert", async () => {
  const { desk, inserts, go } = openDesk(true);
  const digests = Array.from({ length: 50 }, (_, hour) =>
    fetched({ key: madeDigestKey(endsAt + hour * 3_600_000), bucket: `logs-${hour}` }),
  );
  const first = desk.take(fetched());
  await new Promise(setImmediate);
  const taken = digests.map((digest) => desk.take(digest));
  go();
  await Promise.all([first, ...taken]);
  assert.deepEqual(
    inserts.map(({ length }) => length),
    [1, 50],
  );
});

test("unpacked text does not pile up, however much of it comes at once", async () => {
  const { desk, inserts } = openDesk();
  const bytes = gzipSync(Buffer.alloc(digestTextBytesMax - 1, " "));
  await Promise.all(Array.from({ length: 6 }, () => desk.take(fetched({ bytes }))));
  assert.equal(inserts.flat().length, 6);
  for (const rows of inserts) assert.ok(rows.length <= 2);
});

test("whoever brings a digest hears that it could not be kept, and may bring it again", async () => {
  let isFull = true;
  const desk = openDigestDesk({
    proofs: { putDigests: () => (isFull ? Promise.reject(new Error("No room")) : Promise.resolve()) },
    now: () => now,
  });
  await assert.rejects(desk.take(fetched()), /No room/);
  isFull = false;
  await desk.take(fetched());
});
