import { parseObjectKey } from "../../cloudtrail/index.ts";
import type { ChainJudgement, HeadExpectation, JudgedDigest } from "../chain/chain-judgement.ts";
import { isEnded } from "../chain/tail.ts";
import { usualPaceMs } from "../chain/time-line.ts";
import type { Gap } from "../verdict.ts";
import type { Coverage, HoleReason } from "./seen-log-file.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

type Hole = Coverage["holes"][number];

/**
 * What the chains of one place speak for, together. A time counts as covered when a valid digest of one chain covers it
 * and every other chain that was at work then has spoken too: any of them may be the one that names a file. Digests of
 * late log files add the kinds that they name, and no time. `head` is for the chain that goes on; without it nothing is due.
 */
export function coverageOf(judged: readonly ChainJudgement[], head?: HeadExpectation): Coverage {
  const chains = judged
    .map((judgement) => ({ ...judgement, digests: judgement.digests.filter((digest) => !isBackfill(digest)) }))
    .filter(({ digests }) => digests.length > 0);
  const paceMs = Math.max(...chains.map(paceOf), ...(chains.length === 0 ? [usualPaceMs] : []));
  const each = chains.map((chain) => ({ spans: join(chain.digests.flatMap(spanOf)), paceMs: paceOf(chain) }));
  const silent = each.flatMap(({ spans, paceMs: pace }) => silencesOf(spans, pace, head));
  const ends = each.flatMap(({ spans, paceMs: pace }) => {
    const end = spans.at(-1)?.to;
    return end === undefined || head === undefined || isEnded({ endsAt: end }, head) ? [] : [end + pace + head.graceMs];
  });
  return {
    spans: each.length === 1 ? (each[0]?.spans ?? []) : without(join(each.flatMap(({ spans }) => spans)), join(silent)),
    holes: chains.flatMap(holesOf).sort((a, b) => a.from - b.from),
    nextDueAt: ends.length === 0 ? undefined : Math.max(...ends),
    paceMs,
    kinds: kindsOf(judged),
  };
}

/** Time between a chain's first and last word, and one window behind it, in which it says nothing. */
function silencesOf(spans: readonly Span[], paceMs: number, head: HeadExpectation | undefined): readonly Span[] {
  return spans.flatMap(({ to }, index) => {
    const next = spans[index + 1];
    if (next !== undefined) return [{ from: to, to: next.from }];
    return head !== undefined && isEnded({ endsAt: to }, head) ? [] : [{ from: to, to: to + paceMs }];
  });
}

function isBackfill({ object, key }: JudgedDigest): boolean {
  return object?.chain.isBackfill ?? key.includes("_backfill.");
}

function paceOf({ anchor }: ChainJudgement): number {
  return anchor?.paceMs ?? usualPaceMs;
}

function spanOf({ verdict, startsAt, endsAt }: JudgedDigest): readonly Span[] {
  return verdict.kind === "valid" && startsAt !== undefined ? [{ from: startsAt, to: endsAt }] : [];
}

/** In order, those that touch joined. */
function join(spans: readonly Span[]): readonly Span[] {
  const joined: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else joined.push({ from, to });
  }
  return joined;
}

function without(spans: readonly Span[], silent: readonly Span[]): readonly Span[] {
  let left = spans;
  for (const { from, to } of silent) {
    left = left.flatMap((span) =>
      [
        { from: span.from, to: Math.min(span.to, from) },
        { from: Math.max(span.from, to), to: span.to },
      ].filter((part) => part.to > part.from),
    );
  }
  return left;
}

function holesOf(chain: ChainJudgement): readonly Hole[] {
  const { digests, gaps } = chain;
  const paceMs = paceOf(chain);
  const lost = gaps.filter(({ kind, after }) => kind === "digests-missing" || (kind === "tail" && after !== ""));
  const gone = digests
    .filter(({ verdict }) => verdict.kind === "missing")
    .map(({ endsAt }): Hole => ({ from: endsAt - paceMs, to: endsAt, reason: "digest-missing" }));
  return [...lost.flatMap((gap) => partsOf(gap, digests, paceMs)), ...gone, ...unprovenParts(digests)];
}

/** A gap by what is in it: windows of digests that are there and broken, and the rest, where they are missing. */
function partsOf(gap: Gap, digests: readonly JudgedDigest[], paceMs: number): readonly Hole[] {
  const parts: Hole[] = [];
  let at = gap.from;
  const add = (to: number, reason: HoleReason) => {
    if (to > at) parts.push({ from: at, to, reason });
    at = Math.max(at, to);
  };
  for (const { endsAt, verdict } of digests) {
    if (verdict.kind !== "broken" || endsAt <= gap.from || endsAt > gap.to) continue;
    add(endsAt - paceMs, "digest-missing");
    add(endsAt, "digest-broken");
  }
  add(gap.to, "digest-missing");
  return parts;
}

/** An unproven digest may claim any time; it counts from where the one before it ended. */
function unprovenParts(digests: readonly JudgedDigest[]): readonly Hole[] {
  const parts: Hole[] = [];
  let before = -Infinity;
  for (const { verdict, startsAt, endsAt } of digests) {
    if (verdict.kind === "unproven") {
      const from = Math.max(before, startsAt ?? endsAt);
      if (endsAt > from) parts.push({ from, to: endsAt, reason: "digest-unproven" });
    }
    before = Math.max(before, endsAt);
  }
  return parts;
}

/** Kinds of log files that valid digests name. */
function kindsOf(judged: readonly ChainJudgement[]): ReadonlySet<string> {
  const kinds = new Set<string>();
  for (const { digests } of judged) {
    for (const { verdict, object } of digests) {
      if (verdict.kind !== "valid") continue;
      for (const { s3Object } of object?.digest?.logFiles ?? []) {
        // Nearly all are of this kind, and looking is quicker than reading.
        if (kinds.has("log") && s3Object.includes("/CloudTrail/")) continue;
        const read = parseObjectKey(s3Object);
        if (read.ok) kinds.add(read.key.kind);
      }
    }
  }
  return kinds;
}
