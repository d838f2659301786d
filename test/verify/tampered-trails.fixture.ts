import { gunzipSync, gzipSync } from "node:zlib";
import {
  MadeChain,
  type MadeDigest,
  madeKey,
  type MadeKey,
  type MadeObject,
  madeStart,
  sealDigest,
} from "../../src/verify/made-chain.fixture.ts";
import { bucket, trail } from "../../src/recorder/delivery/made-up-delivery.fixture.ts";

/** A trail's buckets that somebody tampered with in one way. */
export interface TamperedTrail {
  readonly name: string;
  readonly objects: readonly MadeObject[];
  /** Keys that ListPublicKeys tells, besides the trail's own. */
  readonly keys?: readonly MadeKey[];
  /**
   * Where our verdict is another than AWS CLI's, by the last part of the name: what theirs says, and why ours is another.
   * `not told` is what it does not look at.
   */
  readonly holes?: Readonly<
    Record<string, { readonly theirs: "valid" | "INVALID" | "not told"; readonly why: string }>
  >;
  /** Why `--like-aws-cli` is not like this AWS CLI. */
  readonly otherLines?: "before 1.45.12" | "strict";
}

export const hourMs = 3_600_000;
export const span = { from: madeStart - hourMs, to: madeStart + 24 * hourMs };
const hours = 5;
const key = madeKey("first");
const usual = { bucket, trailName: trail.name, accountId: trail.ownerId, region: trail.homeRegion };

function chainOf(count = hours): MadeChain {
  return new MadeChain({ ...usual, key }).add(count, { files: 2 });
}

function objectsOf(...chains: readonly MadeChain[]): MadeObject[] {
  return chains.flatMap(({ digests }) => digests.flatMap((digest) => [digest, ...digest.logFiles]));
}

function digestOf(chain: MadeChain, index: number): MadeDigest {
  const digest = chain.digests.at(index);
  if (digest === undefined) throw new RangeError(`There is no digest ${index}`);
  return digest;
}

function logOf(chain: MadeChain, index: number): MadeObject {
  const [log] = digestOf(chain, index).logFiles;
  if (log === undefined) throw new RangeError(`There is no log file ${index}`);
  return log;
}

/** One object of a chain is changed, or taken away. */
interface Change {
  /** What it does to a trail. */
  readonly name: string;
  readonly choose: (chain: MadeChain, at: number) => MadeObject;
  /** Not given where the object is taken away. */
  readonly change?: (object: MadeObject, chain: MadeChain, at: number) => MadeObject;
  readonly holes?: (chain: MadeChain, at: number, object: MadeObject) => NonNullable<TamperedTrail["holes"]>;
}

/** A usual chain with all of these changes, every second digest between untouched ones, so that each shows by itself. */
function changed(changes: readonly Change[], more: Partial<TamperedTrail> = {}): TamperedTrail {
  const chain = chainOf(2 * changes.length + 2);
  let objects = objectsOf(chain);
  let holes: NonNullable<TamperedTrail["holes"]> = { ...more.holes };
  for (const [index, { choose, change, holes: holesOf }] of changes.entries()) {
    const at = 2 * index + 1;
    const chosen = choose(chain, at);
    objects = objects.flatMap((object) => {
      if (object !== chosen) return [object];
      return change === undefined ? [] : [change(object, chain, at)];
    });
    holes = { ...holes, ...holesOf?.(chain, at, chosen) };
  }
  return { name: changes.map(({ name }) => name).join(", "), objects, ...more, holes };
}

const withBytes = (edit: (bytes: Buffer) => Buffer) => (object: MadeObject) => ({
  ...object,
  bytes: edit(object.bytes),
});

/** Log files of a digest that is worth nothing are not looked at by AWS CLI, which is no agreement. */
function notTold(digests: readonly MadeDigest[], why: string): NonNullable<TamperedTrail["holes"]> {
  return Object.fromEntries(
    digests.flatMap(({ logFiles }) => logFiles.map((log) => [nameOf(log), { theirs: "not told" as const, why }])),
  );
}

