import { judgeChain } from "../chain/judge-chain.ts";
import type { JudgedDigest } from "../chain/chain-judgement.ts";
import type { DigestMetadata, DigestObject, KeyBook } from "../digests/digest-object.ts";
import { digestObjectOf, readDigestObject } from "../digests/read-digest-object.ts";
import { sayDigest, sayGap } from "../say/say.ts";
import type { StoredDigest } from "../../store/index.ts";
import type { ChainGap, DigestEntry, Provenance } from "./case-contents.ts";
import { digestBytes } from "./case-objects.ts";
import type { CaseOptions } from "./case-options.ts";
import type { Stretch } from "./gather-digests.ts";
import { inOrder } from "../audit/in-order.ts";
import { memberPath } from "./member-path.ts";
import type { CaseArchive } from "./pack-case.ts";

/** Objects that are fetched at once. */
export const fetchesAtOnce = 4;

export interface WrittenDigests {
  readonly digests: readonly DigestEntry[];
  readonly gaps: readonly ChainGap[];
}

/** Puts the digests of a stretch into the archive and judges them as they lie there. */
export async function writeDigests(
  options: Pick<CaseOptions, "fetch">,
  stretch: Stretch,
  needed: ReadonlySet<string>,
  keys: KeyBook,
  archive: CaseArchive,
  signal: AbortSignal,
): Promise<WrittenDigests> {
  const written: { row: StoredDigest; object: DigestObject; path: string | null; how: Provenance }[] = [];
  const read = async (row: StoredDigest) => ({ row, found: await digestBytes(options, row, signal) });
  for await (const { row, found } of inOrder(stretch.digests, fetchesAtOnce, read)) {
    const path = memberPath(row.bucket, row.key);
    if (found.how === "not-available" || path === undefined) {
      written.push({ row, object: digestObjectOf(row), path: null, how: "not-available" });
      continue;
    }
    await archive.add(path, found.bytes);
    const { metadata } = digestObjectOf(row);
    const object = readDigestObject({ bucket: row.bucket, key: row.key, bytes: found.bytes, metadata });
    written.push({ row, object: object ?? digestObjectOf(row), path, how: found.how });
  }
  const judgement = judgeChain({ chain: stretch.chain, digests: written.map(({ object }) => object), keys });
  const judged = new Map(judgement.digests.map((one) => [one.name, one]));
  const digests = written.map(({ row, object, path, how }): DigestEntry => {
    const verdict = judged.get(row.name) ?? unjudged(row, object);
    const { name, bucket, key } = row;
    const { title: chain } = stretch;
    const { region } = stretch.chain;
    const sentence = path === null ? `${name} could not be put into the case.` : sayDigest(verdict);
    return { name, bucket, key, path, how, judged: verdict, sentence, chain, region, isNeeded: needed.has(name) };
  });
  const gaps = judgement.gaps
    // Before the first and after the last nothing is claimed.
    .filter((gap) => gap.before !== "" && gap.after !== "" && gap.kind !== "tail")
    .map((gap) => ({ chain: stretch.title, gap, sentence: sayGap(gap, stretch.chain) }));
  return { digests, gaps };
}

function unjudged(row: StoredDigest, object: DigestObject): JudgedDigest {
  const { name, bucket, key, endsAt } = row;
  const verdict = { kind: "missing", reason: "not-found" } as const;
  return { name, bucket, key, startsAt: undefined, endsAt, verdict, chainSince: undefined, object };
}

/** The metadata of the digests' objects, by bucket and key, as S3 gives it; where one was lost the next digest repeats it. */
export function printMetadata(digests: readonly DigestEntry[]): string {
  const lent = new Map<string, string>();
  for (const { judged } of digests) {
    const { previousDigestS3Bucket, previousDigestS3Object, previousDigestSignature } = judged.object?.digest ?? {};
    if (typeof previousDigestSignature !== "string") continue;
    lent.set(`${previousDigestS3Bucket}/${previousDigestS3Object}`, previousDigestSignature);
  }
  const entries = digests
    .filter(({ path }) => path !== null)
    .map(({ bucket, key, judged }) => {
      const name = `${bucket}/${key}`;
      return [name, metadataOf(judged.object, lent.get(name))] as const;
    });
  return `${JSON.stringify(Object.fromEntries(entries), undefined, 1)}\n`;
}

function metadataOf(object: DigestObject | undefined, lent: string | undefined): Readonly<Record<string, string>> {
  const metadata: Partial<DigestMetadata> = object?.metadata ?? {};
  const signature = metadata.signature ?? lent;
  const algorithm = metadata.signatureAlgorithm ?? object?.digest?.digestSignatureAlgorithm;
  return {
    ...(signature === undefined ? {} : { signature }),
    ...(algorithm === undefined ? {} : { "signature-algorithm": algorithm }),
    ...(metadata.backfillGeneratedAt === undefined
      ? {}
      : { "backfill-generation-timestamp": metadata.backfillGeneratedAt }),
    ...(object?.digest === undefined
      ? {}
      : { "start-time": object.digest.digestStartTime, "end-time": object.digest.digestEndTime }),
    ...(object === undefined
      ? {}
      : {
          "trail-name": object.chain.trailName,
          "home-region": object.chain.homeRegion,
          account: object.chain.accountId,
        }),
  };
}
