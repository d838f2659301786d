import { forEachAtOnce } from "../../base/for-each-at-once.ts";
import { chainId, chainOfKey, digestFileName, keyDay, printObjectKey } from "../../cloudtrail/index.ts";
import type { Gap } from "../verdict.ts";
import { aboutGap, tellGap } from "./chain-findings.ts";
import type { ChainMemory, TailMemory } from "./chain-memory.ts";
import { timeText } from "./chain-views.ts";
import { paceOf } from "./coverages.ts";
import { helps } from "./finding-words.ts";
import type { KeepingParts, Look, Scope } from "./look.ts";
import { nameOf, objectOfName } from "../names.ts";
import { graceMs, silentMs } from "./options.ts";
import { endOf, type TrailState } from "../trail-state.ts";
import { TrailStates } from "./trail-states.ts";

/** Chains that are looked after at the same time. */
const atOnce = 8;
/** A chain that is overdue is looked after again so often. */
const againAfterMs = 10 * 60_000;
/** A stop is told with seconds, and the last digest ends a little after it. */
const endSlackMs = 60_000;

/** Looks after the ends of chains: a digest that does not come is noticed by the clock, the trail and the bucket. */
export class Tails {
  readonly #parts: KeepingParts;
  readonly #states: TrailStates;
  readonly #looked = new Map<string, number>();

  constructor(parts: KeepingParts) {
    this.#parts = parts;
    this.#states = new TrailStates(parts.clock);
  }

  /** Gives whose log files may have another verdict now. */
  async look(look: Look): Promise<readonly Scope[]> {
    const scopes: Scope[] = [];
    const now = this.#parts.clock.now();
    const late = this.#parts.chains.all().filter((memory) => this.#isToLookAfter(memory, now));
    await forEachAtOnce(late, atOnce, async (memory) => {
      look.signal.throwIfAborted();
      this.#looked.set(chainId(memory.chain), now);
      const scope = await this.#lookAfter(memory, now, look);
      if (scope !== undefined) scopes.push(scope);
    });
    return scopes;
  }

  #isToLookAfter(memory: ChainMemory, now: number): boolean {
    const { chain, head, tail } = memory;
    // Late log files are nothing that comes at a pace.
    if (chain.isBackfill || head === undefined) return false;
    const isLate = now > head.endsAt + paceOf(memory) + graceMs;
    if (!isLate) return tail.isOverdue || tail.endedAt !== undefined;
    return now >= (this.#looked.get(chainId(chain)) ?? -Infinity) + againAfterMs;
  }

  async #lookAfter(memory: ChainMemory, now: number, look: Look): Promise<Scope | undefined> {
    const { chain, head, tail: before } = memory;
    if (head === undefined) return undefined;
    const tail = await this.#tailOf(memory, now, look);
    if (tail === undefined) return undefined;
    const gap = gapOf(memory, tail, now);
    if (gap === undefined || (before.isOverdue && gap.from !== before.from)) await this.#settleTail(memory);
    // What is told is remembered first: whoever is stopped between the two must know what to settle.
    if (gap !== undefined) await this.#parts.chains.put({ ...memory, tail }, now);
    if (gap !== undefined) await tellGap(this.#parts.findings, gap, chain, tailWords(tail));
    await this.#tellEnd(memory, tail);
    await this.#parts.chains.put({ ...memory, tail }, now);
    if (before.isOverdue === tail.isOverdue && before.endedAt === tail.endedAt) return undefined;
    const { accountId, region } = chain;
    return { accountId, region, from: head.endsAt - 3 * paceOf(memory), to: now };
  }

