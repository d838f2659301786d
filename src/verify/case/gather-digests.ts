import { chainId, chainOfKey, type DigestChain, parseObjectKey, readDigest } from "../../cloudtrail/index.ts";
import type { StoredDigest } from "../../store/index.ts";
import type { KeyBook } from "../digests/digest-object.ts";
import { judgeDigest } from "../digests/judge-digest.ts";
import { digestObjectOf } from "../digests/read-digest-object.ts";
import { VerifyError } from "../errors.ts";
import type { CaseProofs } from "./case-options.ts";
import { nameOf, objectOfName } from "../names.ts";

/** Digests of one chain that follow each other, with those beside them. */
export interface Stretch {
  readonly chain: DigestChain;
  /** For people; no two stretches have the same. */
  readonly title: string;
  /** Oldest first, one for each key. */
  readonly digests: readonly StoredDigest[];
}

/** Digests that the case needs and that lie further apart do not bring along all that lie between them. */
const apartMs = 14 * 24 * 3_600_000;
const digestsMax = 5_000;
/** How far before a chain's beginning another digest of it is looked for. */
const neighbourMs = 3 * 3_600_000;

/** The digests with these names, those between them in their chains, and one on each side where there is one. */
export async function gatherDigests(
  proofs: Pick<CaseProofs, "digest" | "digests">,
  names: Iterable<string>,
  keys: KeyBook,
): Promise<Stretch[]> {
  const stretches: Stretch[] = [];
  let left = digestsMax;
  for (const { chain, ends } of byChain(names)) {
    const parts: StoredDigest[][] = [];
    for (const span of spansOf(ends)) {
      const digests = await readSpan(proofs, chainId(chain), span, keys, left);
      left -= digests.length;
      const last = parts.at(-1);
      // Where a chain rested for long, what ends one part may begin the next.
      if (last !== undefined && digests.some(({ name }) => last.some((known) => known.name === name))) {
        last.push(...digests.filter(({ name }) => !last.some((known) => known.name === name)));
      } else if (digests.length > 0) parts.push(digests);
    }
    for (const [index, digests] of parts.entries()) {
      const part = index === 0 ? "" : `, part ${index + 1}`;
      stretches.push({ chain, title: `${chainTitle(chain)}${part}`, digests: digests.sort(byEnd) });
    }
  }
  return stretches;
}

function byEnd(a: StoredDigest, b: StoredDigest): number {
  return a.endsAt - b.endsAt || (a.key < b.key ? -1 : 1);
}

function chainTitle({ accountId, region, organizationId, trailName, homeRegion, isBackfill }: DigestChain): string {
  const trail = `trail ${trailName} of ${homeRegion}${organizationId === "" ? "" : ` in ${organizationId}`}`;
  return `${accountId} ${region}, ${trail}${isBackfill ? ", late log files" : ""}`;
}

interface ChainEnds {
  readonly chain: DigestChain;
  readonly ends: number[];
}

function byChain(names: Iterable<string>): Iterable<ChainEnds> {
  const chains = new Map<string, ChainEnds>();
  for (const name of names) {
    const parsed = parseObjectKey(objectOfName(name)?.key ?? "");
    if (!parsed.ok || parsed.key.deliveredAt === undefined) continue;
    const chain = chainOfKey(parsed.key);
    if (chain === undefined) continue;
    const known = chains.get(chainId(chain)) ?? { chain, ends: [] };
    known.ends.push(parsed.key.deliveredAt);
    chains.set(chainId(chain), known);
  }
  return chains.values();
}

interface Span {
  readonly from: number;
  readonly to: number;
}

function spansOf(ends: readonly number[]): Span[] {
  const spans: Span[] = [];
  for (const end of ends.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last !== undefined && end - last.to <= apartMs) spans[spans.length - 1] = { from: last.from, to: end };
    else spans.push({ from: end, to: end });
  }
  return spans;
}

async function readSpan(
  proofs: Pick<CaseProofs, "digest" | "digests">,
  chain: string,
  { from, to }: Span,
  keys: KeyBook,
  limit: number,
): Promise<StoredDigest[]> {
  const within = await proofs.digests(chain, { from, to: to + 1, limit: limit + 1 });
  if (within.length > limit) throw tooMany();
  const after = await proofs.digests(chain, { from: to + 1, limit: 8 });
  const first = within[0];
  const before = first === undefined ? [] : await digestBefore(proofs, chain, first);
  const next = after.filter(({ key }) => key === after[0]?.key);
  return oneForEachKey([...before, ...within, ...next], keys);
}

/** The one that the first digest names; where that begins a chain anew, the last one of what was before. */
async function digestBefore(
  proofs: Pick<CaseProofs, "digest" | "digests">,
  chain: string,
  first: StoredDigest,
): Promise<StoredDigest[]> {
  const read = readDigest(first.text);
  const { previousDigestS3Bucket: bucket, previousDigestS3Object: object } = read.ok ? read.digest : {};
  if (typeof object === "string") {
    const named = await proofs.digest(nameOf({ bucket: bucket ?? "", key: object }));
    if (named !== undefined) return [named];
  }
  const earlier = await proofs.digests(chain, { from: first.endsAt - neighbourMs, to: first.endsAt, limit: 100 });
  return earlier.filter(({ key }) => key === earlier.at(-1)?.key);
}

/** Where a key had several contents the valid one is taken, or else the latest that was seen. */
function oneForEachKey(rows: readonly StoredDigest[], keys: KeyBook): StoredDigest[] {
  const byName = new Map<string, StoredDigest[]>();
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row]);
  return [...byName.values()].flatMap((contents) => {
    if (contents.length === 1) return contents;
    const latest = contents.toSorted((a, b) => b.collectedAt - a.collectedAt);
    const valid = latest.find((row) => judgeDigest(digestObjectOf(row), keys).kind === "valid");
    return valid ?? latest[0] ?? [];
  });
}

function tooMany(): VerifyError {
  return new VerifyError(`The events need more than ${digestsMax} digests`, {
    code: "case-too-large",
    fault: "user",
    help: "Narrow the query or the span",
  });
}
