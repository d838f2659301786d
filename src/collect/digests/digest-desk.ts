import { gathered } from "../../base/gathered.ts";
import type { ProofStore, StoredDigest } from "../../store/index.ts";
import type { DigestDesk, FetchedDigest } from "../sources/source.ts";
import { storedDigest } from "./stored-digest.ts";

export interface DigestDeskOptions {
  readonly proofs: Pick<ProofStore, "putDigests">;
  readonly now: () => number;
}

/** Many that wait become one insert; unpacked text of so many bytes goes ahead of the rest, so that memory is bounded. */
const atOnce = { digests: 500, textBytes: 16 * 1024 * 1024 };

/** Keeps digests that sources have fetched, each with whatever is wrong with it: judging is for later. */
export function openDigestDesk({ proofs, now }: DigestDeskOptions): DigestDesk {
  const put = gathered((digests: readonly FetchedDigest[]) => putAll(digests, proofs, now()), {
    itemsMax: atOnce.digests,
  });
  return { take: (digest) => put(digest) };
}

/** Only compressed bytes wait, which whoever fetched them has room for; they are unpacked shortly before they are kept. */
async function putAll(
  digests: readonly FetchedDigest[],
  proofs: DigestDeskOptions["proofs"],
  now: number,
): Promise<readonly undefined[]> {
  let [rows, textBytes]: [StoredDigest[], number] = [[], 0];
  for (const fetched of digests) {
    const row = storedDigest(fetched, now);
    if (row === undefined) continue;
    rows.push(row);
    textBytes += row.text.length;
    if (textBytes < atOnce.textBytes) continue;
    await proofs.putDigests(rows);
    [rows, textBytes] = [[], 0];
  }
  if (rows.length > 0) await proofs.putDigests(rows);
  return digests.map(() => undefined);
}