const unvouched = (chain: MadeChain, at: number) => notTold([digestOf(chain, at)], "its digest is worth nothing");

/** AWS CLI says that objects are what they were, where we say that they are not. */
function notSeen(objects: readonly MadeObject[], why: string): NonNullable<TamperedTrail["holes"]> {
  return Object.fromEntries(objects.map((object) => [nameOf(object), { theirs: "valid" as const, why }]));
}

const logChanges: readonly Change[] = [
  {
    name: "a log file is changed",
    choose: logOf,
    change: withBytes((bytes) => gzipSync(gunzipSync(bytes).toString().replace("Do", "Da"))),
  },
  {
    name: "a log file is cut off",
    choose: logOf,
    change: withBytes((bytes) => bytes.subarray(0, bytes.length / 2)),
  },
  { name: "a log file is empty", choose: logOf, change: withBytes(() => Buffer.alloc(0)) },
  { name: "a log file is not compressed", choose: logOf, change: withBytes((bytes) => gunzipSync(bytes)) },
  { name: "a log file is damaged", choose: logOf, change: withBytes(damaged) },
  { name: "a log file is gone", choose: logOf },
];

const behindTheEnd = (_chain: MadeChain, _at: number, log: MadeObject) =>
  notSeen([log], "AWS CLI stops at the end of the first member before 1.45.12");

const changesBehindTheEnd: readonly Change[] = [
  {
    name: "zeros stand behind a log file",
    choose: logOf,
    change: withBytes((bytes) => Buffer.concat([bytes, Buffer.alloc(8)])),
    holes: behindTheEnd,
  },
  {
    name: "a second member stands behind a log file",
    choose: logOf,
    change: withBytes((bytes) => Buffer.concat([bytes, gzipSync("{}")])),
    holes: behindTheEnd,
  },
];

