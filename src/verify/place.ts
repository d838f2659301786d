import type { DigestChain } from "../cloudtrail/index.ts";
import type { DigestMetadata, PublicKey } from "./digests/digest-object.ts";
import type { TrailState } from "./trail-state.ts";

/** An object that lies in a place. */
export interface PlaceObject {
  readonly bucket: string;
  readonly key: string;
}

/** What an object holds, as it lies there. */
export type PlaceAnswer =
  | { readonly ok: true; readonly bytes: Buffer; readonly metadata: DigestMetadata }
  /** It is not there; other failures reject. */
  | { readonly ok: false; readonly reason: "not-found" };

/** What CloudTrail keeps apart in a place: an account and a region, of an organization or not. */
export interface Lane {
  readonly accountId: string;
  readonly region: string;
  /** Empty for an account's own trails. */
  readonly organizationId: string;
}

/** What to list: days of delivery, milliseconds, of everything or of one lane. */
export interface ListSpan {
  readonly from: number;
  readonly to: number;
  readonly lane?: Lane;
}

/** Where digests and log files lie that are to be verified: buckets, or a folder that was copied from one. */
export interface VerifyPlace extends AsyncDisposable {
  /** For people: `s3://bucket/prefix`, or the folder's path. */
  readonly name: string;
  /** It stands still, and nobody knows since when: what is not there cannot be on its way, nor be overdue. */
  readonly isCopy?: boolean;
  /** What there is anything of, in order. */
  lanes(signal: AbortSignal): Promise<readonly Lane[]>;
  /** Keys below it in the order of their bytes, from `from` on and not beyond `to` (by folder of the day). */
  list(what: "digests" | "log-files", span: ListSpan, signal: AbortSignal): AsyncIterable<PlaceObject>;
  get(object: { readonly bucket: string; readonly key: string }, signal: AbortSignal): Promise<PlaceAnswer>;
  /** How the trail of a chain is, where somebody can be asked and may. */
  trailOf?(chain: DigestChain, bucket: string, now: number, signal: AbortSignal): Promise<TrailState | undefined>;
  /** Keys of a region that were in use in a span, milliseconds; none where nobody can be asked. */
  publicKeys(
    region: string,
    span: { readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): Promise<readonly PublicKey[]>;
}
