import { chainId } from "../../cloudtrail/index.ts";
import { howLong } from "../../base/how-long.ts";
import type { ChainView } from "../verification.ts";
import type { ChainMemory } from "./chain-memory.ts";
import { duePaceOf } from "./coverages.ts";
import type { KeepingParts } from "./look.ts";

/** All chains as they stand, by account and region. */
export async function viewsOfChains({ chains, clock }: KeepingParts): Promise<readonly ChainView[]> {
  await chains.load();
  const now = clock.now();
  return chains
    .all()
    .map((memory) => viewOfChain(memory, now))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function viewOfChain(memory: ChainMemory, now: number): ChainView {
  const { chain, bucket, anchor, head, tail } = memory;
  const hasEnd = chain.isBackfill || tail.endedAt !== undefined;
  return {
    ...{ id: chainId(chain), chain, bucket, head: anchor?.endsAt, since: anchor?.chainSince },
    nextDueAt: head === undefined || hasEnd ? undefined : head.endsAt + duePaceOf(memory),
    isOverdue: tail.isOverdue,
    sentence: sentenceOf(memory, now),
  };
}

function sentenceOf({ chain, anchor, tail, unknownKeys }: ChainMemory, now: number): string {
  if (anchor === undefined) {
    return unknownKeys.length > 0
      ? "No digest of it can be verified: the public key that signed them is not known."
      : "No digest of it is valid.";
  }
  const [head, since] = [timeText(anchor.endsAt), timeText(anchor.chainSince)];
  if (tail.isOverdue) {
    const gone = tail.isHeadGone === true ? ", and the newest one that was seen is gone from the bucket" : "";
    const said = tail.digestError === undefined ? "" : `; delivering failed last with ${tail.digestError}`;
    return `The newest digest ends at ${head}, ${howLong(now - anchor.endsAt)} ago: the next is overdue${gone}${said}.`;
  }
  if (tail.endedAt !== undefined) return `Unbroken since ${since}; it ended at ${timeText(tail.endedAt)}.`;
  if (chain.isBackfill) return `Digests for late log files, unbroken since ${since}.`;
  return `Unbroken since ${since}; the newest digest ends at ${head}.`;
}

/** `2026-11-21 13:05 UTC`. */
export function timeText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** Whether a question is about a chain. */
export function isAsked(
  chain: { readonly accountId: string; readonly region: string },
  ask: { readonly accountId?: string; readonly region?: string },
): boolean {
  return (
    (ask.accountId === undefined || chain.accountId === ask.accountId) &&
    (ask.region === undefined || chain.region === ask.region)
  );
}
