import { z } from "zod";
import type { DigestChain } from "../../cloudtrail/index.ts";
import type { ChainAnchor } from "../chain/chain-judgement.ts";
import type { Gap } from "../verdict.ts";

/** What is kept of a chain between one look and the next. */
export interface ChainMemory {
  readonly chain: DigestChain;
  /** Where its newest digest lies, and who collected it. */
  readonly bucket: string;
  readonly prefix: string;
  readonly source: string;
  /** Whose keys sign it: `aws`, or the endpoint that stands in for AWS. */
  readonly authority: string;
  /** Its last valid digest; judging goes on there. */
  readonly anchor: ChainAnchor | undefined;
  /** The newest digest that was collected, whatever it is worth: the next one is due behind it. */
  readonly head: ChainHead | undefined;
  /** Start of the earliest window that a valid digest speaks for, milliseconds; nothing where none does. */
  readonly beganAt: number | undefined;
  /** Time that no valid digest speaks for, oldest first. */
  readonly gaps: readonly Gap[];
  /** Kinds of log files that its digests have named. */
  readonly kinds: readonly string[];
  /** Fingerprints that nobody told us the key of, with the windows that they are needed for. */
  readonly unknownKeys: readonly UnknownKey[];
  /** Digests that were valid once and are no more: what they name is not proven by them. */
  readonly withdrawn: readonly string[];
  readonly tail: TailMemory;
}

export interface ChainHead {
  readonly bucket: string;
  readonly key: string;
  readonly endsAt: number;
}

export interface UnknownKey {
  readonly fingerprint: string;
  /** Ends of windows, milliseconds. */
  readonly from: number;
  readonly to: number;
}

/** How a chain's end stands. */
export interface TailMemory {
  readonly isOverdue: boolean;
  /** End of the newest digest when it was overdue, milliseconds. */
  readonly from?: number | undefined;
  /** That digest itself is not in the bucket any more. */
  readonly isHeadGone?: boolean | undefined;
  /** When AWS says that it delivered the newest digest, milliseconds, and S3's code where it could not. */
  readonly deliveredAt?: number | undefined;
  readonly digestError?: string | undefined;
  /** Since when no digest is due any more, milliseconds. */
  readonly endedAt?: number | undefined;
  readonly endedWhy?: "logging-stopped" | "validation-off" | "trail-deleted" | undefined;
}

/** More gaps than that in one chain are remembered as findings only; before the first of these nothing is known then. */
export const gapsMax = 1_000;

const maybe = z.number().optional();
const shape = z.object({
  chain: z.object({
    accountId: z.string(),
    region: z.string(),
    organizationId: z.string(),
    trailName: z.string(),
    homeRegion: z.string(),
    isBackfill: z.boolean(),
  }),
  bucket: z.string(),
  prefix: z.string(),
  source: z.string(),
  authority: z.string(),
  anchor: z
    .object({
      bucket: z.string(),
      key: z.string(),
      sha256: z.string(),
      signature: z.string(),
      startsAt: z.number(),
      endsAt: z.number(),
      chainSince: z.number(),
      paceMs: z.number(),
    })
    .optional(),
  head: z.object({ bucket: z.string(), key: z.string(), endsAt: z.number() }).optional(),
  beganAt: maybe,
  gaps: z.array(
    z.object({
      kind: z.enum(["digests-missing", "chain-restarted", "not-contiguous", "overlap", "tail"]),
      from: z.number(),
      to: z.number(),
      before: z.string(),
      after: z.string(),
      digestsMissing: z.number(),
    }),
  ),
  kinds: z.array(z.string()),
  unknownKeys: z.array(z.object({ fingerprint: z.string(), from: z.number(), to: z.number() })),
  withdrawn: z.array(z.string()),
  tail: z.object({
    isOverdue: z.boolean(),
    from: maybe,
    isHeadGone: z.boolean().optional(),
    deliveredAt: maybe,
    digestError: z.string().optional(),
    endedAt: maybe,
    endedWhy: z.enum(["logging-stopped", "validation-off", "trail-deleted"]).optional(),
  }),
});

/** Reads what was kept; nothing where it is of another shape, so that the chain is judged from its beginning. */
export function readChainMemory(content: unknown): ChainMemory | undefined {
  const read = shape.safeParse(content);
  if (!read.success) return undefined;
  const { anchor, head, beganAt, ...rest } = read.data;
  return { ...rest, anchor, head, beganAt };
}

/** Gaps that a judging found, in place of those that were known from an instant on. */
export function gapsAfter(known: readonly Gap[], found: readonly Gap[], from: number): readonly Gap[] {
  const before = known.filter((gap) => gap.from < from);
  // Of the same gap, the last that was found knows best how far it goes.
  const byPlace = new Map([...before, ...found].map((gap) => [`${gap.kind} ${gap.from}`, gap]));
  return [...byPlace.values()].slice(-gapsMax);
}
