import { notCompressed, oneMember, type GzipFacts } from "./gzip-members.ts";
import type { InflatedStream } from "./inflate.ts";

/** How what a stream brings was packed, as far as that is known before it is read. */
export interface Packing {
  /** Of the stream itself. */
  readonly known?: GzipFacts;
  /** Of the gzip files that it lay in; whoever packs twice has not written what CloudTrail wrote. */
  readonly outer?: GzipFacts;
}

/** Of a stream that nobody could look at as a whole it is taken that it has one member. */
export function packingOf({ known, outer }: Packing, inflated: InflatedStream | undefined): GzipFacts {
  if (inflated === undefined) return outer ?? notCompressed;
  const { gzipMembers, bytesBehind } = known ?? oneMember;
  return together(outer, { gzipMembers, bytesBehind: Math.max(bytesBehind, inflated.bytesBehind) });
}

/** What one lies in, and the other inside it. */
export function together(outer: GzipFacts = notCompressed, inner: GzipFacts): GzipFacts {
  return {
    gzipMembers: outer.gzipMembers + inner.gzipMembers,
    bytesBehind: outer.bytesBehind + inner.bytesBehind,
  };
}