const digestChanges: readonly Change[] = [
  {
    name: "a digest is edited",
    choose: digestOf,
    change: withBytes((bytes) =>
      gzipSync(
        gunzipSync(bytes)
          .toString()
          .replace(/"hashValue":"../, '"hashValue":"00'),
      ),
    ),
    holes: unvouched,
  },
  { name: "a digest is gone", choose: digestOf, holes: unvouched },
  { name: "a digest is no JSON", choose: digestOf, change: withBytes(() => gzipSync("{")), holes: unvouched },
  {
    name: "a digest has no signature",
    choose: digestOf,
    change: (digest) => ({ ...digest, metadata: {} }),
    holes: unvouched,
  },
  {
    name: "a digest has another one's signature",
    choose: digestOf,
    change: (digest, chain, at) => ({ ...digest, metadata: digestOf(chain, at + 1).metadata }),
    holes: unvouched,
  },
  {
    name: "a digest lies in another one's place",
    choose: digestOf,
    change(digest, chain, at) {
      const { bytes, metadata } = digestOf(chain, at + 1);
      return { ...digest, bytes, metadata };
    },
    holes: unvouched,
  },
  {
    // Signed as it should be, but its successor vouches for another content: AWS's key, used by somebody else.
    name: "a digest is another than its successor vouches for",
    choose: digestOf,
    change(_object, chain, at) {
      const digest = digestOf(chain, at);
      const json = { ...digest.json, newestEventTime: "2026-03-01T12:00:00Z" };
      return sealDigest({ ...digest, json, signer: key, metadata: { "signature-algorithm": "SHA256withRSA" } });
    },
    holes: (chain, at) =>
      notSeen(
        [digestOf(chain, at), ...digestOf(chain, at).logFiles],
        "AWS CLI does not hold a digest against the hash in the next one",
      ),
  },
];

const bytesBehindADigest: Change = {
  name: "bytes stand behind a digest",
  choose: digestOf,
  change: withBytes((bytes) => Buffer.concat([bytes, Buffer.from("more")])),
  holes: (chain, at, digest) => ({
    ...notSeen([digest], "AWS CLI does not look behind the end of a digest"),
    ...notSeen(digestOf(chain, at).logFiles, "its digest was tampered with"),
  }),
};

export const tamperedTrails: readonly (() => TamperedTrail)[] = [
  () => ({ name: "nothing is changed", objects: objectsOf(chainOf()) }),
  changedLogs,
  () => changed(changesBehindTheEnd, { otherLines: "before 1.45.12" }),
  () => changed(digestChanges),
  () => changed([bytesBehindADigest], { otherLines: "strict" }),
  someGone,
  otherKeys,
  beganAnewElsewhere,
  lateFiles,
];

function changedLogs(): TamperedTrail {
  const trail = changed(logChanges);
  // Of another seed, so that its name is no other one's.
  const stranger = new MadeChain({ ...usual, key, seed: 9 }).logFile(madeStart + 1.5 * hourMs);
  return {
    name: `${trail.name}, and one lies there that no digest names`,
    objects: [...trail.objects, stranger],
    holes: {
      ...trail.holes,
      [nameOf(stranger)]: { theirs: "not told", why: "AWS CLI looks at what digests name, and at nothing else" },
    },
  };
}

function someGone(): TamperedTrail {
  const chain = chainOf();
  const newest = digestOf(chain, -1);
  const [one, other] = [digestOf(chain, 1), digestOf(chain, 2)];
  const gone: readonly MadeObject[] = [one, other, newest];
  return {
    name: "two digests in a row are gone, and the newest one",
    objects: objectsOf(chain).filter((object) => !gone.includes(object)),
    holes: {
      ...notTold([one, other], "their digests are gone"),
      ...notTold([newest], "AWS CLI does not know when a digest is due"),
    },
  };
}

function otherKeys(): TamperedTrail {
  const spki = madeKey("other", "spki");
  const chain = chainOf(2).rotate(madeKey("stranger")).add(1, { files: 2 }).rotate(key).add(2, { files: 2 });
  chain.rotate(spki).add(2, { files: 2 });
  const theirs = "INVALID" as const;
  const why = "AWS CLI reads PKCS #1 alone, and AWS has told keys as SPKI";
  const own = [digestOf(chain, 5), digestOf(chain, 6)];
  return {
    name: "a digest is signed with a key that is nobody's, and others with a key that is told as SPKI",
    objects: objectsOf(chain),
    keys: [spki],
    holes: {
      ...unvouched(chain, 2),
      ...Object.fromEntries(own.map((digest) => [nameOf(digest), { theirs, why }])),
      ...notTold(own, why),
    },
  };
}

function beganAnewElsewhere(): TamperedTrail {
  const before = new MadeChain({ ...usual, bucket: "audit-logs-before", key, seed: 3 }).add(2);
  const after = new MadeChain({ ...usual, key, seed: 4 }).pause(2 * hourMs);
  after.addOne({ previous: digestOf(before, -1) });
  after.add(2);
  after
    .pause(2 * hourMs)
    .add(1, { previous: null })
    .add(1);
  return {
    name: "the trail went into another bucket, and logging was stopped there and began anew",
    objects: objectsOf(before, after),
  };
}

function lateFiles(): TamperedTrail {
  const late = new MadeChain({ ...usual, key, isBackfill: true, seed: 7 }).add(1).pause(hourMs).add(2);
  const digest = digestOf(late, 1);
  const { "backfill-generation-timestamp": _time, ...metadata } = digest.metadata;
  return {
    name: "late files have a chain of their own, and one digest of it does not tell when it was made",
    objects: objectsOf(chainOf(), late).map((object) => (object === digest ? { ...digest, metadata } : object)),
    holes: notTold([digest], "its digest is worth nothing"),
  };
}

function damaged(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  // The checksum of what is inflated.
  copy.writeUInt32LE(1, copy.length - 8);
  return copy;
}

/** The last part of a key, which is different for each object. */
export function nameOf({ key: text }: { readonly key: string }): string {
  return text.slice(text.lastIndexOf("/") + 1);
}
