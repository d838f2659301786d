import { chainId } from "../../cloudtrail/index.ts";
import type { DigestVerdictRow } from "../../store/index.ts";
import type { ChainJudgement, HeadExpectation, JudgedDigest } from "../chain/chain-judgement.ts";
import { coverageOf } from "../files/judge-log-file.ts";
import type { Coverage } from "../files/seen-log-file.ts";
import type { DigestReason, DigestVerdictKind } from "../verdict.ts";
import type { ChainMemory } from "./chain-memory.ts";
import type { KeepingParts } from "./look.ts";
import { nameOf, objectOfName, placeOf, placeOfName, type NamedObject } from "../names.ts";
import { graceMs, usualPaceMs } from "./options.ts";

/** Verdicts on digests that are read for one lane at most; a longer span is asked in parts. */
const rowsMax = 20_000;
/** Around a log file: it may be named a window later, and what comes behind tells whether that window is covered. */
const marginWindows = 4;

const nothing: Coverage = {
  spans: [],
  holes: [],
  nextDueAt: undefined,
  paceMs: usualPaceMs,
  kinds: new Set(),
};

/** What digests cover in the places and times of some log files; asked once for all of an account and region. */
export class Coverages {
  readonly #parts: Pick<KeepingParts, "proofs" | "chains" | "clock">;
  readonly #places = new Map<string, Coverage>();

  constructor(parts: Pick<KeepingParts, "proofs" | "chains" | "clock">) {
    this.#parts = parts;
  }

  async load(files: readonly { readonly object: NamedObject; readonly at: number }[]): Promise<void> {
    const lanes = new Map<string, Lane>();
    for (const { object, at } of files) {
      if (object.read === undefined) continue;
      const { accountId, region } = object.read;
      // Where no digest was ever seen, none need be asked for.
      if (this.#parts.chains.of(accountId, region).length === 0) continue;
      const lane = lanes.get(`${accountId} ${region}`) ?? { accountId, region, from: at, to: at };
      // Without a time in its name it may be of any hour of its day.
      const to = object.read.deliveredAt === undefined ? at + 86_400_000 : at;
      const wider = { from: Math.min(lane.from, at), to: Math.max(lane.to, to) };
      lanes.set(`${accountId} ${region}`, { ...lane, ...wider });
    }
    for (const lane of lanes.values()) await this.#loadLane(lane);
  }

  of(object: NamedObject): Coverage {
    return this.#places.get(placeOf(object) ?? "") ?? nothing;
  }

  async #loadLane({ accountId, region, from, to }: Lane): Promise<void> {
    const chains = this.#parts.chains.of(accountId, region).filter(({ chain }) => !chain.isBackfill);
    const places = new Map<string, ChainRows[]>();
    for (const memory of chains) {
      const margin = marginWindows * Math.max(paceOf(memory), usualPaceMs);
      const span = { chain: chainId(memory.chain), from: from - margin, to: to + margin };
      const rows = await this.#parts.proofs.digestVerdicts(span, rowsMax);
      // A place whose digests lie elsewhere in time still has a chain that will speak for it.
      const byPlace = Map.groupBy(rows, ({ name }) => placeOfName(name));
      if (!byPlace.has(placeOfName(nameOfAnchor(memory)))) byPlace.set(placeOfName(nameOfAnchor(memory)), []);
      for (const [place, own] of byPlace) places.set(place, [...(places.get(place) ?? []), { memory, rows: own }]);
    }
    const head = { now: this.#parts.clock.now(), graceMs };
    for (const [place, of] of places) this.#places.set(place, coverageIn(of, head));
  }
}

interface ChainRows {
  readonly memory: ChainMemory;
  readonly rows: readonly DigestVerdictRow[];
}

interface Lane {
  readonly accountId: string;
  readonly region: string;
  readonly from: number;
  readonly to: number;
}

function coverageIn(chains: readonly ChainRows[], head: Pick<HeadExpectation, "now" | "graceMs">): Coverage {
  const judged = chains.map(({ memory, rows }): ChainJudgement => ({
    digests: rows.map(judgedOf),
    gaps: memory.gaps,
    anchor: memory.anchor,
  }));
  const memories = chains.map(({ memory }) => memory);
  const ends = memories.map(({ tail }) => tail.endedAt);
  const endedAt = ends.every((end) => end !== undefined) ? Math.max(...ends) : undefined;
  const open = memories.filter(({ tail }) => tail.endedAt === undefined);
  const dues = open.flatMap(({ head: newest, ...memory }) =>
    newest === undefined ? [] : [newest.endsAt + duePaceOf(memory) + graceMs],
  );
  return {
    ...coverageOf(judged, { ...head, endedAt }),
    // Only part of a chain is read here: when its next digest is due is told by its end.
    nextDueAt: dues.length === 0 ? undefined : Math.max(...dues),
    paceMs: Math.max(...memories.map(duePaceOf)),
    kinds: new Set(memories.flatMap(({ kinds }) => kinds)),
  };
}

/** A digest as it was judged, from what is kept of that. */
export function judgedOf(row: DigestVerdictRow): JudgedDigest {
  const { bucket = "", key = "" } = objectOfName(row.name) ?? {};
  const { name, startsAt, endsAt, chainSince } = row;
  const verdict = { kind: row.verdict as DigestVerdictKind, reason: row.reason as DigestReason };
  return { name, bucket, key, startsAt, endsAt, verdict, chainSince, object: undefined };
}

/** How far apart a chain's digests are, milliseconds. */
export function paceOf({ anchor }: Pick<ChainMemory, "anchor">): number {
  return anchor?.paceMs ?? usualPaceMs;
}

/**
 * When a next digest is to be hoped for. One digest shows no pace, but where its window is short the next will most
 * likely be too; it is called overdue only by what the chain has shown, for a chain's first window may be short by itself.
 */
export function duePaceOf({ anchor }: Pick<ChainMemory, "anchor">): number {
  if (anchor === undefined) return usualPaceMs;
  const { paceMs, startsAt, endsAt, chainSince } = anchor;
  return startsAt === chainSince && endsAt > startsAt ? Math.min(paceMs, endsAt - startsAt) : paceMs;
}

function nameOfAnchor({ anchor }: ChainMemory): string {
  return anchor === undefined ? "" : nameOf(anchor);
}
