import { chainId, type DigestChain, parseObjectKey } from "../cloudtrail/index.ts";
import type { ChainAnchor, ChainJudgement, HeadExpectation, JudgedDigest } from "./chain/chain-judgement.ts";
import { judgeChain } from "./chain/judge-chain.ts";
import type { DigestObject, KeyBook } from "./digests/digest-object.ts";
import { coverageOf, judgeNamed, judgeUnnamed, seenOf } from "./files/judge-log-file.ts";
import { asDigestObject, type MadeObject } from "./made-chain.fixture.ts";
import { nameOf, nameOfLogFile } from "./names.ts";
import type { Gap, LogVerdict } from "./verdict.ts";

export interface BucketOptions {
  readonly keys: KeyBook;
  /** Copies on disk have lost their metadata. */
  readonly isLost?: boolean;
  /** Head and stored head of chains, by `chainId`. */
  readonly heads?: ReadonlyMap<string, { readonly head?: HeadExpectation; readonly anchor?: ChainAnchor }>;
  readonly from?: number;
  /** Contents that lay under keys before, and are known from then. */
  readonly earlier?: readonly MadeObject[];
}

export interface JudgedBucket {
  readonly chains: ReadonlyMap<string, ChainJudgement>;
  readonly digests: readonly JudgedDigest[];
  readonly files: ReadonlyMap<string, LogVerdict>;
  readonly gaps: readonly Gap[];
}

/** Judges all objects of some buckets with the core, one place for each account, region and bucket. */
export function judgeBucket(objects: readonly MadeObject[], options: BucketOptions): JudgedBucket {
  const byName = new Map(objects.map((object) => [nameOf(object), object]));
  const chains = judgeChains(objects, options);
  const digests = [...chains.values()].flatMap((judgement) => judgement.digests);
  const files = new Map<string, LogVerdict>();
  for (const judged of digests) {
    for (const named of judged.object?.digest?.logFiles ?? []) {
      const name = nameOfLogFile(named);
      const object = byName.get(name);
      // What is not signed names nothing; only what lies there is told of.
      if (object === undefined && judged.verdict.kind !== "valid") continue;
      const seen = object === undefined ? "not-found" : seenOf(object.bucket, object.key, object.bytes);
      const verdict = judgeNamed({ ...named, name }, judged, seen);
      // A digest that is worth something counts before one that is not.
      if (files.get(name) === undefined || judged.verdict.kind === "valid") files.set(name, verdict);
    }
  }
  for (const [name, object] of byName) {
    const read = parseObjectKey(object.key);
    if (files.has(name) || !read.ok || read.key.kind === "digest") continue;
    const { accountId, region, kind, deliveredAt = 0 } = read.key;
    const here = [...chains]
      .filter(([id]) => id.startsWith(`${accountId}/${region}/`))
      .map(([, judgement]) => judgement);
    files.set(name, judgeUnnamed({ deliveredAt, kind }, coverageOf(here), Infinity));
  }
  return { chains, digests, files, gaps: [...chains.values()].flatMap(({ gaps }) => gaps) };
}

function judgeChains(objects: readonly MadeObject[], options: BucketOptions): ReadonlyMap<string, ChainJudgement> {
  const byChain = new Map<string, { readonly chain: DigestChain; readonly digests: DigestObject[] }>();
  for (const object of [...(options.earlier ?? []), ...objects]) {
    const read = parseObjectKey(object.key);
    if (!read.ok || read.key.digest === undefined) continue;
    const digest = asDigestObject(object, { isLost: options.isLost ?? false });
    const known = byChain.get(chainId(digest.chain)) ?? { chain: digest.chain, digests: [] };
    known.digests.push(digest);
    byChain.set(chainId(digest.chain), known);
  }
  return new Map(
    [...byChain].map(([id, { chain, digests }]) => {
      const { head, anchor } = options.heads?.get(id) ?? {};
      const { keys, from } = options;
      const judgement = judgeChain({
        ...{ chain, digests, keys },
        ...(from === undefined ? {} : { from }),
        ...(head === undefined ? {} : { head }),
        ...(anchor === undefined ? {} : { anchor, isWhole: true }),
      });
      return [id, judgement];
    }),
  );
}

/** Verdicts in a word each: `broken content-differs`. */
export function inWords({ kind, reason }: { readonly kind: string; readonly reason: string }): string {
  return reason === "" ? kind : `${kind} ${reason}`;
}
