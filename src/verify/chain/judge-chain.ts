import { nameOf } from "../names.ts";
import type { Gap } from "../verdict.ts";
import type { ChainAnchor, ChainInput, ChainJudgement, JudgedDigest } from "./chain-judgement.ts";
import { readContents } from "./contents.ts";
import { type LinkedDigest, type LinkedDigests, linkDigests } from "./links.ts";
import { tailOf } from "./tail.ts";
import { lastOf, layOut, layOutByLinks, type TimeLine, usualPaceMs } from "./time-line.ts";

/**
 * Judges a chain of digests: each by itself, each against the one that follows it, and all against the clock. The same
 * digests give the same judgement in any order, and bit by bit: what comes next is judged with the anchor that the last
 * judgement gave, together with all digests that end later than it, and gaps before the anchor stay as they were told.
 *
 * When a digest arrives whose window ends before the anchor's (one that was missing came after all), judging goes back
 * to an earlier anchor: `anchorOf` makes one of any valid digest before it that was judged; or it begins without one.
 *
 * A key that has several contents comes once for each of them; the one that counts comes last.
 */
export function judgeChain(input: ChainInput): ChainJudgement {
  const linked = linkDigests(readContents(input), input);
  const goesOnFrom = input.isWhole === true ? undefined : input.anchor;
  const lost = contradicted(goesOnFrom, linked);
  const inTime = [...linked.digests].sort((a, b) => byTime(a.judged, b.judged));
  const line = readTimes(input, goesOnFrom, inTime, lost);
  const since = new Map(line.since);
  if (goesOnFrom !== undefined) since.set(nameOf(goesOnFrom), goesOnFrom.chainSince);
  const digests = [...linked.replaced, ...lost, ...inTime]
    .map(({ judged }): JudgedDigest => {
      const chainSince = judged.verdict.kind === "valid" ? since.get(judged.name) : undefined;
      return { ...judged, chainSince };
    })
    .sort(byTime);
  const last = digests.findLast(({ name, verdict }) => name === line.last?.name && verdict.kind === "valid");
  const next = last === undefined ? undefined : anchorOf(last, line.last?.paceMs ?? usualPaceMs);
  return { digests, gaps: [...line.gaps, ...tail(input, inTime, line)], anchor: next ?? input.anchor };
}

/** Where judging can go on: behind a valid digest; nothing for any other. */
export function anchorOf(judged: JudgedDigest, paceMs: number): ChainAnchor | undefined {
  const { bucket, key, startsAt, endsAt, chainSince, object, verdict } = judged;
  if (verdict.kind !== "valid" || startsAt === undefined || chainSince === undefined || object === undefined) {
    return undefined;
  }
  const { sha256, metadata } = object;
  return { bucket, key, sha256, signature: metadata.signature ?? "", startsAt, endsAt, chainSince, paceMs };
}

function readTimes(
  { chain }: ChainInput,
  goesOnFrom: ChainAnchor | undefined,
  inTime: readonly LinkedDigest[],
  lost: readonly LinkedDigest[],
): TimeLine {
  if (goesOnFrom === undefined) return chain.isBackfill ? layOutByLinks(inTime, undefined) : layOut(inTime, undefined);
  const first = lastOf(goesOnFrom);
  if (chain.isBackfill) return layOutByLinks(inTime, first);
  const ahead = inTime.filter(({ judged }) => judged.endsAt >= goesOnFrom.endsAt && judged.name !== first.name);
  if (lost.length === 0) return layOut(ahead, first);
  // The anchor's own window is lost then, and what comes first does not go on from it.
  return layOut([...lost, ...ahead], { ...first, name: "", endsAt: goesOnFrom.startsAt });
}

/** The anchor, where what came now vouches for another content than it had. */
function contradicted(
  anchor: ChainAnchor | undefined,
  { anchorFault, digests }: LinkedDigests,
): readonly LinkedDigest[] {
  if (anchor === undefined || anchorFault === undefined) return [];
  const { bucket, key, startsAt, endsAt } = anchor;
  const name = nameOf(anchor);
  const known = digests.find(({ judged }) => judged.name === name);
  if (known !== undefined) return [];
  const verdict = { kind: "broken", reason: anchorFault } as const;
  return [{ judged: { name, bucket, key, startsAt, endsAt, verdict, object: undefined }, link: undefined }];
}

function tail({ chain, head, anchor }: ChainInput, inTime: readonly LinkedDigest[], line: TimeLine): readonly Gap[] {
  if (head === undefined || chain.isBackfill) return [];
  // A digest that bears a time to come must not keep the others from being missed.
  const present = inTime.filter(({ judged }) => judged.verdict.kind === "valid" || judged.endsAt <= head.now);
  const newest = [...present.map(({ judged }) => judged), ...(anchor === undefined ? [] : [lastOf(anchor)])]
    .sort((a, b) => a.endsAt - b.endsAt)
    .at(-1);
  if (newest === undefined) return [];
  const { name, endsAt } = newest;
  const gap = tailOf({ name, endsAt, paceMs: line.last?.paceMs ?? usualPaceMs }, head);
  return gap === undefined ? [] : [gap];
}

function byTime(a: Pick<JudgedDigest, "name" | "endsAt">, b: Pick<JudgedDigest, "name" | "endsAt">): number {
  return a.endsAt - b.endsAt || (a.name === b.name ? 0 : a.name < b.name ? -1 : 1);
}