  /** Nothing where the digest is there and only was not collected yet. */
  async #tailOf(memory: ChainMemory, now: number, look: Look): Promise<TailMemory | undefined> {
    const { chain, head, bucket, source } = memory;
    if (head === undefined || now <= head.endsAt + paceOf(memory) + graceMs) return { isOverdue: false };
    const next = nextKey(memory);
    if (next !== undefined) {
      const reached = await look.reaching.get({ bucket: head.bucket, key: next }, source, look.signal);
      if (reached.kind === "bytes") return undefined;
    }
    const state = await this.#states.of(chain, bucket, source, look);
    const end = state && endOf(state, head.endsAt);
    const isHeadGone = (await look.reaching.get(head, source, look.signal)).kind === "not-found";
    const isLastMissing = (end?.endedAt ?? Infinity) > head.endsAt + paceOf(memory) + endSlackMs;
    return {
      isOverdue: isHeadGone || isLastMissing,
      from: head.endsAt,
      ...(isHeadGone ? { isHeadGone } : {}),
      // What a trail tells of its deliveries is told of its home region.
      ...(state === undefined || chain.region !== chain.homeRegion ? {} : toldOf(state)),
      ...end,
    };
  }

  async #settleTail({ chain, tail }: ChainMemory): Promise<void> {
    if (!tail.isOverdue || tail.from === undefined) return;
    const gap: Pick<Gap, "kind" | "from"> = { kind: "tail", from: tail.from };
    await this.#parts.findings.settle("tail-overdue", aboutGap(gap, chain));
  }

  /** That a chain has ended is told calmly; one that goes on takes it back. */
  async #tellEnd({ chain, head, tail: before }: ChainMemory, tail: TailMemory): Promise<void> {
    const about = (endedAt: number) => `${chainId(chain)} ended ${endedAt}`;
    if (before.endedAt !== undefined && before.endedAt !== tail.endedAt) {
      await this.#parts.findings.settle("chain-ended", about(before.endedAt));
    }
    if (tail.endedAt === undefined || tail.endedWhy === undefined) return;
    const { accountId, region, trailName } = chain;
    const when = new Date(tail.endedAt).toISOString().slice(0, 16).replace("T", " ");
    const why = {
      "logging-stopped": `Logging of the trail ${trailName} was stopped at ${when} UTC`,
      "validation-off": `Validation of the trail ${trailName} was switched off after ${when} UTC`,
      "trail-deleted": `The trail ${trailName} is gone; its last digest ended at ${when} UTC`,
    }[tail.endedWhy];
    await this.#parts.findings.tell({
      ...{ kind: "chain-ended", about: about(tail.endedAt), accountId, region, logFile: "" },
      from: tail.endedAt,
      to: tail.endedAt,
      digest: head === undefined ? "" : nameOf(head),
      sentence: `${why}: no digests are due in ${accountId}, ${region} after that.`,
      help: helps["chain-ended"],
    });
  }
}

function toldOf({ digestDeliveredAt, digestError }: TrailState): Pick<TailMemory, "deliveredAt" | "digestError"> {
  return { deliveredAt: digestDeliveredAt, digestError };
}

/** What is known beside that the next digest did not come. */
function tailWords({ from = 0, isHeadGone, deliveredAt, digestError }: TailMemory): string {
  const gone = isHeadGone === true ? " The newest digest that was seen is gone from the bucket." : "";
  // One that AWS delivered and that is not there was taken away.
  const isDelivered = deliveredAt !== undefined && deliveredAt > from + graceMs;
  const told = isDelivered ? ` AWS says that it delivered one at ${timeText(deliveredAt)}.` : "";
  return `${gone}${told}${digestError === undefined || digestError === "" ? "" : ` Delivering failed last with ${digestError}.`}`;
}

/** The time at a chain's end that nothing speaks for, by whole windows; it does not grow for ever. */
export function gapOf(memory: Pick<ChainMemory, "anchor" | "head">, tail: TailMemory, now: number): Gap | undefined {
  const { head } = memory;
  if (!tail.isOverdue || head === undefined) return undefined;
  const pace = paceOf(memory);
  const windows = Math.max(1, Math.floor((Math.min(now, head.endsAt + silentMs) - graceMs - head.endsAt) / pace));
  const end = tail.endedAt === undefined || tail.isHeadGone === true ? Infinity : tail.endedAt;
  const to = Math.max(head.endsAt, Math.min(head.endsAt + windows * pace, end));
  return {
    ...{ kind: "tail", from: head.endsAt, to, after: "" },
    before: nameOf(head),
    digestsMissing: Math.max(1, Math.ceil((to - head.endsAt) / pace)),
  };
}

/** The key that the next digest will have when it comes at its pace. */
export function nextKey(memory: Pick<ChainMemory, "anchor" | "head">): string | undefined {
  const { head } = memory;
  const read = head && objectOfName(nameOf(head))?.read;
  const chain = read && chainOfKey(read);
  if (head === undefined || read?.folder === undefined || chain === undefined) return undefined;
  const { accountId, region, trailName, homeRegion, isBackfill } = chain;
  const endsAt = head.endsAt + paceOf(memory);
  const name = { accountId, sourceRegion: region, trailName, homeRegion, endsAt, isBackfill };
  const folder = { ...read.folder, day: keyDay(endsAt) };
  return printObjectKey({ ...read, folder, fileName: digestFileName(name), deliveredAt: endsAt });
}
